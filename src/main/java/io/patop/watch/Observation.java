package io.patop.watch;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.docker.EngineView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * One thing that a source has seen, with the time at which it saw it. All that patop knows comes from these,
 * in the order in which they arrive; a recording is a list of them.
 */
public sealed interface Observation {

    /** When the source had it. */
    Instant at();

    /**
     * A node answered {@code GET /patroni}.
     *
     * @param member whose address was asked
     * @param url that answered
     * @param took from the request to the whole answer
     * @param status what it says
     */
    record NodeAnswered(Instant at, String member, URI url, Duration took, NodeStatus status) implements Observation {}

    /**
     * A node gave no usable answer to {@code GET /patroni}.
     *
     * @param member whose address was asked
     * @param url that did not answer
     * @param failure why
     */
    record NodeFailed(Instant at, String member, URI url, Failure failure) implements Observation {}

    /**
     * A node answered {@code GET /cluster}.
     *
     * @param via the node's URL
     * @param took from the request to the whole answer
     * @param view what it says
     */
    record ClusterAnswered(Instant at, URI via, Duration took, ClusterView view) implements Observation {}

    /**
     * A node gave no usable answer to {@code GET /cluster}.
     *
     * @param via the node's URL
     * @param failure why
     */
    record ClusterFailed(Instant at, URI via, Failure failure) implements Observation {}

    /**
     * A node answered {@code GET /history}.
     *
     * @param via the node's URL
     * @param history what it says
     */
    record HistoryAnswered(Instant at, URI via, History history) implements Observation {}

    /**
     * A node answered {@code GET /config}.
     *
     * @param via the node's URL
     * @param config what it says
     */
    record ConfigAnswered(Instant at, URI via, DynamicConfig config) implements Observation {}

    /**
     * A Docker Engine showed what it runs.
     *
     * @param view what it shows
     */
    record DockerAnswered(Instant at, EngineView view) implements Observation {}

    /**
     * A Docker Engine gave no usable answer.
     *
     * @param failure why
     */
    record DockerFailed(Instant at, Failure failure) implements Observation {}

    /**
     * Something that a person asked for got on.
     *
     * @param action what was asked for
     * @param progress how far it is
     * @param detail what the other side said; empty if nothing
     */
    record ActionReported(Instant at, Action action, Progress progress, String detail) implements Observation {

        /** How far an action is. */
        public enum Progress {
            /** It is being sent. */
            BEGUN,
            /** One of its steps is done; the detail says which. */
            STEP,
            /** It was accepted. */
            DONE,
            /** It was refused, or could not be sent. */
            FAILED
        }
    }
}
