package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.haproxy.ProxyView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The state of an HAProxy, and what it told last. */
public sealed interface ProxyStatus {

    /** What HAProxy told last, however long ago. */
    default Optional<ProxyView> view() {
        return Optional.empty();
    }

    /** What HAProxy tells now; empty while it is silent. */
    default Optional<ProxyView> current() {
        return Optional.empty();
    }

    /** The state after a monitoring gap: an answer or a silence from before it says nothing of now. */
    default ProxyStatus unwatched() {
        return this instanceof Unasked ? this : new Unwatched(lastAnswer());
    }

    /** The last answer, if there ever was one. */
    default Optional<Answering> lastAnswer() {
        if (this instanceof Answering answering) {
            return Optional.of(answering);
        }
        if (this instanceof Unwatched unwatched) {
            return unwatched.before();
        }
        return this instanceof Silent silent ? silent.before() : Optional.empty();
    }

    /**
     * The HAProxy has not been asked again since a monitoring gap.
     *
     * @param before the last answer, if there ever was one
     */
    record Unwatched(Optional<Answering> before) implements ProxyStatus {
        @Override
        public Optional<ProxyView> view() {
            return before.map(Answering::now);
        }
    }

    /** The HAProxy has not been asked yet. */
    record Unasked() implements ProxyStatus {}

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
        public Optional<ProxyView> view() {
            return Optional.of(now);
        }

        @Override
        public Optional<ProxyView> current() {
            return Optional.of(now);
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
        public Optional<ProxyView> view() {
            return before.map(Answering::now);
        }
    }
}
