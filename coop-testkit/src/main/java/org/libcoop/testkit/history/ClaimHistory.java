package org.libcoop.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.libcoop.chat.ChatId;

/** Claims on any number of chats, by any number of threads and processes, to be checked after the fact. <em>Immutable.</em> */
public final class ClaimHistory {

    private final List<ClaimOperation> operations;

    /**
     * A history of these operations, in any order.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public ClaimHistory(Collection<ClaimOperation> operations) {
        Set<String> ids = new HashSet<>();
        for (ClaimOperation operation : operations) {
            if (!ids.add(operation.id())) {
                throw new IllegalArgumentException("two operations with the id " + operation.id());
            }
        }
        this.operations = List.copyOf(operations);
    }

    /**
     * Merges what several {@link ClaimRecorder}s wrote. An operation without an answer is unknown; a last line without its line
     * break, as a killed process leaves one, is passed over.
     *
     * @throws IllegalArgumentException if a line is malformed, an id is used twice, or an answer belongs to no operation
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ClaimHistory read(Collection<Path> files) {
        Map<String, ClaimLines.Line> invocations = new LinkedHashMap<>();
        Map<String, ClaimLines.Line> answers = new HashMap<>();
        for (Path file : files) {
            for (String text : wholeLines(file)) {
                ClaimLines.Line line = ClaimLines.parse(text);
                Map<String, ClaimLines.Line> half = line.invocation() ? invocations : answers;
                if (half.put(line.operation(), line) != null) {
                    throw new IllegalArgumentException("a second line for the operation " + line.operation());
                }
            }
        }
        List<ClaimOperation> operations = new ArrayList<>();
        invocations.forEach((id, line) -> operations.add(line.with(answers.remove(id))));
        if (!answers.isEmpty()) {
            throw new IllegalArgumentException("answers to what was never asked: " + answers.keySet());
        }
        return new ClaimHistory(operations);
    }

    /** Every operation. */
    public List<ClaimOperation> operations() {
        return operations;
    }

    /** Checks each chat by itself, which is enough: linearizability is local (see {@link ClaimReport}). */
    public ClaimReport check() {
        Map<ChatId, List<ClaimOperation>> byChat = new TreeMap<>();
        for (ClaimOperation operation : operations) {
            byChat.computeIfAbsent(operation.chat(), chat -> new ArrayList<>()).add(operation);
        }
        return ClaimReport.of(byChat.values().stream().map(ClaimCheck::check).toList());
    }

    private static List<String> wholeLines(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
