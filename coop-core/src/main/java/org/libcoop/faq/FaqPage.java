package org.libcoop.faq;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of what was found, the best first; {@code next} leads to the one behind it, null if nothing follows. <em>Immutable.</em> */
public record FaqPage(List<FaqHit> hits, @Nullable String next) {

    /** Copies the hits. */
    public FaqPage {
        hits = List.copyOf(hits);
    }
}
