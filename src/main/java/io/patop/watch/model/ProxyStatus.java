package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.haproxy.ProxyView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How an HAProxy does, and what it told last. */
public sealed interface ProxyStatus {

    /** What it told last, however old. */
    default Optional<ProxyView> view() {
        return Optional.empty();
    }

    /** What it tells now; nothing from a silent one. */
    default Optional<ProxyView> current() {
        return Optional.empty();
    }

    /** The same after a while in which nobody watched: how it did before is no longer how it does. */
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
     * It has not been asked since nobody watched for a while.
     *
     * @param before the last answer, if there ever was one
     */
    record Unwatched(Optional<Answering> before) implements ProxyStatus {
        @Override
        public Optional<ProxyView> view() {
            return before.map(Answering::now);
        }
    }

    /** It has not been asked yet. */
    record Unasked() implements ProxyStatus {}

    /**
     * It answers.
     *
     * @param at the last answer
     * @param took from the request to the whole answer
     * @param now what it tells
     */
    record Answering(Instant at, Duration took, ProxyView now) implements ProxyStatus {
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
     * It does not answer.
     *
     * @param since the first failure of the present run of failures
     * @param failure the last reason
     * @param before the last answer, if there ever was one
     */
    record Silent(Instant since, Failure failure, Optional<Answering> before) implements ProxyStatus {
        @Override
        public Optional<ProxyView> view() {
            return before.map(Answering::now);
        }
    }
}
