package org.libcoop;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.TranscriptPath;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.FileId;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.Node;
import org.libcoop.engine.Patrons;
import org.libcoop.engine.Transcripts;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.PatronErasure;
import org.libcoop.spi.SharedFile;
import org.libcoop.spi.TranscriptFormat;

/**
 * What one operator does with transcripts of chats that are over (X1–X3, X5, A4), as the access table allows at that moment. Reading
 * goes along one of two {@linkplain TranscriptPath paths}; changing is for the home library's admins alone.
 *
 * <p>Calls that return an {@link Outcome} ask the archive on the caller's thread; refused {@code unavailable} if it does not answer,
 * {@code unsupported} where the engine was given a store and no archive.
 * A chat of which the operator may not know is {@code not-found}, one it may know of and not do this with {@code not-allowed}
 * (A9). <em>Safe for use by several threads.</em>
 */
@Beta
public final class TranscriptSession {

    private final Transcripts transcripts;
    private final Patrons patrons;
    private final OperatorId operator;

    TranscriptSession(Node node, OperatorId operator) {
        this.transcripts = node.transcripts();
        this.patrons = node.patrons();
        this.operator = operator;
    }

    /**
     * Finds transcripts (X5), the newest start first: on the home path all of the own institution for its admins, for others what they
     * owned of it; on a co-op's path what its levels allow (A1–A3, D8). Asked of that, never beyond it, is what {@code filter} asks
     * for; what it says of an owner has to be true of the same one. {@code not-allowed} on the path of a co-op without a place there.
     *
     * @param cursor null for the first page, {@link ArchivePage#next} for the one behind it; {@code invalid} with another filter or
     *     after the operator's rights have changed
     * @param limit at least 1; a page has at most 200 rows
     */
    public Outcome<ArchivePage> search(TranscriptPath path, ArchiveQuery filter, @Nullable String cursor, int limit) {
        return transcripts.search(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(filter, "filter"),
                cursor,
                limit);
    }

    /**
     * Since when the own library is without anybody signed in or, while somebody is, since when it last was (X5); empty if that is
     * longer ago than presence is kept. What the co-op answered since then is found on the home path by
     * {@code ArchiveQuery.ALL.throughAnyCoop().started(since, null)}.
     */
    public Outcome<Optional<Instant>> signedOffSince() {
        return transcripts.signedOffSince(operator);
    }

    /** Reads one transcript, internal notes included; without any content if that was deleted. */
    public Outcome<ArchivedChat> read(TranscriptPath path, ChatId chat) {
        return transcripts.read(operator, Objects.requireNonNull(path, "path"), Objects.requireNonNull(chat, "chat"));
    }

    /**
     * E1: why the chat was offered to whom, for those who may read its transcript. On a co-op's path people of other institutions are
     * counted and not named. People are told as long as the store keeps presence and directory of that time, a day at least; claims
     * that came too late as far as this node knows of them.
     */
    public Outcome<Explanation> explain(TranscriptPath path, ChatId chat) {
        return transcripts.explain(
                operator, Objects.requireNonNull(path, "path"), Objects.requireNonNull(chat, "chat"));
    }

    /**
     * A file that was shared in a chat, for those who may read its transcript, asked anew each time (U1): {@code not-found} where there is
     * none, where it was redacted or deleted, and where it is another chat's, all alike; {@code unavailable} where the vault fails.
     */
    public Outcome<SharedFile> file(TranscriptPath path, ChatId chat, FileId file) {
        return transcripts.file(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(chat, "chat"),
                Objects.requireNonNull(file, "file"));
    }

    /**
     * Writes out everything that {@link #search} finds, page by page, whatever it is deleted meanwhile; the outcome is how many
     * chats. What was written before a refusal stays written.
     *
     * @throws IOException if {@code out} takes no more
     */
    public Outcome<Long> export(TranscriptPath path, ArchiveQuery filter, TranscriptFormat format, Appendable out)
            throws IOException {
        return transcripts.export(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(filter, "filter"),
                Objects.requireNonNull(format, "format"),
                Objects.requireNonNull(out, "out"));
    }

    /**
     * Puts {@code [redacted]} in place of what one message says, everywhere and for good; who said it and when stays (X3). Home admins
     * only; a shared file loses its bytes, name and type. {@code not-found} too where entry {@code seq} is neither.
     * Doing it again changes nothing.
     */
    public CompletionStage<Outcome<ChatId>> redact(ChatId chat, long seq) {
        return transcripts.redact(operator, Objects.requireNonNull(chat, "chat"), seq);
    }

    /**
     * Deletes every text, name and address of a chat, everywhere and for good; what happened when stays, without content (X2). Home
     * admins only. Doing it again changes nothing.
     */
    public CompletionStage<Outcome<ChatId>> delete(ChatId chat) {
        return transcripts.delete(operator, Objects.requireNonNull(chat, "chat"));
    }

    /**
     * Sends a transcript without internal notes to an address by the host's {@link org.libcoop.spi.Mailer} (A4). Home admins only;
     * {@code invalid} for no address, {@code unsupported} without a mailer, {@code unavailable} where it does not take the mail.
     */
    public Outcome<ChatId> email(ChatId chat, String address) {
        return transcripts.email(
                operator, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(address, "address"));
    }

    /**
     * Writes out what the own library has of the patron who gave this email address, in whatever case (X6): one JSON object a line and
     * chat, those that are not over too, with what is known of the patron and the conversation as the patron saw it. The outcome is how
     * many chats. Local admins only; {@code invalid} for no address. An anonymised chat is found by nothing but its own id.
     *
     * @throws IOException if {@code out} takes no more
     */
    public Outcome<Long> exportPatron(String email, Appendable out) throws IOException {
        return patrons.export(operator, Objects.requireNonNull(email, "email"), Objects.requireNonNull(out, "out"));
    }

    /**
     * The same for the patron who had this chat of the own library: that chat, and every other one begun in the same browser.
     * {@code not-found} for a chat of which the library has none.
     *
     * @throws IOException if {@code out} takes no more
     */
    public Outcome<Long> exportPatron(ChatId chat, Appendable out) throws IOException {
        return patrons.export(operator, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(out, "out"));
    }

    /**
     * Deletes all content of the chats of the patron who gave this email address, as {@link #delete} does of one (X6). The outcome
     * names those that are not over, which cannot be erased until they are. Local admins only; {@code unavailable} where something
     * failed: doing it again does the rest.
     */
    public CompletionStage<Outcome<PatronErasure>> erasePatron(String email) {
        return patrons.erase(operator, Objects.requireNonNull(email, "email"));
    }

    /** The same for the patron who had this chat, as {@link #exportPatron(ChatId, Appendable)} finds them. */
    public CompletionStage<Outcome<PatronErasure>> erasePatron(ChatId chat) {
        return patrons.erase(operator, Objects.requireNonNull(chat, "chat"));
    }
}
