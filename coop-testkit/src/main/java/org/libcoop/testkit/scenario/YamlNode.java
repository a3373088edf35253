package org.libcoop.testkit.scenario;

import java.util.List;
import java.util.Map;

/**
 * A part of a YAML document with the line it starts on. All scalars are strings as written: nothing is ever read as a number,
 * a truth value or a date. <em>Immutable once read.</em>
 */
sealed interface YamlNode {

    /** The line on which this part starts, counted from 1. */
    int line();

    /** What this is, for messages. */
    String describe();

    /** A text; empty where nothing was written. */
    record Scalar(String text, int line) implements YamlNode {

        private static final int SHOWN = 60;

        @Override
        public String describe() {
            if (text.isEmpty()) {
                return "nothing";
            }
            return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + '"';
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        @Override
        public String describe() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** Keys with values, in the order written; no key twice. */
    record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
        @Override
        public String describe() {
            return "keys and values";
        }
    }

    /** One value of a mapping, with the line of its key. */
    record Entry(int keyLine, YamlNode value) {}
}
