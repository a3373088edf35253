package org.libcoop.store.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;

/** What the columns of a presence row do not say, as stored: the switches and who vouches for the operator (P2, P4). */
final class PresenceCodec {

    private static final Words<Status> STATUSES = Words.of(Status.values(), status -> switch (status) {
        case ONLINE -> "online";
        case AWAY -> "away";
        case INTERNAL -> "internal";
        case FINISHING -> "finishing";
        case OFFLINE -> "offline";
    });

    private static final Words<SignOff.Why> SIGN_OFFS = Words.of(SignOff.Why.values(), why -> switch (why) {
        case SELF -> "self";
        case COLLEAGUE -> "colleague";
        case RULE -> "rule";
        case IDLE -> "idle";
    });

    private PresenceCodec() {}

    static String write(OperatorPresence presence) {
        return Json.object(out -> {
            out.writeBooleanField("signed-in", presence.signedIn());
            out.writeStringField("status", STATUSES.word(presence.status()));
            Json.texts(out, "switches", Stages.sorted(presence.switches()));
            out.writeArrayFieldStart("attachments");
            for (Attachment attachment : presence.attachments()) {
                out.writeStartObject();
                out.writeStringField("node", attachment.node().value());
                Json.instant(out, "last-renewal", attachment.lastRenewal());
                out.writeEndObject();
            }
            out.writeEndArray();
            Json.instant(out, "online-since", presence.onlineSince());
            SignOff signOff = presence.signOff();
            if (signOff != null) {
                out.writeObjectFieldStart("sign-off");
                out.writeStringField("why", SIGN_OFFS.word(signOff.why()));
                Json.text(out, "by", signOff.by() == null ? null : signOff.by().value());
                Json.text(
                        out,
                        "rule",
                        signOff.rule() == null ? null : signOff.rule().value());
                out.writeEndObject();
            }
        });
    }

    /**
     * Reads a row whose columns say the rest.
     *
     * @throws UnreadableException if that is not possible
     */
    static OperatorPresence read(OperatorId operator, long version, Instant changedAt, int openChats, String json) {
        String what = "presence " + version + " of operator " + operator;
        return StoredObject.parse(what, json).as(row -> {
            List<Attachment> attachments = new ArrayList<>();
            for (StoredObject attachment : row.objects("attachments")) {
                attachments.add(new Attachment(
                        new NodeId(attachment.text("node")), attachment.optionalInstant("last-renewal")));
            }
            return new OperatorPresence(
                    operator,
                    version,
                    row.flag("signed-in"),
                    row.word("status", STATUSES),
                    Set.copyOf(Stages.options(row.texts("switches"))),
                    attachments,
                    row.optionalInstant("online-since"),
                    changedAt,
                    openChats,
                    row.has("sign-off") ? signOff(row.object("sign-off")) : null);
        });
    }

    private static SignOff signOff(StoredObject signOff) {
        return new SignOff(
                signOff.word("why", SIGN_OFFS),
                signOff.optional("by", OperatorId::of),
                signOff.optional("rule", DepartmentId::of));
    }
}
