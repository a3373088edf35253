package org.libcoop.store.jdbc.nodes;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.libcoop.store.jdbc.nodes.Ledger.Attempt;
import org.libcoop.store.jdbc.nodes.Ledger.Deed;
import org.libcoop.store.jdbc.nodes.Ledger.Fate;

/**
 * A librarian and patrons in turn, who talk while nodes die under them: each thing is asked of whatever node is there, and asked
 * again under the same id when no answer came, mostly. What they know goes into the ledger. One thread's.
 */
final class Client implements Runnable {

    private static final int TRIES = 400;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicReferenceArray<NodeProcess> nodes;
    private final Ledger ledger;
    private final BooleanSupplier goesOn;
    private final String librarian;
    private final Random random;
    private final Set<String> connected = new HashSet<>();
    private int conversations;

    Client(
            AtomicReferenceArray<NodeProcess> nodes,
            Ledger ledger,
            BooleanSupplier goesOn,
            String librarian,
            Random random) {
        this.nodes = nodes;
        this.ledger = ledger;
        this.goesOn = goesOn;
        this.librarian = librarian;
        this.random = random;
    }

    @Override
    public void run() {
        while (goesOn.getAsBoolean()) {
            converse("the secret key of patron " + conversations++ + " of " + librarian);
        }
    }

    private void converse(String patron) {
        Told start = insists(patron, "start", "patron", patron, "widget", Site.ASK.value(), "command", "start");
        if (start.fate() != Fate.ACKNOWLEDGED) {
            return;
        }
        String chat = start.answer().doneOn();
        ledger.started(chat);
        if (!does(
                new Attempt(chat, Deed.CLAIM, librarian, ""),
                librarian,
                "claim",
                "operator",
                librarian,
                "chat",
                chat)) {
            return;
        }
        for (int i = 0; i < 3; i++) {
            String question = "question " + i + " in " + chat;
            does(new Attempt(chat, Deed.SAY, "patron", question), patron, "ask", "patron", patron, "text", question);
            String reply = "reply " + i + " in " + chat;
            Attempt replies = new Attempt(chat, Deed.SAY, librarian, reply);
            does(replies, librarian, "reply", "operator", librarian, "chat", chat, "text", reply);
        }
        does(new Attempt(chat, Deed.END, librarian, ""), librarian, "end", "operator", librarian, "chat", chat);
    }

    /** Attempts something and notes what became of it; whether it was acknowledged. */
    private boolean does(Attempt attempt, String who, String verb, Object... fields) {
        ledger.attempts(attempt);
        Object[] withCommand = new Object[fields.length + 2];
        System.arraycopy(fields, 0, withCommand, 0, fields.length);
        withCommand[fields.length] = "command";
        withCommand[fields.length + 1] = verb + " " + attempt.text();
        Fate fate = insists(who, verb, withCommand).fate();
        ledger.told(attempt, fate);
        return fate == Fate.ACKNOWLEDGED;
    }

    private record Told(Fate fate, Answer answer) {}

    /** Asks one node after another under the same id, until there is an answer, or it gives up without one. */
    private Told insists(String who, String verb, Object... fields) {
        boolean unknown = false;
        Answer answer = Answer.none();
        for (int tries = 0; tries < TRIES; tries++) {
            NodeProcess node = nodes.get(random.nextInt(nodes.length()));
            if (node == null || node.isGone() || !connects(node, librarian) || !connects(node, who)) {
                pause();
                continue;
            }
            answer = ask(node, verb, fields);
            if (answer.done()) {
                return new Told(Fate.ACKNOWLEDGED, answer);
            }
            if (answer.unknown()) {
                unknown = true;
                if (random.nextInt(4) == 0) {
                    return new Told(Fate.UNKNOWN, answer);
                }
            } else if (!answer.later() && !notYet(answer)) {
                break;
            }
            pause();
        }
        return new Told(unknown ? Fate.UNKNOWN : Fate.REFUSED, answer);
    }

    /** A node may not have heard yet that the librarian is there, or that the patron has a chat. */
    private static boolean notYet(Answer answer) {
        return "not-eligible".equals(answer.code())
                || "not-found".equals(answer.code())
                || "widget-offline".equals(answer.code());
    }

    private boolean connects(NodeProcess node, String who) {
        if (!connected.contains(who + " at " + System.identityHashCode(node))) {
            boolean staff = who.equals(librarian);
            Answer answer = ask(node, staff ? "seat" : "connect", staff ? "operator" : "patron", who);
            if (!answer.done()) {
                return false;
            }
            connected.add(who + " at " + System.identityHashCode(node));
        }
        return true;
    }

    private static Answer ask(NodeProcess node, String verb, Object... fields) {
        try {
            return node.ask(verb, fields).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("no answer to " + verb, failed);
        }
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }
}
