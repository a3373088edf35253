package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.spi.DeviceReader.Device;
import org.libcoop.spi.Notice;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Remaining;
import org.libcoop.spi.TransferTarget;

/** What one operator sees of the world, as JSON. <em>Safe for use by several threads.</em> */
final class OperatorView {

    private final Names names;
    private final OperatorId me;
    private final RoomView rooms;
    private final Function<@Nullable String, Optional<Device>> devices;

    /** One that knows no browsers. */
    OperatorView(Names names, OperatorId me) {
        this(names, me, userAgent -> Optional.empty());
    }

    /** @param devices reads a user agent, null if there is none (M7) */
    OperatorView(Names names, OperatorId me, Function<@Nullable String, Optional<Device>> devices) {
        this.names = names;
        this.me = me;
        this.rooms = new RoomView(names, me);
        this.devices = devices;
    }

    /** The operator's own account. */
    ObjectNode account(Operator operator) {
        ObjectNode node = Json.object().put("id", me.value()).put("name", operator.displayName());
        node.putObject("institution")
                .put("id", operator.institution().value())
                .put("name", names.institution(operator.institution()));
        return node.put("admin", operator.admin());
    }

    /** An account in a co-op, with the id by which it is changed (A2). */
    ObjectNode account(CoopAccount account) {
        ObjectNode node = Json.object();
        ObjectNode operator =
                node.putObject("operator").put("id", account.operator().value());
        names.putPerson(operator, account.operator());
        return node.put("level", Json.kebab(account.level()))
                .put("mine", account.operator().equals(me));
    }

    /** The operator's own presence, with every option there is a switch for (P2). */
    ObjectNode self(OperatorPresence presence) {
        ObjectNode node = Json.object()
                .put("signedIn", presence.signedIn())
                .put("status", Json.kebab(presence.status()))
                .put("openChats", presence.openChats());
        Json.put(node, "onlineSince", presence.onlineSince());
        if (presence.signOff() != null) {
            node.set("signOff", signOff(presence.signOff()));
        }
        ArrayNode options = node.putArray("options");
        Directory directory = names.directory();
        List<Stage> stages = new ArrayList<>(directory.stagesOf(me));
        stages.sort(Comparator.comparing((Stage stage) -> stage.option().kind())
                .thenComparing(stage -> stage.option().id())
                .thenComparing(Stage::backup));
        for (Stage stage : stages) {
            Option option = stage.option();
            ObjectNode entry = names.option(option);
            if (option instanceof Option.OfCoop shared) {
                directory.coop(shared.coop()).map(Coop::kind).ifPresent(kind -> entry.put("coop", Json.kebab(kind)));
            }
            options.add(entry.put("on", presence.switches().contains(option)).put("backup", stage.backup()));
        }
        return node;
    }

    /** How the operator came to be signed out, and by whom or by which department's rule (P5). */
    private ObjectNode signOff(SignOff how) {
        ObjectNode node = Json.object().put("why", Json.kebab(how.why()));
        if (how.by() != null) {
            names.putPerson(node, how.by());
        }
        if (how.rule() != null) {
            node.set("rule", names.option(Option.department(how.rule())));
        }
        return node;
    }

    ObjectNode summary(Notice.ChatSummary chat) {
        ObjectNode node = Json.object()
                .put("chat", chat.chat().value())
                .put("seq", chat.seq())
                .put("institution", chat.institution())
                .put("ofMyInstitution", chat.ofMyInstitution())
                .put("widget", chat.widget());
        if (chat.through() != null) {
            node.set("through", names.stage(chat.through()));
        }
        Json.put(node, "patronName", chat.patronName());
        Json.put(node, "referrer", chat.referrer());
        Json.put(node, "userAgent", chat.userAgent());
        Json.put(node, "browser", chat.browser());
        Json.put(node, "system", chat.system());
        Json.put(node, "question", chat.question());
        Json.put(node, "startedAt", chat.startedAt());
        node.put("returned", chat.returned()).put("patronThere", chat.patronThere());
        ArrayNode open = node.putArray("open");
        chat.open().forEach(stage -> open.add(names.stage(stage)));
        if (chat.next() != null) {
            node.set("next", names.stage(chat.next()));
        }
        Json.put(node, "nextAt", chat.nextAt());
        if (chat.offer() != null) {
            Notice.OfferTerms terms = chat.offer();
            ObjectNode offer = node.putObject("offer").put("by", terms.by()).put("institution", terms.institution());
            offer.set("to", names.option(terms.to()));
            Json.put(offer, "expiresAt", terms.expiresAt());
        }
        return node;
    }

