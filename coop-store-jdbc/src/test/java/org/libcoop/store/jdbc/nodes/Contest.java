package org.libcoop.store.jdbc.nodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.testkit.history.ClaimOutcome;
import org.libcoop.testkit.history.ClaimRecorder;

/**
 * Operators who all want the same chats, each on a thread of their own; what they are told is recorded. In every other contest
 * all take the chats in the same order, in the others everybody in an order of their own.
 */
final class Contest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final AtomicLong number = new AtomicLong();

    /** Has everybody claim every chat and records it; returns when all are answered. */
    void hold(List<OperatorSession> operators, List<ChatId> chats, long seed, ClaimRecorder recorder) {
        CountDownLatch answers = new CountDownLatch(operators.size() * chats.size());
        CyclicBarrier start = new CyclicBarrier(Math.max(1, operators.size()));
        for (OperatorSession operator : operators) {
            List<ChatId> order = new ArrayList<>(chats);
            Collections.shuffle(
                    order,
                    new Random(seed % 2 == 0 ? seed : seed ^ operator.operator().hashCode()));
            Thread thread = new Thread(() -> {
                await(start);
                order.forEach(chat -> claim(operator, chat, recorder, answers));
            });
            thread.start();
        }
        try {
            if (!answers.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException(answers.getCount() + " claims were not answered");
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private void claim(OperatorSession operator, ChatId chat, ClaimRecorder recorder, CountDownLatch answers) {
        String id = operator.operator() + "/" + number.incrementAndGet();
        ClaimRecorder.Pending claim = recorder.invokes(id, chat, operator.operator());
        operator.claim(chat).whenComplete((answer, broken) -> {
            claim.returned(broken == null ? ClaimOutcome.of(answer) : ClaimOutcome.unknown());
            if (broken == null && again(answer)) {
                LATER.execute(() -> claim(operator, chat, recorder, answers));
            } else {
                answers.countDown();
            }
        });
    }

    /** Whether the node could not at the moment: a claim of its own, later, may. */
    private static boolean again(Outcome<?> answer) {
        return answer.refusal()
                .filter(refusal -> refusal.code() == RefusalCode.UNAVAILABLE || refusal.code() == RefusalCode.BUSY)
                .isPresent();
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
