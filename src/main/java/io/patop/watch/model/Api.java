package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The state of a member's own REST API, which is the only source that shows at once that a node is gone. */
public sealed interface Api {

    /** Shortest time for which an answer is fresh: by then another answer has come, or its request has failed. */
    Duration FRESH = Duration.ofSeconds(6);

    /** Longest time for which an answer is fresh, however seldom the node is asked. */
    Duration LONGEST_FRESH = Duration.ofMinutes(2);

    /** The last answer, if there ever was one. */
    Optional<Answering> lastAnswer();

    /** Calls the visitor's method for this state. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each state of an API. */
    interface Visitor<R> {
        R unasked(Unasked none);

        R unwatched(Unwatched gap);

        R answering(Answering answering);

        R silent(Silent silent);
    }

    /** What the node said last, however long ago. */
    default Optional<NodeStatus> lastStatus() {
        return lastAnswer().map(Answering::now);
    }

    /** What the node says now; empty while it is silent. */
    default Optional<NodeStatus> status() {
        return Optional.empty();
    }

    /** The API has not been asked yet, or no address of it is known. */
    record Unasked() implements Api {
        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.empty();
        }

        @Override
        public Api unwatched() {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unasked(this);
        }
    }

    /**
     * The API has not been asked again since a monitoring gap.
     *
     * @param before the last answer, if there ever was one
     */
    record Unwatched(Optional<Answering> before) implements Api {
        @Override
        public Optional<Answering> lastAnswer() {
            return before;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unwatched(this);
        }
    }

    /** The state after a monitoring gap: an answer or a silence from before it says nothing of now. */
    default Api unwatched() {
        return new Unwatched(lastAnswer());
    }

    /** Whether there is no fresh answer at that time, so that what the node said last is old. */
    default boolean isOld(Instant now) {
        return true;
    }

    /** The address that was asked last; empty if none was. */
    default Optional<URI> asked() {
        return lastAnswer().map(Answering::url);
    }

    /**
     * The API answers.
     *
     * @param since the first answer of the present series of answers
     * @param at the last answer
     * @param every the time from the answer before to the last one; zero for a first
     * @param took how long its answers take
     * @param url the URL that answered
     * @param now what the node says
     */
    record Answering(Instant since, Instant at, Duration every, AnswerTime took, URI url, NodeStatus now)
            implements Api {
        @Override
        public Optional<Answering> lastAnswer() {
            return Optional.of(this);
        }

        /** Asked of each of thousands of members for each frame: one object less than by the last answer. */
        @Override
        public Optional<NodeStatus> lastStatus() {
            return Optional.of(now);
        }

        @Override
        public Optional<NodeStatus> status() {
            return Optional.of(now);
        }

        @Override
        public boolean isOld(Instant time) {
            return Duration.between(at, time).compareTo(fresh()) > 0;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answering(this);
        }

        /** When the last answer was asked for. What it says may be that old. */
        public Instant askedAt() {
            return at.minus(took.last());
        }

        /** When the answer before the last one was asked for, or somewhat earlier; empty if there was none. */
        public Optional<Instant> askedBefore() {
            return every.isZero() ? Optional.empty() : Optional.of(askedAt().minus(every));
        }

        /** How long the last answer stays fresh: three intervals, since nodes of a large cluster are asked seldom. */
        Duration fresh() {
            Duration patience = every.multipliedBy(3);
            if (patience.compareTo(FRESH) < 0) {
                return FRESH;
            }
            return patience.compareTo(LONGEST_FRESH) > 0 ? LONGEST_FRESH : patience;
        }
    }

    /**
     * The API does not answer.
     *
     * @param since the first failure of the present series of failures
     * @param at the last failure
     * @param failure the last reason
     * @param url the URL that does not answer
     * @param before the last answer, if there ever was one
     * @param unlistedAt when {@code /cluster} last did not list the member, which is not asked meanwhile
     */
    record Silent(
            Instant since,
            Instant at,
            Failure failure,
            URI url,
            Optional<Answering> before,
            Optional<Instant> unlistedAt)
            implements Api {
        /** The silence of a member that {@code /cluster} did not list at that time. */
        public Silent unlisted(Instant asked) {
            return new Silent(since, at, failure, url, before, Optional.of(asked));
        }

        @Override
        public Optional<Answering> lastAnswer() {
            return before;
        }

        @Override
        public Optional<URI> asked() {
            return Optional.of(url);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.silent(this);
        }
    }
}
