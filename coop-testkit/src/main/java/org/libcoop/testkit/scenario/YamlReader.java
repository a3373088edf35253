package org.libcoop.testkit.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file as one YAML document of mappings, lists and strings. The token stream is used rather than a binding to
 * objects, because only there every scalar can be had as it was written: YAML 1.1 takes {@code on} for a truth value and
 * {@code 18:00} for a number.
 */
final class YamlReader {

    private static final int MOST_NESTED = 50;
    private static final int MOST_BYTES = 1 << 20;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build())
            .build();

    /** How the parser's messages say where. */
    private static final Pattern MARK = Pattern.compile("^ in .*line (\\d+), column \\d+");

    private final String file;
    private final YAMLParser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();

    private YamlReader(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** The text of a file, at most 1 MB of UTF-8. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new MalformedScenarioException(
                    file.toString(),
                    1,
                    "the file has " + Files.size(file) + " bytes, expected at most " + MOST_BYTES,
                    null);
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedScenarioException(file.toString(), 1, "the file is not written in UTF-8", e);
        }
    }

    /** The mapping that a file's text is. */
    static YamlNode.Mapping read(String file, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (YAMLParser parser = YAML.createParser(content)) {
            return new YamlReader(file, parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private YamlNode.Mapping document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw malformed(1, "the file is empty, expected keys and values", null);
            }
            YamlNode root = node();
            if (!(root instanceof YamlNode.Mapping mapping)) {
                throw malformed(root.line(), "found " + root.describe() + ", expected keys and values", null);
            }
            if (parser.nextToken() != null) {
                throw malformed(line(), "a second document begins here, expected one document a file", null);
            }
            return mapping;
        } catch (JsonProcessingException e) {
            throw notYaml(e);
        }
    }

    private YamlNode node() throws IOException {
        int line = line();
        if (parser.isCurrentAlias()) {
            return alias(line);
        }
        String anchor = parser.getObjectId();
        JsonToken token = parser.currentToken();
        YamlNode node;
        if (token == JsonToken.START_OBJECT) {
            node = mapping(line);
        } else if (token == JsonToken.START_ARRAY) {
            node = sequence(line);
        } else {
            String text = parser.getText();
            node = new YamlNode.Scalar(text == null ? "" : text, line);
        }
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private YamlNode alias(int line) throws IOException {
        YamlNode known = anchors.get(parser.getText());
        if (known == null) {
            throw malformed(line, "*" + parser.getText() + " refers to nothing written before", null);
        }
        return known;
    }

    private YamlNode.Mapping mapping(int line) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            parser.nextToken();
            if (entries.put(key, new YamlNode.Entry(keyLine, node())) != null) {
                throw malformed(keyLine, "the key \"" + key + "\" is given twice", null);
            }
        }
        return new YamlNode.Mapping(entries, line);
    }

    private YamlNode.Sequence sequence(int line) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Sequence(items, line);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    /**
     * The parser says what it was at, and then what is wrong, each with a line of its own in the message only: the location
     * beside it is where it had got to. A bracket that is never closed is best looked for where it was opened.
     */
    private MalformedScenarioException notYaml(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        List<Integer> lines = new ArrayList<>();
        StringJoiner problem = new StringJoiner(": ");
        for (String line : message.lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (mark.find()) {
                lines.add(Integer.valueOf(mark.group(1)));
            } else if (!line.startsWith(" ") && !line.isBlank()) {
                problem.add(line);
            }
        }
        int at = e.getLocation() == null ? line() : e.getLocation().getLineNr();
        if (!lines.isEmpty()) {
            at = lines.get(message.startsWith("while parsing a flow") ? 0 : lines.size() - 1);
        }
        return malformed(Math.max(1, at), problem + "; expected well-formed YAML", e);
    }

    private MalformedScenarioException malformed(int line, String problem, @Nullable Throwable cause) {
        return new MalformedScenarioException(file, line, problem, cause);
    }
}
