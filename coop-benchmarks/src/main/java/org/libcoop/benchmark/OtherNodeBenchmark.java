package org.libcoop.benchmark;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** From a commit on one node to the socket of somebody connected to another (P15). */
final class OtherNodeBenchmark implements Benchmark {

    private static final Contestant WAKING = new Turn("coop, two nodes waking each other", "waking");
    private static final Contestant POLLING = new Turn("coop, two nodes polling", "polling");

    @Override
    public String name() {
        return "othernode";
    }

    @Override
    public String what() {
        return "a patron's message at one node, its owner at another: from the acknowledgement, or from sending, to the socket (P15)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(WAKING, POLLING);
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atMost("P15", WAKING.name(), "p50 ms", 10, 50),
                Target.atMost("P15", WAKING.name(), "p99 ms", 50, 250));
    }

    private record Turn(String name, String how) implements Contestant {

        private static final int HEAP = 512;
        private static final int WARM_UP = 5;
        private static final Duration EVERY = Duration.ofMillis(20);

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            // Creates the tables.
            new WaitingChats(database, Libraries.crowd(1)).close();
            String url;
            try (Connection connection = database.getConnection()) {
                url = connection.getMetaData().getURL();
            }
            Heard owner = new Heard();
            Heard patron = new Heard();
            try (ServerProcess here = ServerProcess.start(HEAP, "node", url, "1", how);
                    ServerProcess there = ServerProcess.start(HEAP, "node", url, "1", how);
                    Crowd crowd = Crowd.of(1, Crowd.Entry.ON_DUTY, there.port(), owner)) {
                Crowd.Client librarian = crowd.clients().get(0);
                Crowd.Client asking = crowd.enter("patron", "key-of-" + UUID.randomUUID(), here.port(), patron);
                crowd.awaitReady();
                asking.say(Frames.command("start", "start", "\"widget\":\"" + Libraries.ASK.value() + "\""));
                String chat = patron.await("\"id\":\"start\"").chat();
                owner.await(Samples.MARK);
                librarian.say(Frames.command("claim", "claim", "\"chat\":\"" + chat + "\""));
                owner.await("\"id\":\"claim\",\"ok\":true");
                Talk talk = new Talk(asking, patron, owner);
                talk.during(settings.span().dividedBy(WARM_UP));
                talk.forget();
                talk.during(settings.span());
                return talk.measured();
            }
        }

        /** One message after another. */
        private static final class Talk {

            private final Crowd.Client asking;
            private final Heard patron;
            private final Heard owner;
            private final List<Long> acknowledged = new ArrayList<>();
            private final List<Long> sent = new ArrayList<>();
            private int number;

            Talk(Crowd.Client asking, Heard patron, Heard owner) {
                this.asking = asking;
                this.patron = patron;
                this.owner = owner;
            }

            void during(Duration span) throws InterruptedException {
                long next = System.nanoTime();
                long end = next + span.toNanos();
                while (next < end) {
                    number++;
                    long said = System.nanoTime();
                    asking.say(Frames.command("say-" + number, "say", "\"text\":\"message " + number + "\""));
                    long done = patron.await("\"id\":\"say-" + number + "\",\"ok\":true")
                            .at();
                    long there = owner.await("\"message " + number + "\"").at();
                    acknowledged.add(Math.max(0, there - done));
                    sent.add(there - said);
                    next += EVERY.toNanos();
                    while (System.nanoTime() < next) {
                        LockSupport.parkNanos(next - System.nanoTime());
                    }
                }
            }

            void forget() {
                acknowledged.clear();
                sent.clear();
            }

            Measurement measured() {
                Percentiles after = percentiles(acknowledged);
                Percentiles all = percentiles(sent);
                return Measurement.of("p50 ms", after.millis(0.5))
                        .with("p99 ms", after.millis(0.99))
                        .with("p50 ms from sending", all.millis(0.5))
                        .with("p99 ms from sending", all.millis(0.99))
                        .with("messages", sent.size());
            }

            private static Percentiles percentiles(List<Long> nanos) {
                return new Percentiles(nanos.stream().mapToLong(Long::longValue).toArray());
            }
        }
    }

    /** What one client heard, and when. */
    private static final class Heard implements Crowd.Ear {

        private static final long LONGEST_SECONDS = 60;

        private record Frame(String text, long at) {

            private static final Pattern CHAT = Pattern.compile("\"chat\":\"([^\"]*)\"");

            String chat() {
                Matcher chat = CHAT.matcher(text);
                if (!chat.find()) {
                    throw new IllegalStateException("not done: " + text);
                }
                return chat.group(1);
            }
        }

        private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

        @Override
        public void hear(Crowd.Client client, ByteBuf frame) {
            long now = System.nanoTime();
            frames.add(new Frame(frame.toString(StandardCharsets.UTF_8), now));
        }

        /** The next frame with this in it; those before it are forgotten. */
        Frame await(String part) throws InterruptedException {
            while (true) {
                Frame next = frames.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new IllegalStateException("nothing came with " + part);
                }
                if (next.text().contains(part)) {
                    return next;
                }
            }
        }
    }
}
