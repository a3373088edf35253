package org.libcoop.access;

/** What somebody can be to what an operation is on: the columns of the access table (A8). */
public enum Relation {
    /** Whoever holds CoopEngine or AdminSession. */
    HOST("the host", "whoever holds `CoopEngine` or `AdminSession`"),
    /** The chat's patron, by the secret that only the patron's browser has. */
    PATRON("the patron", "the chat's patron, by the secret that only the patron's browser has"),
    /** Who is in the directory. */
    OPERATOR("any operator", "who is in the directory"),
    /** With chatEnabled, without which nothing in chat is allowed (D2). */
    CHAT_ENABLED("operators with the chat switch", "with `chatEnabled`, without which nothing in chat is allowed (D2)"),
    /** Owns the chat now. */
    OWNER("the owner", "owns the chat now"),
    /** Owns the chat, or was the last to own it. */
    LAST_OWNER("the last owner", "owns the chat, or was the last to own it"),
    /** Owned the chat at some time, claimed or accepted (A1). */
    PAST_OWNER("past owners", "owned the chat at some time, claimed or accepted (A1)"),
    /** The chat waits, and they are available on an open stage of it now (R6). */
    ELIGIBLE("the eligible", "the chat waits, and they are available on an open stage of it now (R6)"),
    /** A transfer of the chat is offered to them now (C9). */
    OFFERED("those offered it", "a transfer of the chat is offered to them now (C9)"),
    /** Of the patron's home institution. */
    HOME_STAFF("home staff", "of the patron's home institution"),
    /** Of the same institution. */
    COLLEAGUE("colleagues", "operators of the same institution"),
    /** Of the same institution, with the chat switch, and with the local admin switch or a level of admin in some co-op (P5). */
    ADMIN_COLLEAGUE(
            "the institution's admins",
            "of the same institution, with the chat switch, and with the local admin switch or as INSTITUTION_ADMIN or COOP_ADMIN in some co-op (P5)"),

    /** Signed in, not OFFLINE, and one of those the room is for; in a co-op's with the switch on (I1, I2). */
    IN_ROOM(
            "those in the room",
            "signed in, not OFFLINE, and one of those the room is for; in a co-op's with the switch on (I1, I2)"),

    /** With an account of any level, or a backup place, in a co-op of the frozen route (A9). */
    ROUTE_PLACE(
            "co-op staff of the route",
            "with an account of any level, or a backup place, in a co-op of the frozen route (A9)"),
    /** Notified of the chat or offered it at some time (A9). */
    REACHED("those ever reached", "notified of the chat or offered it at some time (A9)"),
    /** A member of the department, the operator of the line, an account in the co-op to which their institution contributes (P3, A5). */
    ANSWERS_FOR(
            "its staff",
            "a member of the department, the operator of the line, an account in the co-op to which their institution contributes (P3, A5)"),
    /** With the local admin switch, of the patron's home institution (A10). */
    HOME_ADMIN("home admins", "with the local admin switch, of the patron's home institution (A10)"),
    /** COOP_ADMIN of the co-op in question, which is in the frozen route, or through which somebody owned the chat (C15). */
    ROUTE_ADMIN(
            "the route's co-op admins",
            "COOP_ADMIN of the co-op in question, which is in the frozen route, or through which somebody owned the chat (C15)"),
    /** COOP_ADMIN of the co-op through which the chat is claimed now (C15). */
    CLAIM_ADMIN("the claim's co-op admins", "COOP_ADMIN of the co-op through which the chat is claimed now (C15)"),
    /** Of the patron's home institution, owned the chat at some time (A4). */
    HOME_OWNER("home staff who owned it", "of the patron's home institution, and owned the chat at some time (A4)"),
    /** Of the patron's home institution, where the policy homeReadersSeeAll is on (A4). */
    HOME_READER(
            "home staff where policy lets them",
            "of the patron's home institution, where the policy `homeReadersSeeAll` is on (A4)"),
    /** With a place in the co-op, owned the chat through it at some time (A1). */
    COOP_OWNER(
            "co-op staff who owned it", "with a place in the co-op, and owned the chat through it at some time (A1)"),
    /** INSTITUTION_ADMIN or COOP_ADMIN in the co-op, and somebody of their institution owned the chat through it (A2). */
    ANSWERING_ADMIN(
            "the answering institution's admins in the co-op",
            "INSTITUTION_ADMIN or COOP_ADMIN there, and somebody of their institution owned the chat through the co-op (A2)"),
    /** COOP_ADMIN of a co-op through which somebody owned the chat (A3). */
    ANSWERING_COOP_ADMIN(
            "the answering co-op's admins", "COOP_ADMIN of a co-op through which somebody owned the chat (A3)"),
    /** With the local admin switch at the provider of the backup staff, one of whom owned the chat through the co-op (D8). */
    PROVIDER_ADMIN(
            "the provider's local admins",
            "with the local admin switch, of the institution of backup staff one of whom owned the chat through the co-op (D8)"),

