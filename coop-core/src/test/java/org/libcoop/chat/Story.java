package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.World;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/**
 * One chat on its way through the real rules: commands at instants, the head and the log they lead to. After every decision
 * the log is added up again and must give the head. The chat is on the widget {@code databases} of {@link World}: the
 * reference desk, after 30 s the global co-op, 40 s later its backup.
 */
final class Story {

    static final ChatId CHAT = ChatId.of("c1");
    static final String KEY = "key-of-the-patron";
    static final NodeId NODE = World.NODE;

    /** A step of a chat's log: the phase it was in, what happened, the phase it was in then. */
    record Transition(Phase.@Nullable Kind from, ChatEvent.Kind event, Phase.Kind to) {}

    final World world;
    private Instant now = World.T0;
    private @Nullable Chat chat;
    private @Nullable Decision last;
    private final List<Logged> log = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();

    private Story(World world) {
        this.world = world;
    }

    /** No chat yet; ana at the reference desk, olga in the co-op, maya on backup duty. Policies as name, value, … */
    static Story begin(String... policies) {
        Story story = new Story(World.with(policies));
        story.world
                .there(-10, World.ANA, World.REFERENCE)
                .there(-10, World.OLGA, World.COOP)
                .there(-10, World.MAYA, World.COOP);
        return story;
    }

    /** No chat yet, and nobody there. */
    static Story in(Directory directory) {
        return new Story(World.of(directory));
    }

    /** A chat that waits since 0. */
    static Story waiting(String... policies) {
        return begin(policies).does(start());
    }

    /** A chat that ana claimed at 5. */
    static Story claimed(String... policies) {
        return waiting(policies).at(5).does(new ChatCommand.Claim(World.ANA));
    }

    /** A chat that ana claimed at 5 and lost at 8, by signing out; she is back at 9, ben came at 8. */
    static Story returned(String... policies) {
        return claimed(policies)
                .at(8)
                .meanwhile(w -> w.there(8, World.BEN, World.REFERENCE).leaves(8, World.ANA))
                .looks()
                .at(9)
                .meanwhile(w -> w.there(9, World.ANA));
    }

    /** A chat in that phase; null for none. */
    static Story inPhase(Phase.@Nullable Kind phase, String... policies) {
        if (phase == null) {
            return begin(policies);
        }
        return switch (phase) {
            case WAITING -> waiting(policies);
            case CLAIMED -> claimed(policies);
            case ENDED -> claimed(policies).at(10).does(new ChatCommand.End(World.ANA, Disposition.ANSWERED));
            case MISSED -> waiting(policies).at(10).does(new ChatCommand.Leave());
            case DISMISSED -> waiting(policies).at(10).does(new ChatCommand.Dismiss(World.ANA, "spam"));
        };
    }

    static ChatCommand.Start start() {
        return start("databases", Content.PatronDetails.NONE, null);
    }

    static ChatCommand.Start start(String widget, Content.PatronDetails patron, @Nullable String question) {
        return new ChatCommand.Start(CHAT, WidgetId.of(widget), patron, question, KEY, null, NODE);
    }

    static ChatCommand.Say patronSays(String text) {
        return new ChatCommand.Say(Author.patron(), Audience.PATRON_AND_STAFF, text);
    }

    static ChatCommand.Say says(OperatorId operator, String text) {
        return new ChatCommand.Say(Author.operator(operator), Audience.PATRON_AND_STAFF, text);
    }

    // ---- What happens

    /** From now on it is T0 and so many seconds. */
    Story at(double seconds) {
        now = World.at(seconds);
        return this;
    }

    /** Presence or the directory changes, and nobody looks at the chat. */
    Story meanwhile(Consumer<World> change) {
        change.accept(world);
        return this;
    }

    /** Brings the chat to the present. */
    Story looks() {
        return does(new ChatCommand.Look(null));
    }

    /** Brings the chat to the present after late news of something since T0 and so many seconds. */
    Story looksSince(double seconds) {
        return does(new ChatCommand.Look(World.at(seconds)));
    }

    /** Decides a command and takes what comes of it. */
    Story does(ChatCommand command) {
        Decision decision = ChatRules.decide(chat, command, world.presence(), now);
        for (Logged entry : decision.entries()) {
            Phase.Kind from = chat == null ? null : chat.phase().kind();
            chat = chat == null ? Chat.started(CHAT, entry) : chat.evolve(entry);
            log.add(entry);
            transitions.add(
                    new Transition(from, entry.event().kind(), chat.phase().kind()));
        }
        last = decision;
        if (decision.chat() != null) {
            assertThat(decision.chat())
                    .isEqualTo(
                            chat == null ? null : chat.judgedTo(decision.chat().judged()));
            chat = decision.chat();
        }
        assertAddsUp();
        return this;
    }

    private void assertAddsUp() {
        if (chat == null) {
            assertThat(log).isEmpty();
            return;
        }
        Chat sum = Chat.started(CHAT, log.get(0));
        for (Logged entry : log.subList(1, log.size())) {
            sum = sum.evolve(entry);
        }
        assertThat(sum.judgedTo(chat.judged())).isEqualTo(chat);
        assertThat(chat.ownership().isPresent()).isEqualTo(chat.phase().kind() == Phase.Kind.CLAIMED);
        assertThat(chat.over()).isEqualTo(chat.phase().kind().over());
    }

    // ---- What came of it

    Instant now() {
        return now;
    }

    Chat chat() {
        if (chat == null) {
            throw new IllegalStateException("no chat yet");
        }
        return chat;
    }

    Phase.@Nullable Kind phase() {
        return chat == null ? null : chat.phase().kind();
    }

    Optional<RefusalCode> refusal() {
        return decision().refusal().map(Refusal::code);
    }

    Decision decision() {
        if (last == null) {
            throw new IllegalStateException("nothing was decided yet");
        }
        return last;
    }

    List<Logged> log() {
        return log;
    }

    List<Transition> transitions() {
        return transitions;
    }

    /** What the last decision wrote down. */
    List<ChatEvent.Kind> happened() {
        return decision().entries().stream().map(entry -> entry.event().kind()).toList();
    }

    /** The log's entries of one kind. */
    List<Logged> entries(ChatEvent.Kind kind) {
        return log.stream().filter(entry -> entry.event().kind() == kind).toList();
    }

    /** When the one entry of this kind took effect, in seconds after T0. */
    double instantOf(ChatEvent.Kind kind) {
        List<Logged> found = entries(kind);
        assertThat(found).as("entries of kind %s in %s", kind, log).hasSize(1);
        return seconds(found.get(0).at());
    }

    /** When the stage opened, in seconds after T0; empty while it is not open. */
    Optional<Double> opened(Stage stage) {
        return chat().progress().openings().stream()
                .filter(opening -> opening.stage().equals(stage))
                .map(opening -> seconds(opening.at()))
                .findFirst();
    }

    static double seconds(Instant at) {
        return Duration.between(World.T0, at).toMillis() / 1000.0;
    }
}
