package org.libcoop.directory;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web origin in the form in which browsers send it, so that comparing texts compares origins. */
final class Origin {

    // A host name has at most 253 characters; scheme and port come on top.
    private static final int MAX_LENGTH = 270;

    private static final String NAME = "[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*";
    private static final String IPV6 = "\\[[0-9a-f:.]+\\]";
    private static final Pattern WRITTEN = Pattern.compile("(https?)://(" + NAME + "|" + IPV6 + ")(?::(\\d{1,5}))?");

    private Origin() {}

    static String normalise(String text) {
        // Some letters outside ASCII have an ASCII lower case: folding them would let one host stand for another.
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c > 127)) {
            throw malformed(text);
        }
        Matcher matcher = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw malformed(text);
        }
        String origin = matcher.group(1) + "://" + matcher.group(2);
        if (matcher.group(3) == null) {
            return origin;
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port == 0 || port > 65_535) {
            throw malformed(text);
        }
        return port == (matcher.group(1).equals("https") ? 443 : 80) ? origin : origin + ":" + port;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("origin \"" + text
                + "\" is malformed, expected a scheme, a host and perhaps a port such as https://library.example.edu");
    }
}
