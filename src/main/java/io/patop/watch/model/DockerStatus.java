package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How Docker does, and what it showed last. */
public sealed interface DockerStatus {

    /** Within so long an answer has come, or the request has run into its bound. */
    Duration FRESH = Duration.ofSeconds(10);

    /** Whether what it showed last is old by then. */
    default boolean isOld(Instant now) {
        return !(this instanceof Answering answering)
                || Duration.between(answering.at(), now).compareTo(FRESH) > 0;
    }

    /** The last answer, if there ever was one. */
    default Optional<Answering> lastAnswer() {
        if (this instanceof Answering answering) {
            return Optional.of(answering);
        }
        return this instanceof Silent silent ? silent.before() : Optional.empty();
    }

    /** What the engine showed last, however old. */
    default Optional<EngineView> view() {
        return Optional.empty();
    }

    /** Whether the services that it showed last are old by then, though it may answer. */
    default boolean servicesAreOld(Instant now) {
        return isOld(now)
                || (this instanceof Answering answering
                        && answering.servicesLost().isPresent());
    }

    /** Docker has not been asked, or is not to be. */
    record Unasked() implements DockerStatus {}

    /**
     * It answers.
     *
     * @param at the last answer
     * @param now what it shows
     * @param servicesLost since when it shows no services, as when its swarm has no leader: those of {@code now} are
     *     what it showed before
     */
    record Answering(Instant at, EngineView now, Optional<Instant> servicesLost) implements DockerStatus {
        @Override
        public Optional<EngineView> view() {
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
    record Silent(Instant since, Failure failure, Optional<Answering> before) implements DockerStatus {
        @Override
        public Optional<EngineView> view() {
            return before.map(Answering::now);
        }
    }
}