    /** Somebody to whom an own chat may be handed over (C8). */
    ObjectNode target(TransferTarget target) {
        ObjectNode node = names.option(target.to());
        if (target.to() instanceof Option.OfOperator one) {
            names.directory()
                    .operator(one.operator())
                    .ifPresent(operator -> node.put("institution", names.institution(operator.institution())));
        }
        return node.put("there", target.there());
    }

    /** Somebody who monitors a stage (P6). */
    ObjectNode online(OnlineOperator online) {
        ObjectNode node = Json.object();
        names.putPerson(node, online.operator().id());
        node.put("mine", online.operator().id().equals(me))
                .put("status", Json.kebab(online.status()))
                .put("openChats", online.openChats());
        Json.put(node, "since", online.since());
        if (names.isOf(me, online.operator().institution())) {
            node.put("id", online.operator().id().value());
        }
        boolean mayEnd = !online.operator().id().equals(me)
                && Access.allows(
                        Operation.END_SESSION, Access.to(online.operator().id(), me, names.directory()));
        if (mayEnd) {
            node.put("mayEnd", true);
        }
        ArrayNode monitors = node.putArray("monitors");
        online.monitors().forEach(stage -> monitors.add(names.stage(stage)));
        return node;
    }

    /** The staff chat. */
    RoomView rooms() {
        return rooms;
    }

    /** How many others are left on a stage (P6). */
    ObjectNode remaining(Remaining remaining) {
        return names.stage(remaining.stage()).put("others", remaining.others());
    }

    ObjectNode notice(Notice notice) {
        ObjectNode whisper = ChatJson.whisper(notice);
        if (whisper != null) {
            return whisper;
        }
        ObjectNode node = Json.object();
        if (notice instanceof Notice.Listed listed) {
            node.put("is", "listed").set("waiting", summary(listed.chat()));
        } else if (notice instanceof Notice.Unlisted unlisted) {
            node.put("is", "unlisted")
                    .put("chat", unlisted.chat().value())
                    .put("reason", Json.kebab(unlisted.reason()));
            Json.put(node, "claimedBy", unlisted.claimedBy());
            Json.put(node, "claimedOf", unlisted.claimedOf());
            Json.put(node, "at", unlisted.at());
        } else if (notice instanceof Notice.Entry entry) {
            node.put("is", "entry").put("chat", entry.chat().value()).set("entry", entry(entry.entry()));
        } else if (notice instanceof Notice.State state) {
            node.put("is", "state")
                    .set("state", ChatJson.state(state.chat(), state.chat().phase()));
        } else if (notice instanceof Notice.Released released) {
            node.put("is", "released").put("chat", released.chat().value());
        } else if (notice instanceof Notice.Self self) {
            node.put("is", "self").set("self", self(self.presence()));
        } else if (notice instanceof Notice.Posted posted) {
            node.put("is", "posted").set("room", rooms.room(posted.room()));
            node.set("post", rooms.post(posted.post()));
        } else if (notice instanceof Notice.Feedback feedback) {
            node.put("is", "feedback").put("chat", feedback.chat().value()).put("seq", feedback.seq());
        }
        return node;
    }

