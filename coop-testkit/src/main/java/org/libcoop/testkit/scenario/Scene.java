package org.libcoop.testkit.scenario;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.Coop;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.RefusedException;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.SimulatedOperator;
import org.libcoop.testkit.SimulatedPatron;

/** A scenario while it runs: the kit, and which chat goes by which name. Each chat of a file has a patron of its own unless it says whose it is. */
final class Scene {

    private final SimulatedCoop kit;
    private final Map<String, SimulatedChat> chats = new LinkedHashMap<>();
    private final Map<ChatId, String> names = new HashMap<>();
    private final Map<String, String> patrons = new HashMap<>();
    private final Map<String, BlockId> blocks = new HashMap<>();

    Scene(SimulatedCoop kit) {
        this.kit = kit;
    }

    SimulatedCoop kit() {
        return kit;
    }

    SimulatedOperator operator(OperatorId id) {
        return kit.operator(id);
    }

    SimulatedPatron patron(String chat) {
        return kit.patron(patrons.getOrDefault(chat, chat));
    }

    /** Whose the chat of this name is: somebody new, or the patron of an earlier chat; and from where, if that is said. */
    void comes(String chat, @Nullable String again, @Nullable String address) {
        if (again != null) {
            patrons.put(chat, patrons.getOrDefault(again, again));
        }
        if (address != null) {
            patron(chat).comesFrom(address);
        }
    }

    /** Blocks the patron of a chat; what is not ended although that was asked for is a refusal. */
    void block(String chat, OperatorId by, BlockOrder order) {
        Blocked blocked = operator(by).blocks(chat(chat), order);
        blocks.put(blocked.block().scope() + " " + chat, blocked.block().id());
        blocked.notEnded().ifPresent(why -> {
            throw new RefusedException(why);
        });
    }

    void lift(String chat, OperatorId by, BlockScope scope) {
        operator(by).lifts(scope, blocks.getOrDefault(scope + " " + chat, BlockId.of("never-made")));
    }

    void start(String name, String widget, Content.PatronDetails details, @Nullable String question) {
        SimulatedChat chat = patron(name).startsChat(widget, details, question);
        chats.put(name, chat);
        names.put(chat.id(), name);
    }

    /** Somebody saves a widget, or the host's system administrator where nobody is named. */
    void saveWidget(WidgetChange change, @Nullable OperatorId by) {
        Widget widget = change.on(kit.engine().directory(), by);
        if (by == null) {
            kit.saveWidget(widget);
        } else {
            operator(by).savesWidget(widget);
        }
    }

    /** The chat of this name; one that was never created is known to nobody. */
    SimulatedChat chat(String name) {
        SimulatedChat chat = chats.get(name);
        return chat == null ? kit.chat(ChatId.of("never-created"), patron(name)) : chat;
    }

    Optional<SimulatedChat> created(String name) {
        return Optional.ofNullable(chats.get(name));
    }

    Map<String, SimulatedChat> created() {
        return chats;
    }

    /** The names of all chats, in the order in which they began. */
    List<String> names() {
        return List.copyOf(chats.keySet());
    }

    /** The names of the chats that an operator finds among the transcripts, on the home path or on those of all co-ops together (A4). */
    Set<String> transcripts(OperatorId as, boolean home, @Nullable String text) {
        ArchiveQuery filter = text == null ? ArchiveQuery.ALL : ArchiveQuery.ALL.text(text);
        Set<String> seen = new TreeSet<>();
        if (home) {
            kit.operator(as).transcripts(TranscriptPath.home(), filter).forEach(chat -> seen.add(name(chat)));
        } else {
            for (Coop coop : kit.engine().directory().coops()) {
                kit.operator(as)
                        .transcripts(TranscriptPath.coop(coop.id()), filter)
                        .forEach(chat -> seen.add(name(chat)));
            }
        }
        return seen;
    }

    /** The entry of a chat that is over in which somebody said this; 1, which is no message, where nobody did. */
    long entry(String chat, String text) {
        return created(chat).flatMap(known -> kit.engine().archive().chat(known.id())).stream()
                .flatMap(archived -> archived.log().stream())
                .filter(entry -> entry.text().filter(text::equals).isPresent())
                .mapToLong(Logged::seq)
                .findFirst()
                .orElse(1);
    }

    /** What is left in the transcript of a chat; empty if there is none. */
    Optional<Expectation.Content> content(String chat) {
        return created(chat)
                .flatMap(known -> kit.engine().archive().chat(known.id()))
                .map(ArchivedChat::log)
                .map(Scene::content);
    }

    /** Everybody of a scenario has a name: where it is gone, so is the rest of what says who it was. */
    private static Expectation.Content content(List<Logged> log) {
        if (log.stream().allMatch(entry -> entry.content() == null)) {
            return Expectation.Content.DELETED;
        }
        return log.get(0).content() instanceof Content.PatronDetails patron && patron.name() != null
                ? Expectation.Content.KEPT
                : Expectation.Content.ANONYMISED;
    }

    /** The name of a chat; its id where it has none. */
    String name(ChatId id) {
        return names.getOrDefault(id, id.value());
    }
}
