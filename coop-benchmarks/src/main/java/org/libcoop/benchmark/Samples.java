package org.libcoop.benchmark;

import java.util.List;

/** What a bare server sends: frames as an operator of {@link CoopSockets} gets them, a chat listed and unlisted in turn. */
final class Samples {

    /** Occurs once in each notice that a chat is listed or unlisted, and nowhere else. */
    static final String MARK = "listed\",\"";

    private static final List<String> FRAMES = List.of(
            "{\"type\":\"notices\",\"notices\":[{\"is\":\"listed\",\"waiting\":{\"chat\":\"2f0c7a3e-8a55-4f0b-9a39-1f4f2d7e6b01\",\"seq\":3,"
                    + "\"institution\":\"Springy University\",\"ofMyInstitution\":false,\"widget\":\"Databases\",\"through\":{\"kind\":\"coop\","
                    + "\"id\":\"academic\",\"name\":\"Academic libraries\"},\"patronName\":\"Stewart\",\"question\":\"Do you have this?\","
                    + "\"startedAt\":\"2026-03-02T22:00:20.000Z\",\"returned\":false,\"patronThere\":true,\"open\":[{\"kind\":\"coop\","
                    + "\"id\":\"academic\",\"name\":\"Academic libraries\"}]}}]}",
            "{\"type\":\"notices\",\"notices\":[{\"is\":\"unlisted\",\"chat\":\"2f0c7a3e-8a55-4f0b-9a39-1f4f2d7e6b01\",\"reason\":\"over\","
                    + "\"at\":\"2026-03-02T22:01:15.000Z\"}]}");

    private Samples() {}

    /** The frame of the n-th round. */
    static String frame(int round) {
        return FRAMES.get(round % FRAMES.size());
    }
}
