package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The state of the Docker Engine, and what it showed last. */
public sealed interface DockerStatus {

    /** Longest time for which an answer is fresh: by then another answer has come, or its request has failed. */
    Duration FRESH = Duration.ofSeconds(10);

    /** Whether what the engine showed last is old at that time. */
    default boolean isOld(Instant now) {
        return true;
    }

    /** The last answer, if there ever was one. */
    Optional<Answering> lastAnswer();

    /** What the engine showed last, however old. */
    default Optional<EngineView> view() {
        return lastAnswer().map(Answering::now);
    }

    /** Whether the services that the engine showed last are old at that time. That is possible while it answers. */
    default boolean servicesAreOld(Instant now) {
        return isOld(now);
    }

    /** Docker has not been asked yet, or is not used. */
    record Unasked() implements DockerStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.empty();
        }
    }

    /**
     * The engine answers.
     *
     * @param at the last answer
     * @param now what the engine shows
     * @param servicesLost since when it shows no services, as when its swarm has no leader; {@code now} then holds
     *     the services that were shown before
     */
    record Answering(Instant at, EngineView now, Optional<Instant> servicesLost) implements DockerStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.of(this);
        }

        @Override
        public boolean isOld(Instant time) {
            return Duration.between(at, time).compareTo(FRESH) > 0;
        }

        @Override
        public boolean servicesAreOld(Instant time) {
            return isOld(time) || servicesLost.isPresent();
        }
    }

    /**
     * The engine does not answer.
     *
     * @param since the first failure of the present series of failures
     * @param failure the last reason
     * @param before the last answer, if there ever was one
     */
    record Silent(Instant since, Failure failure, Optional<Answering> before) implements DockerStatus {
        @Override
        public Optional<Answering> lastAnswer() {
            return before;
        }
    }
}
