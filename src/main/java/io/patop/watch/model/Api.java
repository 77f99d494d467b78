package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a member's own REST API does: the only thing that tells at once that a node is gone. */
public sealed interface Api {

    /** Within so long an answer has come, or the request has run into its bounds. */
    Duration FRESH = Duration.ofSeconds(6);

    /** However seldom it is asked. */
    Duration LONGEST_FRESH = Duration.ofMinutes(2);

    /** What the node said last, however old. */
    default Optional<NodeStatus> lastStatus() {
        return Optional.empty();
    }

    /** What the node says now; nothing while it is silent. */
    default Optional<NodeStatus> status() {
        return Optional.empty();
    }

    /** It has not been asked yet, or no address of it is known. */
    record Unasked() implements Api {}

    /**
     * It has not been asked since nobody watched for a while.
     *
     * @param before the last answer, if there ever was one
     */
    record Unwatched(Optional<Answering> before) implements Api {
        @Override
        public Optional<NodeStatus> lastStatus() {
            return before.map(Answering::now);
        }
    }

    /** The same after a while in which nobody watched: how it did before is no longer how it does. */
    default Api unwatched() {
        if (this instanceof Answering answering) {
            return new Unwatched(Optional.of(answering));
        }
        return this instanceof Silent silent ? new Unwatched(silent.before()) : this;
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

    /** Whether there is no word of the node that is fresh by then: what it said last is old. */
    default boolean isOld(Instant now) {
        return !(this instanceof Answering answering)
                || Duration.between(answering.at(), now).compareTo(answering.fresh()) > 0;
    }

    /** Where it was asked last, if it was. */
    default Optional<URI> asked() {
        return this instanceof Silent silent
                ? Optional.of(silent.url())
                : lastAnswer().map(Answering::url);
    }

    /**
     * It answers.
     *
     * @param since the first answer of the present run of answers
     * @param at the last answer
     * @param every from the answer before to the last one; nothing for a first
     * @param took how long its answers take
     * @param url that answered
     * @param now what it says
     */
    record Answering(Instant since, Instant at, Duration every, AnswerTime took, URI url, NodeStatus now)
            implements Api {
        @Override
        public Optional<NodeStatus> lastStatus() {
            return Optional.of(now);
        }

        @Override
        public Optional<NodeStatus> status() {
            return Optional.of(now);
        }

        /** How long the last answer is news: of a crowd, or at a slow pace, a node is asked seldom. */
        Duration fresh() {
            Duration patience = every.multipliedBy(3);
            if (patience.compareTo(FRESH) < 0) {
                return FRESH;
            }
            return patience.compareTo(LONGEST_FRESH) > 0 ? LONGEST_FRESH : patience;
        }
    }

    /**
     * It does not answer.
     *
     * @param since the first failure of the present run of failures
     * @param at the last failure
     * @param failure the last reason
     * @param url that does not answer
     * @param before the last answer, if there ever was one
     */
    record Silent(Instant since, Instant at, Failure failure, URI url, Optional<Answering> before) implements Api {
        @Override
        public Optional<NodeStatus> lastStatus() {
            return before.map(Answering::now);
        }
    }
}
