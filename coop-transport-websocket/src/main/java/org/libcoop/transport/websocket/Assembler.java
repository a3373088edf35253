package org.libcoop.transport.websocket;

/** Puts a message together from its parts, up to a limit in bytes of UTF-8. One thread at a time. */
final class Assembler {

    private final int limit;
    private StringBuilder text = new StringBuilder();
    private long bytes;

    Assembler(int limit) {
        this.limit = limit;
    }

    /** Adds a part; false if the message is too large, whatever may follow. */
    boolean add(String part) {
        bytes += utf8(part);
        if (bytes > limit) {
            text = new StringBuilder();
            return false;
        }
        text.append(part);
        return true;
    }

    /** The message, once it is whole; begins the next one. */
    String whole() {
        String whole = text.toString();
        text = new StringBuilder();
        bytes = 0;
        return whole;
    }

    private static long utf8(String part) {
        long bytes = 0;
        for (int i = 0; i < part.length(); i++) {
            char unit = part.charAt(i);
            if (unit < 0x80) {
                bytes += 1;
            } else if (unit < 0x800 || Character.isSurrogate(unit)) {
                bytes += 2; // a pair of surrogates is four bytes
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
