package org.libcoop.refusal;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What became of something asked for: done, with a value, or refused. A refusal is an ordinary outcome, not an exception.
 * <em>Immutable.</em>
 *
 * @param <T> what is given when it is done
 */
public sealed interface Outcome<T> {

    /** Done. */
    record Done<T>(T result) implements Outcome<T> {
        public Done {
            Objects.requireNonNull(result, "result");
        }
    }

    /** Refused. */
    record Refused<T>(Refusal reason) implements Outcome<T> {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Done, with this value. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** Refused, with this code and message. */
    static <T> Outcome<T> refused(RefusalCode code, String message) {
        return new Refused<>(Refusal.of(code, message));
    }

    /** Refused for this reason. */
    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /**
     * Waits for the outcome of a command. For code that has nothing else to do meanwhile; never in what the engine calls, such as
     * a peer, where it would wait for itself.
     *
     * @throws java.util.concurrent.CompletionException if the stage failed, which those of the engine's sessions never do
     */
    static <T> Outcome<T> await(CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The value, if it was done. */
    default Optional<T> value() {
        return this instanceof Done<T> done ? Optional.of(done.result()) : Optional.empty();
    }

    /** The refusal, if it was refused. */
    default Optional<Refusal> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /** The same with another value. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> mapping) {
        return this instanceof Done<T> done
                ? new Done<>(mapping.apply(done.result()))
                : new Refused<>(((Refused<T>) this).reason());
    }

    /** The outcome of what comes next, if this was done. */
    default <R> Outcome<R> flatMap(Function<? super T, ? extends Outcome<R>> next) {
        return this instanceof Done<T> done ? next.apply(done.result()) : new Refused<>(((Refused<T>) this).reason());
    }

    /** The value; a refusal becomes an exception, for code in which it would be a mistake. */
    default T orElseThrow() {
        if (this instanceof Refused<T> refused) {
            throw new RefusedException(refused.reason());
        }
        return ((Done<T>) this).result();
    }
}
