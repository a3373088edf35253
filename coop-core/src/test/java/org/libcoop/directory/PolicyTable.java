package org.libcoop.directory;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The rows of the policies for the reference page: what the code enforces, with a line on what each does. */
public final class PolicyTable {

    private PolicyTable() {}

    /** The table in Markdown, its heading included. */
    public static String markdown() {
        return "| policy | default | bounds | whose | what it does | rule |\n|---|---|---|---|---|---|\n"
                + Arrays.stream(Policy.values()).map(PolicyTable::row).collect(Collectors.joining());
    }

    private static String row(Policy policy) {
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(policy.id, policy.defaultText(), policy.bounds(), whose(policy), what(policy), policy.rule);
    }

    private static String whose(Policy policy) {
        if (policy.perInstitution()) {
            return "deployment, institution";
        }
        return policy == Policy.BACKUP_DELAY ? "deployment, co-op" : "deployment";
    }

    private static String what(Policy policy) {
        return switch (policy) {
            case BACKUP_DELAY -> "after so long on a global co-op its backup staff join; a co-op may name its own";
            case UNANSWERED_AFTER -> "unclaimed for so long, the patron is told that we are still looking";
            case GIVE_UP_AFTER -> "unclaimed for so long, a chat is missed";
            case PATRON_GRACE -> "how long the patron of an unclaimed chat may be gone";
            case PATRON_AWAY -> "how long the patron of a claimed chat may be gone";
            case OWNER_GRACE -> "so long after the owner's last sign of life the chat is returned";
            case TRANSFER_EXPIRY -> "how long a transfer is offered";
            case OPERATOR_LIMIT -> "the most open chats of an operator";
            case LEASE -> "so long after the last sign of life somebody, or a node, counts as gone";
            case RENEW_EVERY -> "how often signs of life are given; follows a short lease by itself";
            case AWAY_MONITORS -> "whether an operator who is AWAY is still notified and may claim";
            case IDLE_LIMIT -> "who does nothing for so long, and owns no chat, is signed out";
            case WIDGET_CACHE ->
                "how old a page's copy of what its patrons find in the FAQ may be; a widget's texts come with its status";
            case STATUS_CACHE -> "how old a page's copy of a widget's online status may be";
            case MESSAGE_LIMIT -> "the most characters (UTF-16 units) of a message";
            case UPLOAD_LIMIT -> "the most bytes of a shared file; 0: no files are shared";
            case UPLOADS_PER_CHAT -> "the most files shared in one chat";
            case UPLOAD_QUOTA -> "the most bytes of all files shared in one chat";
            case STAFF_CHAT_RETENTION -> "how long staff chat is kept";
            case ANONYMISE_AFTER ->
                "so long after its end a chat loses the patron's name, email, address and user agent";
            case DELETE_AFTER -> "so long after its end a chat loses all content";
            case HOME_READERS_SEE_ALL ->
                "whether all staff read their institution's transcripts, not only those they owned";
            case FRAME_LIMIT -> "the most bytes of a frame";
            case NAME_LIMIT -> "the most characters of a patron's name";
            case URL_LIMIT -> "the most characters of a referring URL";
            case CONNECTION_MESSAGES -> "the most messages a minute on one connection";
            case PATRON_CONNECTIONS -> "the most connections of a patron at a time";
            case OPERATOR_CONNECTIONS -> "the most connections of an operator at a time";
            case OUTBOX_NOTICES -> "the most notices that wait on one connection; beyond, it is ended as too slow";
            case OUTBOX_BYTES -> "the same in bytes";
            case PAGE_LIMIT -> "the most entries of a page of a list";
            case JSON_DEPTH -> "the deepest nesting of a frame";
            case AUDITED_DENIALS ->
                "the most denied operations a minute of one operator, and of all patrons, that are recorded one by one";
            case ADDRESS_CHATS -> "the most open chats from one address";
            case ADDRESS_CONNECTIONS -> "the most connections from one address at a time";
            case ADDRESS_CHAT_STARTS -> "the most chats started a minute from one address";
            case ADDRESS_MESSAGES -> "the most messages a minute from one address";
        };
    }
}
