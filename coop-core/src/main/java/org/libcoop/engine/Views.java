package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Offer;
import org.libcoop.chat.Phase;
import org.libcoop.chat.TicketRules;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Presence;
import org.libcoop.routing.Pending;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;

/** Chats as the one or the other may see them. What a preview needs of a chat's content is kept while the chat waits. Safe for use by several threads. */
final class Views {

    /** Among so many first entries is what a preview shows. */
    private static final int FIRST = 20;

    /** What never changes after a chat's first entries: who the patron is and what was asked. */
    private record Intro(
            Content.PatronDetails patron,
            DeviceReader.@Nullable Device device,
            @Nullable String question) {}

    /** All that makes one viewer's summary of a chat differ from another's. */
    private record Standing(@Nullable Stage through, boolean ofHome) {}

    private final Presence presence;
    private final Store store;
    private final DeviceReader devices;
    private final Map<ChatId, Intro> intros = new ConcurrentHashMap<>();
    private final Map<ChatId, Intro> readAhead = new ConcurrentHashMap<>();
    private volatile List<ChatId> expected = List.of();

    Views(Presence presence, Store store, DeviceReader devices) {
        this.presence = presence;
        this.store = store;
        this.devices = devices;
    }

    /** M7: browser and system, as the host reads them. */
    Optional<DeviceReader.Device> device(@Nullable String userAgent) {
        return DeviceReader.device(devices, userAgent);
    }

    /** A chat that began here: what its preview needs is at hand, and need not be asked of the store. */
    void begun(ChatId chat, List<Logged> first) {
        intros.put(chat, intro(first));
    }

    void forget(ChatId chat) {
        intros.remove(chat);
    }

    /**
     * Names the chats of which somebody may be told next, in order: the first one that needs it has what previews need read for
     * a page of them at once. Holds until others are named.
     */
    void expect(Collection<ChatId> chats) {
        readAhead.clear();
        expected = chats.stream().filter(chat -> !intros.containsKey(chat)).toList();
    }

    /** M1: whether an entry is for the patron at all; notes and who asked whom are not. */
    static boolean forPatron(Logged entry) {
        if (entry.event() instanceof ChatEvent.MessageSaid said) {
            return said.audience() == Audience.PATRON_AND_STAFF;
        }
        return switch (entry.event().kind()) {
            case CLAIMED, OWNER_LOST, STILL_LOOKING, TRANSFERRED, ENDED, MISSED, RATED, ERASED, FILE_SHARED -> true;
            case STARTED,
                    STAGE_OPENED,
                    SAID,
                    PATRON_GONE,
                    PATRON_BACK,
                    TRANSFER_OFFERED,
                    OFFER_WIDENED,
                    OFFER_DECLINED,
                    TRANSFER_OVER,
                    DISMISSED -> false;
        };
    }

    /** An owner's name or, where the account is gone, the institution's: ids of people reach nobody (M1). */
    String nameOf(Phase.Ownership ownership) {
        return directory()
                .operator(ownership.owner())
                .map(Operator::displayName)
                .orElseGet(() -> nameOf(ownership.institution()));
    }

    String nameOf(InstitutionId institution) {
        return directory().institution(institution).map(i -> i.name()).orElse(institution.value());
    }

    /** C1: a chat that is open to {@code viewer} (see {@link ChatRules#openTo}), or was a moment ago. */
    Notice.ChatSummary summary(Chat chat, OperatorId viewer, Instant now) {
        Stage through = ChatRules.openTo(chat, viewer, presence, now).orElse(null);
        return summary(chat, new Standing(through, isOfHome(viewer, chat)));
    }

    /**
     * C1: the same for all of {@code viewers} at once, however many, each with the stage that {@link ChatRules#openTo} names: most
     * see the same, which is made once. Each is in the list of one notice.
     */
    Map<Notice.Listed, List<OperatorId>> listed(Chat chat, Map<OperatorId, Stage> viewers) {
        Map<Standing, List<OperatorId>> alike = new HashMap<>();
        viewers.forEach((viewer, through) -> alike.computeIfAbsent(
                        new Standing(through, isOfHome(viewer, chat)), s -> new ArrayList<>())
                .add(viewer));
        Map<Notice.Listed, List<OperatorId>> listed = new HashMap<>();
        alike.forEach((standing, those) -> listed.put(new Notice.Listed(summary(chat, standing)), those));
        return listed;
    }

