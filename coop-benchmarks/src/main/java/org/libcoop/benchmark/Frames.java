package org.libcoop.benchmark;

/** What clients say, and how they tell what they hear. */
final class Frames {

    static final String PING = "{\"type\":\"ping\"}";
    static final String SIGN_IN = "{\"type\":\"command\",\"id\":\"sign-in\",\"do\":\"sign-in\"}";

    private Frames() {}

    static String auth(String role, String token) {
        return "{\"type\":\"auth\",\"role\":\"" + role + "\",\"token\":\"" + token + "\"}";
    }

    static String monitor(String kind, String option) {
        return "{\"type\":\"command\",\"id\":\"monitor-" + option + "\",\"do\":\"monitor\",\"option\":{\"kind\":\""
                + kind + "\",\"id\":\"" + option + "\"},\"on\":true}";
    }

    /** A command of the fields given besides its id and what it does. */
    static String command(String id, String what, String fields) {
        return "{\"type\":\"command\",\"id\":\"" + id + "\",\"do\":\"" + what + "\"," + fields + "}";
    }

    static String query(String id, String what) {
        return "{\"type\":\"query\",\"id\":\"" + id + "\",\"ask\":\"" + what + "\"}";
    }

    /** Whether the server's frame is of this type. */
    static boolean is(String frame, String type) {
        return frame.startsWith("{\"type\":\"" + type + "\"");
    }
}
