package org.libcoop.spi;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;

/** Chats with QA feedback, those first whose feedback began last; {@code next} is null when nothing follows (X4). <em>Immutable.</em> */
public record FeedbackPage(List<Row> rows, @Nullable String next) {

    public FeedbackPage {
        rows = List.copyOf(rows);
    }

    /** A chat with feedback: how many posts there are, and up to which the reader has seen them; 0 if none. */
    public record Row(ChatId chat, long last, long seen) {
        public Row {
            Objects.requireNonNull(chat, "chat");
        }
    }
}
