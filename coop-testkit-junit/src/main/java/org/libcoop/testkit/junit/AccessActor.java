package org.libcoop.testkit.junit;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.TranscriptPath;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.talk.Room;

/**
 * Somebody behind an {@link AccessDoor}, as the {@link AccessContract} drives it: everything that can be done or asked through the
 * sessions, under the names that it has there. What a door has no way for stays as it is here and answers {@link Answer#none()}.
 * A call is answered when it returns. <em>One thread at a time.</em>
 */
@Beta
public interface AccessActor {

    /**
     * What became of an attempt.
     *
     * @param tried whether there was a way to try it
     * @param refusal why it was refused; null if it was done, or if there was no way
     */
    record Answer(boolean tried, @Nullable Refusal refusal) {

        /** It was done. */
        public static Answer done() {
            return new Answer(true, null);
        }

        /** It was refused. */
        public static Answer refused(Refusal refusal) {
            return new Answer(true, refusal);
        }

        /** The door has no way to do or ask this. */
        public static Answer none() {
            return new Answer(false, null);
        }

        /** What a session answered. */
        public static Answer of(Outcome<?> outcome) {
            return new Answer(true, outcome.refusal().orElse(null));
        }

        /** Why it was refused; empty if it was not. */
        public Optional<Refusal> why() {
            return Optional.ofNullable(refusal);
        }
    }

    // ---- A chat

    /** Looks at a chat as the host may. */
    default Answer inspect(ChatId chat) {
        return Answer.none();
    }

    /** Asks where a chat stands; of a patron's connection, which cannot name one, {@code none} unless it is about that one. */
    default Answer chat(ChatId chat) {
        return Answer.none();
    }

    /** Reads a chat's entries; of a patron's connection as {@link #chat}. */
    default Answer conversation(ChatId chat) {
        return Answer.none();
    }

    /** Looks into a chat that may be claimed. */
    default Answer preview(ChatId chat) {
        return Answer.none();
    }

    /** Claims a chat. */
    default Answer claim(ChatId chat) {
        return Answer.none();
    }

    /** Puts a chat away. */
    default Answer dismiss(ChatId chat, String reason) {
        return Answer.none();
    }

    /** Asks for the next stage. */
    default Answer hurry(ChatId chat, Stage seen) {
        return Answer.none();
    }

    /** Says something to the other side. */
    default Answer say(ChatId chat, String text) {
        return Answer.none();
    }

    /** Writes an internal note. */
    default Answer note(ChatId chat, String text) {
        return Answer.none();
    }

    /** Lets the other side know of typing. Nobody answers that: {@code done} says that it is on its way. */
    default Answer typing(ChatId chat) {
        return Answer.none();
    }

    /** Lets the other side know up to where this one has read; answered as {@link #typing}. */
    default Answer seen(ChatId chat, long seq) {
        return Answer.none();
    }

    /** Ends a chat as answered. */
    default Answer end(ChatId chat) {
        return Answer.none();
    }

    /** Offers a chat to somebody. */
    default Answer transfer(ChatId chat, Option to) {
        return Answer.none();
    }

    /** Takes an offer back. */
    default Answer withdraw(ChatId chat) {
        return Answer.none();
    }

    /** Asks to whom a chat could be offered. */
    default Answer transferTargets(ChatId chat) {
        return Answer.none();
    }

    /** Takes what is offered. */
    default Answer accept(ChatId chat) {
        return Answer.none();
    }

    /** Leaves what is offered to others. */
    default Answer decline(ChatId chat) {
        return Answer.none();
    }

    /** Leaves the chat, as its patron. */
    default Answer leave(ChatId chat) {
        return Answer.none();
    }

    /** Rates the chat, as its patron. */
    default Answer rate(ChatId chat) {
        return Answer.none();
    }

    /**
     * Blocks the patron of a chat by the key, for a day: at this one's own institution, or in {@code coop}; and ends the chat as lost,
     * if {@code end}.
     */
    default Answer block(ChatId chat, @Nullable CoopId coop, boolean end) {
        return Answer.none();
    }

    /** Shares a little text file in the chat. */
    default Answer share(ChatId chat) {
        return Answer.none();
    }

    /** Gets the newest file of a chat that has one, along the chat; any of one that does not exist. */
    default Answer file(ChatId chat) {
        return Answer.none();
    }

    // ---- Tickets

    /** Opens a ticket about a chat, with an email address and a question. */
    default Answer openTicket(ChatId chat) {
        return Answer.none();
    }

    /** Asks which tickets there are about a chat. */
    default Answer ticketsOf(ChatId chat) {
        return Answer.none();
    }

    /** Asks by ticket about the chat, as its patron. */
    default Answer askByTicket(ChatId chat) {
        return Answer.none();
    }

    // ---- A transcript