    private boolean isOfHome(OperatorId viewer, Chat chat) {
        return directory()
                .operator(viewer)
                .filter(o -> o.institution().equals(chat.home()))
                .isPresent();
    }

    private Notice.ChatSummary summary(Chat chat, Standing standing) {
        Intro intro = introOf(chat.id());
        DeviceReader.Device device = intro.device();
        Pending next = chat.nextStage().orElse(null);
        return new Notice.ChatSummary(
                chat.id(),
                chat.seq(),
                nameOf(chat.home()),
                standing.ofHome(),
                directory()
                        .widget(chat.widget())
                        .map(Widget::name)
                        .orElse(chat.widget().value()),
                standing.through(),
                intro.patron().name(),
                intro.patron().referrer(),
                intro.patron().userAgent(),
                device == null ? null : device.browser(),
                device == null ? null : device.system(),
                intro.question(),
                chat.startedAt(),
                chat.lastOwnership() != null,
                chat.patron().goneSince() == null,
                chat.progress().openStages(),
                next == null ? null : next.stage(),
                next == null ? null : next.due(),
                chat.offer().map(offer -> terms(chat, offer)).orElse(null));
    }

    private Notice.OfferTerms terms(Chat chat, Offer offer) {
        Phase.Ownership owner = chat.ownership().orElseThrow();
        return new Notice.OfferTerms(
                nameOf(owner),
                nameOf(owner.institution()),
                offer.to(),
                offer.expiresAt(directory().policies()));
    }

    /** Where a chat stands, with the widget's text for it (W7). */
    Notice.ChatState state(Chat chat) {
        Phase.Ownership owned = chat.phase() instanceof Phase.Waiting ? null : chat.lastOwnership();
        boolean partners = chat.progress().openings().stream()
                .anyMatch(opening -> opening.stage().option().kind() == Option.Kind.COOP);
        return new Notice.ChatState(
                chat.id(),
                chat.seq(),
                nameOf(chat.home()),
                directory()
                        .widget(chat.widget())
                        .map(Widget::name)
                        .orElse(chat.widget().value()),
                chat.startedAt(),
                chat.phase().kind(),
                text(chat),
                owned == null ? null : nameOf(owned),
                owned == null ? null : nameOf(owned.institution()),
                chat.patron().goneSince() == null,
                partners,
                TicketRules.offered(chat));
    }

    private String text(Chat chat) {
        Widget widget = widget(chat);
        Texts texts = widget == null ? Texts.defaults() : widget.texts();
        return switch (chat.phase().kind()) {
            case WAITING -> ((Phase.Waiting) chat.phase()).noticed() ? texts.stillWaiting() : texts.waiting();
            case CLAIMED -> "";
            case ENDED, DISMISSED -> texts.ended();
            case MISSED -> texts.offline();
        };
    }

    private @Nullable Widget widget(Chat chat) {
        return directory().widget(chat.widget()).orElse(null);
    }

    private Intro introOf(ChatId chat) {
        Intro known = intros.get(chat);
        if (known == null) {
            known = read(chat);
            intros.put(chat, known);
        }
        return known;
    }

    private Intro read(ChatId chat) {
        if (!readAhead.containsKey(chat)) {
            readOn(chat);
        }
        Intro ahead = readAhead.remove(chat);
        return ahead != null ? ahead : intro(store.log(chat, 0, FIRST));
    }

    /** Reads the page of what is expected that begins with {@code chat}, if it is expected. */
    private void readOn(ChatId chat) {
        List<ChatId> all = expected;
        int from = all.indexOf(chat);
        if (from >= 0) {
            int to = Math.min(all.size(), from + Store.PAGE);
            // Whether or not the store answers: it is not asked for all of them once for each.
            expected = all.subList(to, all.size());
            store.beginnings(all.subList(from, to), FIRST).forEach((id, first) -> readAhead.put(id, intro(first)));
        }
    }

    private Intro intro(List<Logged> first) {
        Content.PatronDetails patron = Content.PatronDetails.NONE;
        String question = null;
        for (Logged entry : first) {
            if (entry.content() instanceof Content.PatronDetails details) {
                patron = details;
            }
            boolean byPatron = entry.event() instanceof ChatEvent.MessageSaid said
                    && said.author().kind() == Author.Kind.PATRON;
            if (byPatron && question == null) {
                question = entry.text().orElse(null);
            }
        }
        return new Intro(patron, device(patron.userAgent()).orElse(null), question);
    }

    private Directory directory() {
        return presence.directory();
    }
}
