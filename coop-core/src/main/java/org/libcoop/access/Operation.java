package org.libcoop.access;

import static org.libcoop.access.Relation.ADMIN_COLLEAGUE;
import static org.libcoop.access.Relation.ANSWERING_ADMIN;
import static org.libcoop.access.Relation.ANSWERING_COOP_ADMIN;
import static org.libcoop.access.Relation.ANSWERS_FOR;
import static org.libcoop.access.Relation.BACKUP;
import static org.libcoop.access.Relation.CHAT_ENABLED;
import static org.libcoop.access.Relation.CLAIM_ADMIN;
import static org.libcoop.access.Relation.COOP_ADMIN;
import static org.libcoop.access.Relation.COOP_CHAT_OWNER;
import static org.libcoop.access.Relation.COOP_OWNER;
import static org.libcoop.access.Relation.ELIGIBLE;
import static org.libcoop.access.Relation.HOME_ADMIN;
import static org.libcoop.access.Relation.HOME_OWNER;
import static org.libcoop.access.Relation.HOME_READER;
import static org.libcoop.access.Relation.HOME_STAFF;
import static org.libcoop.access.Relation.HOST;
import static org.libcoop.access.Relation.INSTITUTION_ADMIN;
import static org.libcoop.access.Relation.IN_ROOM;
import static org.libcoop.access.Relation.LAST_OWNER;
import static org.libcoop.access.Relation.LOCAL_ADMIN;
import static org.libcoop.access.Relation.MEMBER;
import static org.libcoop.access.Relation.OFFERED;
import static org.libcoop.access.Relation.OPERATOR;
import static org.libcoop.access.Relation.OWNER;
import static org.libcoop.access.Relation.PAST_OWNER;
import static org.libcoop.access.Relation.PATRON;
import static org.libcoop.access.Relation.PROVIDER_ADMIN;
import static org.libcoop.access.Relation.REACHED;
import static org.libcoop.access.Relation.ROUTE_ADMIN;
import static org.libcoop.access.Relation.ROUTE_PLACE;
import static org.libcoop.access.Relation.STAFF;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.libcoop.refusal.RefusalCode;

