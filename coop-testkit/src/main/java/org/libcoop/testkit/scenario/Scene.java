package org.libcoop.testkit.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.directory.Coop;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Widget;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.SimulatedOperator;
import org.libcoop.testkit.SimulatedPatron;

/** A scenario while it runs: the kit, and which chat goes by which name. Each chat of a file has a patron of its own. */
final class Scene {

    private final SimulatedCoop kit;
    private final Map<String, SimulatedChat> chats = new HashMap<>();
    private final Map<ChatId, String> names = new HashMap<>();

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
        return kit.patron(chat);
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

    /** The names of the chats that an operator finds among the transcripts, on the home path or on those of all co-ops together (A4). */
    Set<String> transcripts(OperatorId as, boolean home) {
        Set<String> seen = new TreeSet<>();
        if (home) {
            kit.operator(as).transcripts(TranscriptPath.home()).forEach(chat -> seen.add(name(chat)));
        } else {
            for (Coop coop : kit.engine().directory().coops()) {
                kit.operator(as).transcripts(TranscriptPath.coop(coop.id())).forEach(chat -> seen.add(name(chat)));
            }
        }
        return seen;
    }

    /** The name of a chat; its id where it has none. */
    String name(ChatId id) {
        return names.getOrDefault(id, id.value());
    }
}