    /** One entry of the log, for the owner: everything but ids of people and secrets. */
    ObjectNode entry(Logged entry) {
        ChatEvent event = entry.event();
        ObjectNode node = ChatJson.entry(entry);
        switch (event.kind()) {
            case STARTED -> started(node, (ChatEvent.ChatStarted) event, entry);
            case STAGE_OPENED -> stageOpened(node, (ChatEvent.StageOpened) event);
            case STILL_LOOKING, PATRON_BACK -> {}
            case CLAIMED -> {
                ChatEvent.ChatClaimed claimed = (ChatEvent.ChatClaimed) event;
                person(node, claimed.owner());
                node.set("on", names.stage(claimed.claimedOn()));
            }
            case SAID -> said(node, (ChatEvent.MessageSaid) event, entry);
            case PATRON_GONE -> Json.put(node, "since", ((ChatEvent.PatronGone) event).lastRenewal());
            case OWNER_LOST -> {
                ChatEvent.OwnerLost lost = (ChatEvent.OwnerLost) event;
                person(node, lost.owner());
                node.put("signedOff", lost.signedOff());
            }
            case TRANSFER_OFFERED -> {
                ChatEvent.TransferOffered offered = (ChatEvent.TransferOffered) event;
                node.set("to", names.option(offered.to()));
                node.put("offered", offered.offeredTo().size());
            }
            case OFFER_WIDENED ->
                node.put("offered", ((ChatEvent.OfferWidened) event).offeredTo().size());
            case OFFER_DECLINED -> {
                ChatEvent.OfferDeclined declined = (ChatEvent.OfferDeclined) event;
                person(node, declined.by());
                node.put("absent", declined.absent());
            }
            case TRANSFER_OVER -> node.put("why", Json.kebab(((ChatEvent.TransferOver) event).why()));
            case TRANSFERRED -> {
                ChatEvent.Transferred transferred = (ChatEvent.Transferred) event;
                person(node, transferred.owner());
                node.set("on", names.stage(transferred.through()));
            }
            case ENDED -> {
                ChatEvent.ChatEnded ended = (ChatEvent.ChatEnded) event;
                ChatJson.ended(node, ended);
                if (ended.disposition() != null) {
                    node.put("disposition", ended.disposition().code());
                }
            }
            case RATED -> ChatJson.rated(node, entry);
            case ERASED -> {
                ChatEvent.ContentErased erased = (ChatEvent.ContentErased) event;
                ChatJson.erased(node, erased);
                if (erased.by() == null) {
                    node.put("mine", false);
                } else {
                    person(node, erased.by());
                }
            }
            case FILE_SHARED -> {
                ChatEvent.FileShared shared = (ChatEvent.FileShared) event;
                author(node, shared.author());
                ChatJson.file(node, shared, entry);
            }
            case MISSED -> ChatJson.missed(node, (ChatEvent.ChatMissed) event);
            case DISMISSED -> {
                ChatEvent.ChatDismissed dismissed = (ChatEvent.ChatDismissed) event;
                person(node, dismissed.by());
                node.put("by", "operator").put("reason", dismissed.reason());
            }
        }
        return node;
    }

    private void started(ObjectNode node, ChatEvent.ChatStarted started, Logged entry) {
        node.putObject("widget").put("id", started.widget().value()).put("name", names.widget(started.widget()));
        node.put("institution", names.institution(started.plan().home()));
        node.put("ofMyInstitution", names.isOf(me, started.plan().home()));
        if (entry.content() instanceof Content.PatronDetails patron) {
            ObjectNode details = node.putObject("patron");
            Json.put(details, "name", patron.name());
            Json.put(details, "email", patron.email());
            Json.put(details, "referrer", patron.referrer());
            Json.put(details, "userAgent", patron.userAgent());
            devices.apply(patron.userAgent()).ifPresent(device -> {
                Json.put(details, "browser", device.browser());
                Json.put(details, "system", device.system());
            });
            details.put("consented", patron.consented());
        }
    }

    private void stageOpened(ObjectNode node, ChatEvent.StageOpened opened) {
        node.set("stage", names.stage(opened.stage()));
        node.put("cause", Json.kebab(opened.cause())).put("notified", opened.notified());
        if (opened.askedBy() != null) {
            node.set("askedBy", names.person(opened.askedBy()));
        }
    }

    private void said(ObjectNode node, ChatEvent.MessageSaid said, Logged entry) {
        author(node, said.author());
        if (said.audience() == Audience.STAFF_ONLY) {
            node.put("note", true);
        }
        ChatJson.text(node, entry);
    }

    private void author(ObjectNode node, Author author) {
        node.put("author", Json.kebab(author.kind()));
        if (author.operator() != null) {
            person(node, author.operator());
        }
    }

    private void person(ObjectNode node, OperatorId id) {
        names.putPerson(node, id);
        node.put("mine", id.equals(me));
    }
}
