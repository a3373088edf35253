package org.libcoop.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcStore;

/**
 * The engine as a timer service: each timer is a chat that waits at a staffed desk, and fires when the co-op opens to it (R3). That
 * is what the engine does at any deadline: decide by the rules, compare and set, the event, the feed.
 *
 * <p>The chats are {@link WaitingChats}, started one fallback before they are due: alike and copied where all are due at once,
 * each written by itself else. An opening is counted when the commit that holds it has returned; or, where the librarian of the co-op is
 * connected to the engine, when that librarian is told of the chat, which is after the commit.
 */
final class EngineTimers implements TimerService {

    private static final Stage COOP = Stage.of(Libraries.COOP);

    private final DataSource database;
    private final Firings firings;
    private final boolean told;
    private @Nullable JdbcStore store;
    private @Nullable CoopEngine engine;

    private EngineTimers(DataSource database, Firings firings, boolean told) {
        this.database = database;
        this.firings = firings;
        this.told = told;
    }

    /** Counted at the commit; nobody to be told is connected. */
    static Kind committed() {
        return kind("coop engine", false);
    }

    /** Counted when the co-op's librarian, connected to this engine, is told. */
    static Kind told() {
        return kind("coop engine, librarian told", true);
    }

    private static Kind kind(String name, boolean told) {
        return new Kind() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration guess() {
                return Duration.ofNanos(300_000);
            }

            @Override
            public TimerService open(DataSource database, Firings firings) {
                return new EngineTimers(database, firings, told);
            }
        };
    }

    @Override
    public void schedule() throws Exception {
        boolean alike = firings.due(0).equals(firings.due(firings.count() - 1));
        try (WaitingChats chats = new WaitingChats(database, Libraries.deskAndCoop())) {
            chats.atWork(Libraries.AT_THE_DESK, Libraries.DESK);
            chats.atWork(Libraries.IN_THE_COOP, Libraries.COOP);
            int originals = alike ? 1 : firings.count();
            for (int i = 0; i < originals; i++) {
                chats.start(id(alike ? 0 : i), Libraries.ASK, firings.due(i).minus(Libraries.FALLBACK));
            }
            chats.settle(alike ? firings.count() - 1 : 0);
        }
    }

    /** Timers by their number; six digits are enough. */
    private static String id(int timer) {
        return WaitingChats.id(0, timer);
    }

    private static int timer(ChatId chat) {
        String id = chat.value();
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    /** Starts an engine, and waits until it has read every chat: what is asked of it is answered after that. */
    @Override
    public void start() {
        store = JdbcStore.open(database);
        engine = CoopEngine.builder()
                .store(told ? store : tapped(store))
                .directory(Libraries.deskAndCoop())
                .build();
        if (told) {
            ready(engine.connectOperator(Libraries.IN_THE_COOP, this::hear));
        }
        ready(engine.connectOperator(Libraries.BYSTANDER, notice -> {}));
        if (engine.health().liveChats() != firings.count()) {
            throw new IllegalStateException(engine.health() + " of " + firings.count());
        }
    }

    private static void ready(Outcome<OperatorSession> session) {
        session.orElseThrow().signIn().toCompletableFuture().join().orElseThrow();
    }

    private void hear(Notice notice) {
        if (notice instanceof Notice.Listed listed) {
            firings.fired(timer(listed.chat().chat()));
        }
    }

    /** The same store, overheard: what it committed is counted as its call returns. */
    private Store tapped(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("commit")) {
                            overhear((List<?>) arguments[1], (List<?>) answer);
                        }
                        return answer;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause() == null ? failed : failed.getCause();
                    }
                });
    }

    private void overhear(List<?> changes, List<?> outcomes) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Change.OfChat change
                    && outcomes.get(i) instanceof Committed committed
                    && committed.outcome() == Committed.Outcome.APPLIED
                    && change.entries().stream().anyMatch(EngineTimers::opensCoop)) {
                firings.fired(timer(change.chat().id()));
            }
        }
    }

    private static boolean opensCoop(Logged entry) {
        return entry.event() instanceof ChatEvent.StageOpened opened
                && opened.stage().equals(COOP);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
