package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.haproxy.ProxyView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The state of an HAProxy, and what it told last. */
public sealed interface ProxyStatus {

    /** Calls the visitor's method for this state. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each state of an HAProxy. */
    interface Visitor<R> {
        R unasked(Unasked none);

        R unwatched(Unwatched gap);

        R answering(Answering answering);

        R silent(Silent silent);
    }

    /** What HAProxy told last, however long ago. */
    default Optional<ProxyView> view() {
        return lastAnswer().map(Answering::now);
    }

    /** What HAProxy tells now; empty while it is silent. */
    default Optional<ProxyView> current() {
        return Optional.empty();
    }

    /** The state after a monitoring gap: an answer or a silence from before it says nothing of now. */
    default ProxyStatus unwatched() {
        return new Unwatched(lastAnswer());
    }

    /** The last answer, if there ever was one. */
    Optional<Answering> lastAnswer();

    /**
     * The HAProxy has not been asked again since a monitoring gap.
     *
     * @param before the last answer, if there ever was one
     */
    record Unwatched(Optional<Answering> before) implements ProxyStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return before;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unwatched(this);
        }
    }

    /** The HAProxy has not been asked yet. */
    record Unasked() implements ProxyStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.empty();
        }

        @Override
        public ProxyStatus unwatched() {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unasked(this);
        }
    }

    /**
     * The HAProxy answers.
     *
     * @param at the last answer
     * @param took from the request to the whole answer
     * @param now what HAProxy tells
     */
    record Answering(Instant at, Duration took, ProxyView now) implements ProxyStatus {
        /** When the last answer was asked for. What it says may be that old. */
        public Instant askedAt() {
            return at.minus(took);
        }

        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.of(this);
        }

        @Override
        public Optional<ProxyView> current() {
            return Optional.of(now);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answering(this);
        }
    }

    /**
     * The HAProxy does not answer.
     *
     * @param since the first failure of the present series of failures
     * @param at the last failure
     * @param failure the last reason
     * @param before the last answer, if there ever was one
     */
    record Silent(Instant since, Instant at, Failure failure, Optional<Answering> before) implements ProxyStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return before;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.silent(this);
        }
    }
}
