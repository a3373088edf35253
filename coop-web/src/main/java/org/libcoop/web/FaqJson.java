package org.libcoop.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.Highlighted;

/** What patrons found in a library's FAQ, as a page is told: plain text with ranges, never markup (F1, F3). */
final class FaqJson {

    private FaqJson() {}

    static ObjectNode of(FaqPage page) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode hits = node.putArray("hits");
        page.hits().forEach(hit -> hits.add(of(hit)));
        return node.put("next", page.next());
    }

    private static ObjectNode of(FaqHit hit) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("entry", hit.entry());
        node.set("title", of(hit.title()));
        node.set("snippet", of(hit.snippet()));
        if (hit.reviewed() != null) {
            node.put("reviewed", hit.reviewed().toString());
        }
        return node.put("link", hit.link()).put("language", hit.language());
    }

    private static ObjectNode of(Highlighted text) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("text", text.text());
        ArrayNode marks = node.putArray("marks");
        text.marks().forEach(mark -> marks.addArray().add(mark.from()).add(mark.to()));
        return node;
    }
}
