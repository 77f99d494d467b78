package io.patop.watch;

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

    /** The same, with no answer since then at the earliest. */
    default ProxyStatus goneOn(Instant then) {
        return this instanceof Silent silent ? new Silent(then, silent.failure(), silent.before()) : this;
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
