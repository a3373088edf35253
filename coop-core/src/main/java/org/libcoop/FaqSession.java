package org.libcoop;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.FaqDesk;
import org.libcoop.engine.Node;
import org.libcoop.faq.FaqFindings;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqReading;
import org.libcoop.refusal.Outcome;

/**
 * What one operator looks up, as the access table allows at that moment (F1–F4): in the FAQ of the own institution by local rights, and
 * beside an own chat.
 *
 * <p>Beside a co-op chat that is the FAQ of the patron's library: its PUBLIC groups and, as long as this operator owns the chat, its
 * STAFFING group. Each search there, each entry of the STAFFING group that a search shows, and each one that is opened is on record in
 * the audit trail before it is answered: by ids, never by what it says. Beside a local chat it is the own institution's FAQ, as without
 * a chat.
 *
 * <p>Calls that return an {@link Outcome} ask the host's {@link org.libcoop.spi.FaqSource} on the caller's thread; refused {@code
 * unavailable} if it, or the audit trail where something is recorded, does not answer, {@code unsupported} where there is none. A chat
 * of which the operator may not know is {@code not-found}, one it does not own {@code not-owner}, an entry in a group it may not read
 * {@code not-found}. <em>Safe for use by several threads.</em>
 */
@Beta
public final class FaqSession {

    private final Node node;
    private final OperatorId operator;

    FaqSession(Node node, OperatorId operator) {
        this.node = node;
        this.operator = operator;
    }

    /** The groups of the own institution that this operator may read, by id; the STAFFING group is none of them. */
    public Outcome<List<FaqGroup>> groups() {
        return node.faq().groups(operator);
    }

    /**
     * Searches these groups, the best first; {@code invalid} for more than 200 characters, a limit below 1 or a wrong cursor.
     *
     * @param words what somebody typed; nothing is found for none
     * @param language the BCP 47 tag of the words, null if it is not known
     * @param cursor null for the first page, {@link FaqPage#next} for the one behind it
     * @param limit how many rows; a page has at most 50
     */
    public Outcome<FaqFindings> search(String words, @Nullable String language, @Nullable String cursor, int limit) {
        return node.faq().search(operator, asked(words, language, cursor, limit));
    }

    /** Reads an entry of these groups. */
    public Outcome<FaqReading> entry(String entry) {
        return node.faq().entry(operator, Objects.requireNonNull(entry, "entry"));
    }

    /** Searches beside an own chat; as {@link #search(String, String, String, int)}. */
    public Outcome<FaqFindings> search(
            ChatId chat, String words, @Nullable String language, @Nullable String cursor, int limit) {
        return node.faq().search(operator, Objects.requireNonNull(chat, "chat"), asked(words, language, cursor, limit));
    }

    /** Reads an entry that is found beside an own chat; those of a STAFFING group with {@link #staffing}. */
    public Outcome<FaqReading> entry(ChatId chat, String entry) {
        return node.faq().entry(operator, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(entry, "entry"));
    }

    /** Reads an entry of the STAFFING group of the patron's library beside an own co-op chat (F2); {@code not-owner} beside a local one. */
    public Outcome<FaqReading> staffing(ChatId chat, String entry) {
        return node.faq()
                .staffing(operator, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(entry, "entry"));
    }

    /**
     * Sends the patron of an own chat a PUBLIC entry of the patron's library as a message: title and link, or title and text if it has
     * no link (F1). {@code not-allowed} for one of the STAFFING group, {@code staffing-secret} if what it says is kept for staff at the
     * same time. The stage completes as those of {@link OperatorSession}.
     */
    public CompletionStage<Outcome<Receipt>> send(ChatId chat, String entry, String commandId) {
        return node.faq()
                .send(
                        operator,
                        Objects.requireNonNull(chat, "chat"),
                        Objects.requireNonNull(entry, "entry"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #send(ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> send(ChatId chat, String entry) {
        return send(chat, entry, node.commands().newId());
    }

    /**
     * The card of the patron's library, for who may preview or owns the chat (F4); empty where nobody has filled it in. {@code
     * not-eligible} for others who may know of the chat.
     */
    public Outcome<InstitutionCard> card(ChatId chat) {
        return node.faq().card(operator, Objects.requireNonNull(chat, "chat"));
    }

    /** Changes the card of the own institution, as its local admin (F4, A10); {@code not-allowed} for everybody else. */
    public CompletionStage<Outcome<InstitutionCard>> saveCard(InstitutionCard card) {
        return node.commands()
                .saveCard(operator, Objects.requireNonNull(card, "card"))
                .thenApply(outcome -> outcome.map(directory -> card));
    }

    private static FaqDesk.Asked asked(String words, @Nullable String language, @Nullable String cursor, int limit) {
        return new FaqDesk.Asked(Objects.requireNonNull(words, "words"), language, cursor, limit);
    }
}