    /** Gets the newest file of a chat that has one, along its transcript; any of one that does not exist. */
    default Answer file(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** Reads a transcript on a path. */
    default Answer read(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** Has a chat explained along its transcript. */
    default Answer explain(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** Redacts the newest message of a chat that has one; any entry of one that does not exist. */
    default Answer redact(ChatId chat) {
        return Answer.none();
    }

    /** Deletes the content of a chat. */
    default Answer delete(ChatId chat) {
        return Answer.none();
    }

    /** Sends a transcript by email. */
    default Answer email(ChatId chat) {
        return Answer.none();
    }

    /** The chats that are found among the transcripts of a path; none where the path is refused. */
    default Set<ChatId> search(TranscriptPath path) {
        return Set.of();
    }

    /** The chats that are written out of the transcripts of a path. */
    default Set<ChatId> export(TranscriptPath path) {
        return Set.of();
    }

    // ---- QA feedback

    /** Gives feedback on a chat. */
    default Answer give(ChatId chat) {
        return Answer.none();
    }

    /** Replies to the feedback on a chat. */
    default Answer reply(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** Reads the feedback on a chat. */
    default Answer posts(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** Remembers to have seen the first post on a chat. */
    default Answer seen(TranscriptPath path, ChatId chat) {
        return Answer.none();
    }

    /** The chats with feedback that are found on a path; none where the path is refused. */
    default Set<ChatId> chats(TranscriptPath path) {
        return Set.of();
    }

    // ---- Staff chat

    /** Reads what was written in a room; of a room of two others, which may have no name here, {@code none}. */
    default Answer posts(Room room) {
        return Answer.none();
    }

    /** Writes in a room. */
    default Answer post(Room room) {
        return Answer.none();
    }

    /** Remembers to have seen the first post of a room. */
    default Answer seenRoom(Room room) {
        return Answer.none();
    }

    /** The rooms that this one is told to be in. */
    default Set<Room> rooms() {
        return Set.of();
    }

    // ---- The own institution's patrons

    /** Writes out what the own institution has of the patron with this address. */
    default Answer exportPatron(String email) {
        return Answer.none();
    }

    /** Deletes it. */
    default Answer erasePatron(String email) {
        return Answer.none();
    }

    /** Has the institution anonymise after 30 days and delete after 60. */
    default Answer setRetention(InstitutionId institution) {
        return Answer.none();
    }

    // ---- Lists

    /** The chats that are listed as open to this one. */
    default Set<ChatId> waiting() {
        return Set.of();
    }

    /** The chats that are listed as this one's own. */
    default Set<ChatId> owned() {
        return Set.of();
    }

    // ---- Presence

    /** Signs in. */
    default Answer signIn() {
        return Answer.none();
    }

    /** Signs out. */
    default Answer signOut() {
        return Answer.none();
    }

    /** Says to be AWAY. */
    default Answer status() {
        return Answer.none();
    }

    /** Turns a switch on or off. */
    default Answer monitor(Option option, boolean on) {
        return Answer.none();
    }

    /** Says to be at work. */
    default Answer active() {
        return Answer.none();
    }

    /** Asks who would be left. */
    default Answer remaining() {
        return Answer.none();
    }

    /** Ends another operator's session. */
    default Answer endSession(OperatorId colleague) {
        return Answer.none();
    }

    /** Asks who monitors a stage. */
    default Answer online(Stage stage) {
        return Answer.none();
    }

    // ---- The directory

    /** Asks for the accounts of a co-op. */
    default Answer accounts(CoopId coop) {
        return Answer.none();
    }

    /** Gives an account. */
    default Answer grant(OperatorId who, CoopId coop, Level level) {
        return Answer.none();
    }

    /** Takes an account away; the host may need to know the account as it is. */
    default Answer revoke(CoopAccount account) {
        return Answer.none();
    }

    /** Sets the coverage of a membership; the host may need to know the membership as it is. */
    default Answer setCoverage(Membership membership, Coverage coverage) {
        return Answer.none();
    }

    /** Saves a widget. */
    default Answer saveWidget(Widget widget) {
        return Answer.none();
    }

    /** Asks for the blocks of patrons in a scope. */
    default Answer blocks(BlockScope scope) {
        return Answer.none();
    }

    /** Lifts a block; the host may need to know the block as it is. */
    default Answer lift(PatronBlock block) {
        return Answer.none();
    }

    /** Reads who did what of an institution. */
    default Answer audit(InstitutionId institution) {
        return Answer.none();
    }

    // ---- What is looked up

    /** Asks which groups of the own institution's FAQ it may read. */
    default Answer groups() {
        return Answer.none();
    }

    /** Searches the own institution's FAQ. */
    default Answer searchFaq() {
        return Answer.none();
    }

    /** Reads an entry of the own institution's FAQ that everybody may read. */
    default Answer entry() {
        return Answer.none();
    }

    /** Searches the FAQ beside a chat. */
    default Answer searchFaq(ChatId chat) {
        return Answer.none();
    }

    /** Reads the entry {@code public} beside a chat. */
    default Answer entry(ChatId chat) {
        return Answer.none();
    }

    /** Reads the entry {@code staff} of the patron's library beside a chat. */
    default Answer staffing(ChatId chat) {
        return Answer.none();
    }

    /** Sends the patron the entry {@code public}. */
    default Answer send(ChatId chat) {
        return Answer.none();
    }

    /** Says what is kept for staff, and that it is meant. */
    default Answer release(ChatId chat, String text) {
        return Answer.none();
    }

    /** Asks for the card of the patron's library. */
    default Answer card(ChatId chat) {
        return Answer.none();
    }

    /** Saves the card of an institution. */
    default Answer saveCard(InstitutionId institution) {
        return Answer.none();
    }

    /** Asks for the canned messages of an institution or a co-op. */
    default Answer canned(BlockScope scope) {
        return Answer.none();
    }

    /** Saves them. */
    default Answer saveCanned(BlockScope scope) {
        return Answer.none();
    }

    /** Saves any other record, here a co-op. */
    default Answer save(CoopId coop) {
        return Answer.none();
    }

    /** Does a round of retention. */
    default Answer retain() {
        return Answer.none();
    }

    /** Ends a membership. */
    default Answer endMembership(InstitutionId institution, CoopId coop) {
        return Answer.none();
    }
}