    /** On the co-op's backup list (D8). */
    BACKUP("its backup staff", "on the co-op's backup list (D8)"),
    /** With an account of any level, or a backup place, in the co-op. */
    MEMBER("its people", "with an account of any level, or a backup place, in the co-op"),
    /** INSTITUTION_ADMIN or COOP_ADMIN there, of the institution that is touched, where no account of the level COOP_ADMIN is (A2, A6). */
    INSTITUTION_ADMIN(
            "the institution's admins in the co-op",
            "INSTITUTION_ADMIN or COOP_ADMIN there, of the institution that is touched, where no account of the level COOP_ADMIN is (A2, A6)"),
    /** COOP_ADMIN there; where an institution is touched, it is or was a member (A3). */
    COOP_ADMIN("the co-op's admins", "COOP_ADMIN there; where an institution is touched, it is or was a member (A3)"),
    /** Of the institution to which it belongs. */
    STAFF("its operators", "of the institution to which it belongs"),
    /** Owns the chat now, claimed on a co-op or its backup stage, or accepted from an offer to a co-op (F2). */
    COOP_CHAT_OWNER(
            "the owner of a co-op chat",
            "owns the chat now, claimed on a co-op or its backup stage, or accepted from an offer to a co-op (F2)"),
    /** With the local admin switch, of the institution to which it belongs (A10). */
    LOCAL_ADMIN("local admins", "with the local admin switch, of the institution to which it belongs (A10)");

    private final String words;
    private final String meaning;

    Relation(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** Returns whether somebody has it by a level or switch of an admin. */
    public boolean ofAdmins() {
        return switch (this) {
            case HOME_ADMIN,
                    ROUTE_ADMIN,
                    CLAIM_ADMIN,
                    ADMIN_COLLEAGUE,
                    ANSWERING_ADMIN,
                    ANSWERING_COOP_ADMIN,
                    PROVIDER_ADMIN,
                    INSTITUTION_ADMIN,
                    COOP_ADMIN,
                    LOCAL_ADMIN -> true;
            case HOST,
                    PATRON,
                    OPERATOR,
                    CHAT_ENABLED,
                    OWNER,
                    LAST_OWNER,
                    PAST_OWNER,
                    ELIGIBLE,
                    OFFERED,
                    HOME_STAFF,
                    COLLEAGUE,
                    IN_ROOM,
                    ROUTE_PLACE,
                    REACHED,
                    ANSWERS_FOR,
                    HOME_OWNER,
                    HOME_READER,
                    COOP_OWNER,
                    BACKUP,
                    MEMBER,
                    STAFF,
                    COOP_CHAT_OWNER -> false;
        };
    }

    /** Returns what people call those who have it. */
    public String words() {
        return words;
    }

    /** Returns who that is, for people. */
    public String meaning() {
        return meaning;
    }
}
