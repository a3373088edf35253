package org.libcoop.access;

import static org.libcoop.access.Relation.ADMIN_COLLEAGUE;
import static org.libcoop.access.Relation.ANSWERING_ADMIN;
import static org.libcoop.access.Relation.ANSWERING_COOP_ADMIN;
import static org.libcoop.access.Relation.ANSWERS_FOR;
import static org.libcoop.access.Relation.BACKUP;
import static org.libcoop.access.Relation.CHAT_ENABLED;
import static org.libcoop.access.Relation.COOP_ADMIN;
import static org.libcoop.access.Relation.COOP_OWNER;
import static org.libcoop.access.Relation.ELIGIBLE;
import static org.libcoop.access.Relation.HOME_ADMIN;
import static org.libcoop.access.Relation.HOME_OWNER;
import static org.libcoop.access.Relation.HOME_READER;
import static org.libcoop.access.Relation.HOME_STAFF;
import static org.libcoop.access.Relation.HOST;
import static org.libcoop.access.Relation.INSTITUTION_ADMIN;
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
import static org.libcoop.access.Relation.ROUTE_PLACE;

import java.util.Arrays;
import java.util.List;
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
    /** Redacting a message (X3). */
    REDACT(Subject.TRANSCRIPT, "A4 X3", RefusalCode.NOT_ALLOWED, HOME_ADMIN),
    /** Deleting all content of a chat (X2). */
    DELETE_CONTENT(Subject.TRANSCRIPT, "A4 X2", RefusalCode.NOT_ALLOWED, HOME_ADMIN),
    /** Sending a transcript by email (A4). */
    EMAIL_TRANSCRIPT(Subject.TRANSCRIPT, "A4", RefusalCode.NOT_ALLOWED, HOME_ADMIN),

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
    /** Creating co-ops and memberships, ending memberships, setting policies (D9). */
    ADMINISTER(Subject.DEPLOYMENT, "D9", RefusalCode.NOT_ALLOWED, HOST);

    /** What an operation is on. */
    public enum Subject {
        CHAT("a chat"),
        /** Once it is over the answer is {@code chat-over} (to those who may know of it). */
        LIVE_CHAT("a chat that is not over"),
        TRANSCRIPT("a transcript"),
        OWN_PRESENCE("one's own presence"),
        OPTION("a department, personal line or co-op"),
        COLLEAGUE("another operator"),
        COOP("a co-op"),
        ACCOUNT("an operator's account in a co-op"),
        MEMBERSHIP("an institution's membership in a co-op"),
        WIDGET("a widget"),
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
