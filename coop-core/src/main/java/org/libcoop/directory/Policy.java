package org.libcoop.directory;

import org.jspecify.annotations.Nullable;

/** The table of policies: what each is called, its default and its bounds (section 13b of the specification). */
enum Policy {
    BACKUP_DELAY("backupDelay", Kind.DURATION, "40s", "0s", "10m", "R9"),
    UNANSWERED_AFTER("unansweredAfter", Kind.DURATION, "60s", "5s", "1h", "R17"),
    GIVE_UP_AFTER("giveUpAfter", Kind.DURATION, "15m", "30s", "24h", "R17"),
    PATRON_GRACE("patronGrace", Kind.DURATION, "60s", "5s", "1h", "C7"),
    PATRON_AWAY("patronAway", Kind.DURATION, "3m", "5s", "1h", "C7"),
    OWNER_GRACE("ownerGrace", Kind.DURATION, "60s", "1s", "1h", "C6"),
    TRANSFER_EXPIRY("transferExpiry", Kind.DURATION, "120s", "10s", "1h", "C9"),
    OPERATOR_LIMIT("operatorLimit", Kind.COUNT, "none", "1", "100", "C12"),
    LEASE("lease", Kind.DURATION, "30s", "1s", "5m", "P4"),
    RENEW_EVERY("renewEvery", Kind.DURATION, "10s", "100ms", "100s", "P4"),
    AWAY_MONITORS("awayMonitors", Kind.SWITCH, "true", "false", "true", "P3"),
    IDLE_LIMIT("idleLimit", Kind.DURATION, "none", "1m", "24h", "P5"),
    WIDGET_CACHE("widgetCache", Kind.DURATION, "60s", "0s", "5m", "W4"),
    STATUS_CACHE("statusCache", Kind.DURATION, "5s", "0s", "5m", "W4"),
    MESSAGE_LIMIT("messageLimit", Kind.COUNT, "10000", "1", "20000", "M2"),
    UPLOAD_LIMIT("uploadLimit", Kind.BYTES, "20 MB", "0", "1 GB", "U1"),
    UPLOADS_PER_CHAT("uploadsPerChat", Kind.COUNT, "50", "0", "1000", "U1"),
    UPLOAD_QUOTA("uploadQuota", Kind.BYTES, "200 MB", "0", "100 GB", "U1"),
    STAFF_CHAT_RETENTION("staffChatRetention", Kind.DURATION, "30d", "0s", "36500d", "I2"),
    ANONYMISE_AFTER("anonymiseAfter", Kind.DURATION, "90d", "1d", "36500d", "X6"),
    DELETE_AFTER("deleteAfter", Kind.DURATION, "never", "1d", "36500d", "X6"),
    HOME_READERS_SEE_ALL("homeReadersSeeAll", Kind.SWITCH, "false", "false", "true", "A4"),
    FRAME_LIMIT("frameLimit", Kind.BYTES, "128 KiB", "16 KiB", "1 MiB", "T5"),
    NAME_LIMIT("nameLimit", Kind.COUNT, "100", "1", "1000", "T5"),
    URL_LIMIT("urlLimit", Kind.COUNT, "2048", "1", "8192", "T5"),
    CONNECTION_MESSAGES("connectionMessages", Kind.COUNT, "100", "1", "10000", "T5"),
    PATRON_CONNECTIONS("patronConnections", Kind.COUNT, "3", "1", "100", "T5"),
    OPERATOR_CONNECTIONS("operatorConnections", Kind.COUNT, "10", "1", "100", "T5"),
    OUTBOX_NOTICES("outboxNotices", Kind.COUNT, "256", "16", "65536", "T5"),
    OUTBOX_BYTES("outboxBytes", Kind.BYTES, "1 MiB", "64 KiB", "64 MiB", "T5"),
    PAGE_LIMIT("pageLimit", Kind.COUNT, "200", "1", "1000", "T5"),
    JSON_DEPTH("jsonDepth", Kind.COUNT, "16", "8", "64", "T5"),
    ADDRESS_CHATS("addressChats", Kind.COUNT, "30", "1", "100000", "T5"),
    ADDRESS_CONNECTIONS("addressConnections", Kind.COUNT, "60", "1", "100000", "T5"),
    ADDRESS_CHAT_STARTS("addressChatStarts", Kind.COUNT, "20", "1", "100000", "T5"),
    ADDRESS_MESSAGES("addressMessages", Kind.COUNT, "600", "1", "1000000", "T5"),
    AUDITED_DENIALS("auditedDenials", Kind.COUNT, "60", "1", "100000", "T5");

    final String id;
    final Kind kind;
    final String rule;
    final String least;
    final String most;
    private final String written;

    Policy(String id, Kind kind, String written, String least, String most, String rule) {
        this.id = id;
        this.kind = kind;
        this.written = written;
        this.least = least;
        this.most = most;
        this.rule = rule;
    }

    static @Nullable Policy named(String id) {
        for (Policy policy : values()) {
            if (policy.id.equals(id)) {
                return policy;
            }
        }
        return null;
    }

    String defaultText() {
        return written;
    }

    /** Whether each institution may set its own (X6). */
    boolean perInstitution() {
        return this == ANONYMISE_AFTER || this == DELETE_AFTER;
    }

    /** The word for "no such limit", where the policy may have none. */
    @Nullable
    String absentWord() {
        return switch (this) {
            case OPERATOR_LIMIT, IDLE_LIMIT -> "none";
            case ANONYMISE_AFTER, DELETE_AFTER -> "never";
            default -> null;
        };
    }

    String bounds() {
        String absent = absentWord() == null ? "" : " or " + absentWord();
        return switch (this) {
            case OWNER_GRACE -> "lease to " + most;
            case RENEW_EVERY -> least + " to lease/3";
            case STAFF_CHAT_RETENTION -> "0 (keeps) or 1d to " + most;
            default -> kind == Kind.SWITCH ? "true or false" : least + " to " + most + absent;
        };
    }

    enum Kind {
        DURATION,
        COUNT,
        BYTES,
        SWITCH
    }
}
