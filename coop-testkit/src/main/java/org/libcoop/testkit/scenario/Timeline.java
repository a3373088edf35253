package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.testkit.ChatExplanation;
import org.libcoop.testkit.NoticeWatcher;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.scenario.TimelineEntry.Kind;

/**
 * Puts into words what happens while a scenario runs: after each step it looks for what chats' records got since the last
 * look, and for what operators were told, and tells it in the order of the instants. Costs nothing when nobody listens.
 */
final class Timeline implements NoticeWatcher {

    private record Listing(OperatorId operator, ChatId chat) {}

    private final ScenarioListener listener;
    private final boolean listening;
    private final List<Told> news = new ArrayList<>();
    private final Map<String, Long> readTo = new HashMap<>();
    private final Set<Listing> listed = new HashSet<>();
    private @Nullable Scene scene;

    Timeline(ScenarioListener listener) {
        this.listener = listener;
        this.listening = listener != ScenarioListener.NONE;
    }

    void of(Scene told) {
        scene = told;
    }

    @Override
    public void told(Told told) {
        OperatorId operator = told.operator();
        Notice notice = told.notice();
        if (listening && operator != null && isNews(operator, notice)) {
            // Put into words later: a chat's name is known only after the step that starts it.
            news.add(told);
        }
    }

    /** A chat is listed again whenever it looks different; what people want to know is when it comes and when it goes. */
    private boolean isNews(OperatorId operator, Notice notice) {
        if (notice instanceof Notice.Listed here) {
            return listed.add(new Listing(operator, here.chat().chat()));
        }
        return notice instanceof Notice.Unlisted gone && listed.remove(new Listing(operator, gone.chat()));
    }

    private String words(Told told) {
        if (told.notice() instanceof Notice.Listed here) {
            return told.to() + (here.chat().offer() == null ? " is notified of " : " is offered ")
                    + name(here.chat().chat()) + " through " + here.chat().through();
        }
        Notice.Unlisted gone = (Notice.Unlisted) told.notice();
        return name(gone.chat()) + " leaves the list of " + told.to() + reason(gone);
    }

    private static String reason(Notice.Unlisted gone) {
        return switch (gone.reason()) {
            case CLAIMED -> ": claimed by " + gone.claimedBy() + " of " + gone.claimedOf();
            case OVER -> ": it is over";
            case NOT_ELIGIBLE -> ": not open to them any more";
        };
    }

    /** Something that a step did. */
    void happened(Step step, Kind kind, Supplier<String> words) {
        if (listening) {
            listener.happened(new TimelineEntry(step.at(), kind, step.line(), words.get()));
        }
    }

    /** Tells what happened since the last look. */
    void catchUp() {
        if (!listening) {
            return;
        }
        List<TimelineEntry> entries = new ArrayList<>();
        scene().created().forEach((name, chat) -> read(name, chat, entries));
        news.forEach(told -> entries.add(entry(told.at(), Kind.NOTICE, words(told))));
        news.clear();
        entries.sort(Comparator.comparing(TimelineEntry::at));
        entries.forEach(listener::happened);
    }

    private void read(String name, SimulatedChat chat, List<TimelineEntry> entries) {
        long after = readTo.getOrDefault(name, 0L);
        for (Logged logged : scene().kit().store().log(chat.id(), after, Store.PAGE)) {
            Instant start = scene().kit().start();
            entries.add(entry(logged.at(), Kind.EVENT, name + ": " + ChatExplanation.describe(logged, start)));
            readTo.put(name, logged.seq());
        }
    }

    private TimelineEntry entry(Instant at, Kind kind, String words) {
        return new TimelineEntry(Duration.between(scene().kit().start(), at), kind, 0, words);
    }

    private String name(ChatId chat) {
        return scene().name(chat);
    }

    private Scene scene() {
        return Objects.requireNonNull(scene, "scene");
    }
}
