package org.libcoop.testkit.junit.broken;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/** ST10: characters that are not what they were. */
final class DefectsOfTexts {

    private DefectsOfTexts() {}

    static List<Defect> all() {
        return List.of(
                Defect.of(
                        "st10",
                        "cuts texts off",
                        texts(text -> text.length() > 4_000 ? text.substring(0, 4_000) : text)),
                Defect.of(
                        "st10", "composes characters", texts(text -> Normalizer.normalize(text, Normalizer.Form.NFC))),
                Defect.of(
                        "st10",
                        "has three bytes for a character",
                        texts(text -> text.replaceAll("[^\\x{0}-\\x{FFFF}]", "?"))),
                Defect.of("st10", "trims texts", texts(String::strip)),
                Defect.of("st10", "takes an empty text for none", entries(DefectsOfTexts::withoutEmpty)),
                Defect.of("st10", "makes line ends its own", texts(text -> text.replace("\r\n", "\n"))),
                Defect.of("st10", "leaves U+0000 out", texts(text -> text.replace("\u0000", ""))),
                Defect.of(
                        "st10",
                        "writes half a pair as a question mark",
                        texts(text -> text.replaceAll("\\p{Cs}", "?"))),
                Defect.of("st10", "cuts long topics off", CutsTopics::new),
                Defect.of("st10", "takes operators for equal that differ in case", IgnoresCaseOfOperators::new));
    }

    private static UnaryOperator<Store> texts(UnaryOperator<String> other) {
        return entries(entry -> entry.content() instanceof Content.Text text
                ? new Logged(entry.seq(), entry.at(), entry.event(), new Content.Text(other.apply(text.text())))
                : entry);
    }

    private static UnaryOperator<Store> entries(UnaryOperator<Logged> other) {
        return inner -> new ForwardingStore(inner) {
            @Override
            public List<Logged> log(ChatId chat, long afterSeq, int limit) {
                return store.log(chat, afterSeq, limit).stream().map(other).toList();
            }
        };
    }

    private static Logged withoutEmpty(Logged entry) {
        return entry.content() instanceof Content.Text text && text.text().isEmpty()
                ? new Logged(entry.seq(), entry.at(), entry.event(), null)
                : entry;
    }

    /** Two long topics that begin alike are one. */
    private static final class CutsTopics extends ForwardingStore {
        CutsTopics(Store store) {
            super(store);
        }

        @Override
        public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
            boolean cut = topic.key().length() > 200;
            return store.waitingOn(cut ? new Topic(topic.key().substring(0, 200)) : topic, after);
        }
    }

    private static final class IgnoresCaseOfOperators extends ForwardingStore {
        IgnoresCaseOfOperators(Store store) {
            super(store);
        }

        @Override
        public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
            return store.presence(OperatorId.of(operator.value().toLowerCase(Locale.ROOT)), afterVersion);
        }
    }
}