/**
 * Everything that somebody can do, and who may: the access table (A8). Whoever has none of an operation's relations to the thing
 * it is on is refused with its code. An operation without relations cannot be made.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of, which never changes
public enum Operation {
    /** Learning that a chat exists: without it every operation on the chat answers {@code not-found} (A9). */
    KNOW_CHAT(Subject.CHAT, "A9", RefusalCode.NOT_FOUND, PATRON, PAST_OWNER, HOME_STAFF, ROUTE_PLACE, REACHED, HOST),
    /** Looking into an unclaimed or offered chat (C1). */
    PREVIEW(Subject.LIVE_CHAT, "C1", RefusalCode.NOT_ELIGIBLE, ELIGIBLE, OFFERED),
    /** Claiming; the owner who repeats it wins again (C2). */
    CLAIM(Subject.LIVE_CHAT, "C2", RefusalCode.NOT_ELIGIBLE, ELIGIBLE, OWNER),
    /** Putting a chat away that was never owned (C11). */
    DISMISS(Subject.LIVE_CHAT, "C11", RefusalCode.NOT_ELIGIBLE, ELIGIBLE),
    /** Asking for the next stage now (C13). */
    HURRY(Subject.LIVE_CHAT, "C13", RefusalCode.NOT_ELIGIBLE, ELIGIBLE),
    /** Saying something, and letting the other side know of typing and reading (M1, M5). */
    SAY(Subject.LIVE_CHAT, "C5 M1", RefusalCode.NOT_OWNER, OWNER, PATRON),
    /** Writing an internal note (M1). */
    NOTE(Subject.LIVE_CHAT, "C5 M1", RefusalCode.NOT_OWNER, OWNER),
    /** Reading along: where the chat stands, and its entries while it is live (M4, C10). */
    FOLLOW(Subject.CHAT, "C5 M4", RefusalCode.NOT_OWNER, LAST_OWNER, PATRON),
    /** Sharing a file (U1). */
    SHARE_FILE(Subject.LIVE_CHAT, "C5 U1", RefusalCode.NOT_OWNER, OWNER, PATRON),
    /** Getting a file that was shared, along the chat; along a transcript reading it is enough (U1). */
    READ_FILE(Subject.CHAT, "U1 A9", RefusalCode.NOT_OWNER, LAST_OWNER, PATRON),
    /** Ending the chat (C14). */
    END(Subject.LIVE_CHAT, "C5 C14", RefusalCode.NOT_OWNER, OWNER),
    /** Offering the chat to others, seeing who could be offered it, taking the offer back (C8, C9). */
    TRANSFER(Subject.LIVE_CHAT, "C8 C9", RefusalCode.NOT_OWNER, OWNER),
    /** Accepting or declining (C9). */
    TAKE_OFFER(Subject.LIVE_CHAT, "C9", RefusalCode.NOT_ELIGIBLE, OFFERED),
    /** Rating a chat that is over and that a librarian had (C14). */
    RATE(Subject.CHAT, "C14", RefusalCode.NOT_FOUND, PATRON),
    /** Leaving on purpose (C7). */
    LEAVE(Subject.LIVE_CHAT, "C7", RefusalCode.NOT_FOUND, PATRON),

    /** Opening a ticket about a chat at the patron's home institution; for its admins once the chat is over (K1). */
    OPEN_TICKET(Subject.CHAT, "K1", RefusalCode.NOT_ALLOWED, LAST_OWNER, HOME_ADMIN),
    /** Seeing which tickets there are about a chat (K1). */
    SEE_TICKETS(Subject.CHAT, "K1", RefusalCode.NOT_ALLOWED, LAST_OWNER, HOME_ADMIN),
    /** Asking by ticket about a chat that nobody answers, or that was lost (K1, R17, C7). */
    ASK_BY_TICKET(Subject.CHAT, "K1 R17 C7", RefusalCode.NOT_FOUND, PATRON),

    /** Blocking the patron at one's own institution (C15). */
    BLOCK(Subject.CHAT, "C15", RefusalCode.NOT_ALLOWED, OWNER, HOME_ADMIN),
    /** Blocking the patron in a co-op (C15). */
    BLOCK_IN_COOP(Subject.CHAT, "C15", RefusalCode.NOT_ALLOWED, ROUTE_ADMIN),
    /** Ending a chat along with a block of its patron; of one that is over nothing is asked (C15). */
    EXPEL(Subject.LIVE_CHAT, "C15", RefusalCode.NOT_ALLOWED, OWNER, HOME_ADMIN, CLAIM_ADMIN),

    /** Finding, reading and exporting transcripts on the home path (X1, X5). */
    READ_AT_HOME(Subject.TRANSCRIPT, "A4 X1 X5", RefusalCode.NOT_ALLOWED, HOME_ADMIN, HOME_OWNER, HOME_READER),
    /** Finding, reading and exporting transcripts on a co-op's path (A1 to A4). */
    READ_OF_COOP(
            Subject.TRANSCRIPT,
            "A1 A2 A3 D8",
            RefusalCode.NOT_ALLOWED,
            COOP_OWNER,
            ANSWERING_ADMIN,
            ANSWERING_COOP_ADMIN,
            PROVIDER_ADMIN),
    /** Giving QA feedback on a chat that was answered through a co-op; reading and answering on the home path (X4). */
    GIVE_FEEDBACK(Subject.TRANSCRIPT, "X4 A4", RefusalCode.NOT_ALLOWED, HOME_ADMIN),
    /** Reading QA feedback on a co-op's path, and answering to it (X4). */
    DISCUSS_FEEDBACK(
            Subject.TRANSCRIPT,
            "X4 A1 A2 A3 D8",
            RefusalCode.NOT_ALLOWED,
            COOP_OWNER,
            ANSWERING_ADMIN,
            ANSWERING_COOP_ADMIN,
            PROVIDER_ADMIN),
    /** Redacting a message (X3). */
    REDACT(Subject.TRANSCRIPT, "A4 X3", RefusalCode.NOT_ALLOWED, HOME_ADMIN),
    /** Deleting all content of a chat (X2). */
    DELETE_CONTENT(Subject.TRANSCRIPT, "A4 X2", RefusalCode.NOT_ALLOWED, HOME_ADMIN),
    /** Sending a transcript by email (A4). */
    EMAIL_TRANSCRIPT(Subject.TRANSCRIPT, "A4", RefusalCode.NOT_ALLOWED, HOME_ADMIN),

    /** Writing out what the institution has of one of its patrons (X6). */
    EXPORT_PATRON_DATA(Subject.PATRONS, "A10 X6", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN),
    /** Deleting it (X6). */
    ERASE_PATRON_DATA(Subject.PATRONS, "A10 X6", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN),
    /** Setting after how long the institution anonymises transcripts and deletes their content (A10, X6). */
    SET_RETENTION(Subject.PATRONS, "A10 X6", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, HOST),

    /** Reading and writing in a room (I1, I2). */
    TALK(Subject.ROOM, "I1 I2", RefusalCode.NOT_ALLOWED, IN_ROOM),

    /** Signing in and saying a status (P1, P2). */
    SIGN_IN(Subject.OWN_PRESENCE, "D2 P1", RefusalCode.NOT_ALLOWED, CHAT_ENABLED),
    /** Signing out, turning a switch off, asking who is left then, and saying that one is at work (P2, P5, P6). */
    SIGN_OUT(Subject.OWN_PRESENCE, "P2", RefusalCode.NOT_ALLOWED, OPERATOR),
    /** Turning a switch on (P3, A5). */
    MONITOR(Subject.OPTION, "P3 A5", RefusalCode.NOT_ALLOWED, ANSWERS_FOR, BACKUP),
    /** Seeing who is online (P6). */
    WHO_IS_ONLINE(Subject.OPTION, "P6 A5", RefusalCode.NOT_ALLOWED, ANSWERS_FOR, MEMBER, HOST),

    /** Learning that an operator exists, where something is done to them (A9). */
    KNOW_COLLEAGUE(Subject.COLLEAGUE, "A9", RefusalCode.NOT_FOUND, Relation.COLLEAGUE),
    /** Ending a colleague's session (P5). */
    END_SESSION(Subject.COLLEAGUE, "P5", RefusalCode.NOT_ALLOWED, ADMIN_COLLEAGUE),

    /** Seeing who has an account: admins those they manage, others their own and the admins (S4). */
    SEE_ACCOUNTS(Subject.COOP, "A1 S4", RefusalCode.NOT_ALLOWED, MEMBER, HOST),
    /** Adding, changing and removing accounts (A2, A3, A6). */
    MANAGE_ACCOUNT(Subject.ACCOUNT, "A2 A3 A6", RefusalCode.NOT_ALLOWED, INSTITUTION_ADMIN, COOP_ADMIN, HOST),
    /** Setting the hours at which an institution's patrons are served by the co-op (D6). */
    SET_COVERAGE(Subject.MEMBERSHIP, "D6 A3", RefusalCode.NOT_ALLOWED, INSTITUTION_ADMIN, COOP_ADMIN, HOST),
    /** Adding and changing widgets (A10). */
    SAVE_WIDGET(Subject.WIDGET, "A10", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, HOST),
    /** Seeing the blocks of patrons at an institution or in a co-op (C15). */
    SEE_BLOCKS(Subject.BLOCK, "C15", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, COOP_ADMIN, HOST),
    /** Lifting a block (C15). */
    LIFT_BLOCK(Subject.BLOCK, "C15", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, COOP_ADMIN, HOST),
    /** Reading who did what, and who was denied what, of an institution's people and things (A8). */
    READ_AUDIT(Subject.INSTITUTION, "A8 A10", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, HOST),
    /** Searching the own institution's FAQ, and reading in it, as far as the host lets one (F1). */
    SEARCH_FAQ(Subject.INSTITUTION, "F1", RefusalCode.NOT_ALLOWED, STAFF),
    /** Searching the FAQ beside an own chat: of the patron's library in a co-op chat, else of one's own (F1). */
    SEARCH_FAQ_OF_CHAT(Subject.LIVE_CHAT, "F1", RefusalCode.NOT_OWNER, OWNER),
    /** Searching and reading what the patron's library keeps for the staff who answers its patrons (F2). */
    READ_STAFFING_FAQ(Subject.LIVE_CHAT, "F2", RefusalCode.NOT_OWNER, COOP_CHAT_OWNER),
    /** Sending the patron an entry that is public (F1). */
    SEND_FAQ(Subject.LIVE_CHAT, "F1", RefusalCode.NOT_OWNER, OWNER),
    /** Saying to the patron what stands in the staffing FAQ (F2). */
    RELEASE_STAFFING(Subject.LIVE_CHAT, "F2", RefusalCode.NOT_OWNER, OWNER),
    /** Seeing the card of the patron's library beside the chat (F4). */
    SEE_CARD(Subject.LIVE_CHAT, "F4", RefusalCode.NOT_ELIGIBLE, ELIGIBLE, OFFERED, OWNER),
    /** Changing the card of one's institution (F4). */
    SAVE_CARD(Subject.INSTITUTION, "A10 F4", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, HOST),
    /** Seeing the canned messages of one's institution or co-op (M6). */
    SEE_CANNED(Subject.CANNED, "M6", RefusalCode.NOT_ALLOWED, STAFF, MEMBER, HOST),
    /** Changing them (M6). */
    SAVE_CANNED(Subject.CANNED, "A10 M6", RefusalCode.NOT_ALLOWED, LOCAL_ADMIN, COOP_ADMIN, HOST),
    /** Creating co-ops and memberships, ending memberships, setting policies, running retention now (D9, X6). */
    ADMINISTER(Subject.DEPLOYMENT, "D9", RefusalCode.NOT_ALLOWED, HOST);

    /** What an operation is on. */
    public enum Subject {
        CHAT("a chat"),
        /** Once it is over the answer is {@code chat-over} (to those who may know of it). */
        LIVE_CHAT("a chat that is not over"),
        TRANSCRIPT("a transcript"),
        PATRONS("an institution's patrons"),
        OWN_PRESENCE("one's own presence"),
        OPTION("a department, personal line or co-op"),
        ROOM("a room of the staff chat"),
        COLLEAGUE("another operator"),
        COOP("a co-op"),
        ACCOUNT("an operator's account in a co-op"),
        MEMBERSHIP("an institution's membership in a co-op"),
        WIDGET("a widget"),
        BLOCK("a block of a patron, at an institution or in a co-op"),
        INSTITUTION("an institution"),
        CANNED("the canned messages of an institution or a co-op"),
        DEPLOYMENT("the deployment");

        private final String words;

        Subject(String words) {
            this.words = words;
        }

        /** Returns what people call it. */
        public String words() {
            return words;
        }
    }

    private final Subject subject;
    private final String rules;
    private final RefusalCode denied;
    private final List<Relation> allowed;

    Operation(Subject subject, String rules, RefusalCode denied, Relation first, Relation... others) {
        this.subject = subject;
        this.rules = rules;
        this.denied = denied;
        this.allowed = Stream.concat(Stream.of(first), Arrays.stream(others)).toList();
    }

    /**
     * Returns whether it takes the rights of an admin, or is the host's alone: then it leaves a record in the audit trail when it is
     * done.
     */
    public boolean privileged() {
        return allowed.equals(List.of(HOST)) || allowed.stream().anyMatch(Relation::ofAdmins);
    }

    /** Returns its name as it is stored and sent: small letters and hyphens, never changed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the operation of this {@link #word}; empty if there is none. */
    public static Optional<Operation> ofWord(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.word().equals(word))
                .findFirst();
    }

    /** Returns what it is on. */
    public Subject subject() {
        return subject;
    }

    /** Returns the ids of the rules it comes from, with spaces between them. */
    public String rules() {
        return rules;
    }

    /** Returns the code with which everybody else is refused. */
    public RefusalCode denied() {
        return denied;
    }

    /** Returns the relations each of which allows it: at least one, and no others do. */
    public List<Relation> allowed() {
        return allowed;
    }
}
