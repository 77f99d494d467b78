package io.patop.watch.model;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.docker.EngineView;
import io.patop.haproxy.ProxyView;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Read;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One thing that a source has seen, with its time. Everything patop knows comes from observations, in the order of
 * their arrival; a recording is a list of them.
 */
public sealed interface Observation {

    /** When the source got it. */
    Instant at();

    /** Takes what the sources observe, and knows whether this process was stopped while they waited for it. */
    @FunctionalInterface
    interface Sink extends Consumer<Observation> {

        /**
         * Returns whether this process was stopped, or its machine slept, since that time. The result of a request that
         * was begun then says nothing of whoever was asked: a node has not failed because nobody read its answer.
         */
        default boolean hasSleptSince(Instant then) {
            return false;
        }
    }

    /**
     * One method for each kind of observation, so that code for a new kind must be written before anything compiles.
     */
    interface Visitor {
        void nodeAnswered(NodeAnswered observation);

        void nodeFailed(NodeFailed observation);

        void clusterAnswered(ClusterAnswered observation);

        void clusterFailed(ClusterFailed observation);

        void otherClusterFound(OtherClusterFound observation);

        void historyAnswered(HistoryAnswered observation);

        void configAnswered(ConfigAnswered observation);

        void dockerAnswered(DockerAnswered observation);

        void dockerFailed(DockerFailed observation);

        void proxyAnswered(ProxyAnswered observation);

        void proxyFailed(ProxyFailed observation);

        void proxyReplied(ProxyReplied observation);

        void probeStarted(ProbeStarted observation);

        void probeWrote(ProbeWrote observation);

        void probeRead(ProbeRead observation);

        void probeVerified(ProbeVerified observation);

        void probeFoundRivals(ProbeFoundRivals observation);

        void probeEnded(ProbeEnded observation);

        void drillReported(DrillReported observation);

        void notWatched(NotWatched observation);

        void clockSet(ClockSet observation);

        void recordingFailed(RecordingFailed observation);

        void actionReported(ActionReported observation);
    }

    /** Calls the visitor's method for this kind. */
    void accept(Visitor visitor);

    /**
     * A node answered {@code GET /patroni}.
     *
     * @param member the member whose address was asked
     * @param url the URL that answered
     * @param took from the request to the whole answer
     * @param status what the node says
     */
    record NodeAnswered(Instant at, String member, URI url, Duration took, NodeStatus status) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.nodeAnswered(this);
        }
    }

    /**
     * A node gave no usable answer to {@code GET /patroni}.
     *
     * @param member the member whose address was asked
     * @param url the URL that did not answer
     * @param failure the reason
     */
    record NodeFailed(Instant at, String member, URI url, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.nodeFailed(this);
        }
    }

    /**
     * A node answered {@code GET /cluster}.
     *
     * @param via the node's URL
     * @param took from the request to the whole answer
     * @param view what the node says
     */
    record ClusterAnswered(Instant at, URI via, Duration took, ClusterView view) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.clusterAnswered(this);
        }
    }

    /**
     * A node gave no usable answer to {@code GET /cluster}.
     *
     * @param via the node's URL
     * @param failure the reason
     */
    record ClusterFailed(Instant at, URI via, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.clusterFailed(this);
        }
    }

    /**
     * An address that was meant to lead to the cluster leads to a node of another one.
     *
     * @param url the URL that was asked
     * @param why the reason in words, with the other cluster's name
     */
    record OtherClusterFound(Instant at, URI url, String why) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.otherClusterFound(this);
        }
    }

    /**
     * A node answered {@code GET /history}.
     *
     * @param via the node's URL
     * @param history what the node says
     */
    record HistoryAnswered(Instant at, URI via, History history) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.historyAnswered(this);
        }
    }

    /**
     * A node answered {@code GET /config}.
     *
     * @param via the node's URL
     * @param config what the node says
     */
    record ConfigAnswered(Instant at, URI via, DynamicConfig config) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.configAnswered(this);
        }
    }

    /**
     * A Docker Engine showed what it runs.
     *
     * @param view what the engine shows
     */
    record DockerAnswered(Instant at, EngineView view) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.dockerAnswered(this);
        }
    }

    /**
     * A Docker Engine gave no usable answer.
     *
     * @param failure the reason
     */
    record DockerFailed(Instant at, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.dockerFailed(this);
        }
    }

    /**
     * An HAProxy gave its statistics.
     *
     * @param proxy how it is asked, without passwords
     * @param took from the request to the whole answer
     * @param view what the HAProxy shows
     */
    record ProxyAnswered(Instant at, String proxy, Duration took, ProxyView view) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.proxyAnswered(this);
        }
    }

    /**
     * An HAProxy gave no usable answer.
     *
     * @param proxy how it is asked, without passwords
     * @param failure the reason
     */
    record ProxyFailed(Instant at, String proxy, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.proxyFailed(this);
        }
    }

    /**
     * An HAProxy answered a command that a person sent from patop.
     *
     * @param proxy how it is asked, without passwords
     * @param command as it was sent
     * @param answer what HAProxy said, or why the command could not be sent
     * @param failed whether the command could not be sent, or was refused
     */
    record ProxyReplied(Instant at, String proxy, String command, String answer, boolean failed)
            implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.proxyReplied(this);
        }
    }

    /**
     * The write probe starts.
     *
     * @param target the database and how it is written to, without secrets
     */
    record ProbeStarted(Instant at, ProbeTarget target) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.probeStarted(this);
        }
    }

    /**
     * The outcome of some of the probe's writes is known.
     *
     * @param writes at least one, in the order in which they ended
     */
    record ProbeWrote(Instant at, List<Write> writes) implements Observation {
        public ProbeWrote {
            writes = List.copyOf(writes);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.probeWrote(this);
        }
    }

    /**
     * The outcome of some of the probe's reads is known.
     *
     * @param reads at least one, in the order in which they ended
     */
    record ProbeRead(Instant at, List<Read> reads) implements Observation {
        public ProbeRead {
            reads = List.copyOf(reads);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.probeRead(this);
        }
    }

    /**
     * The probe's writes have been read back.
     *
     * @param verdict the result
     */
    record ProbeVerified(Instant at, Verdict verdict) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.probeVerified(this);
        }
    }

    /**
     * The probe found two servers that accept writes at the same time.
     *
     * @param one the server that accepted writes before and after the other did
     * @param other the server that accepted a write in between
     */
    record ProbeFoundRivals(Instant at, Server one, Server other) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.probeFoundRivals(this);
        }
    }

    /**
     * The probe has ended.
     *
     * @param why the reason; empty if it was told to end
     */
    record ProbeEnded(Instant at, Optional<Failure> why) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.probeEnded(this);
        }
    }

    /**
     * A failover drill made progress.
     *
     * @param progress the present stage of the drill
     */
    record DrillReported(Instant at, DrillProgress progress) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.drillReported(this);
        }
    }

    /**
     * This process was stopped for a while, or its machine slept.
     *
     * @param at when the gap was noticed
     * @param since when patop was last seen awake before it
     */
    record NotWatched(Instant at, Instant since) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.notWatched(this);
        }
    }

    /**
     * This machine's clock was set back, or forward again after that.
     *
     * @param ahead how far the observations' times are ahead of the clock now
     */
    record ClockSet(Instant at, Duration ahead) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.clockSet(this);
        }
    }

    /**
     * A recording or a film of this session has ended, because its file cannot be written.
     *
     * @param why the reason in one line that names the file
     */
    record RecordingFailed(Instant at, String why) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.recordingFailed(this);
        }
    }

    /**
     * An action made progress.
     *
     * @param action what was asked for
     * @param progress the stage of the action
     * @param detail what the other side said; empty if nothing
     */
    record ActionReported(Instant at, Action action, Progress progress, String detail) implements Observation {

        /** The stages of an action. */
        public enum Progress {
            /** The action is being sent. */
            BEGUN,
            /** One step of the action is done; the detail names it. */
            STEP,
            /** The action was accepted. */
            DONE,
            /** The action was refused, or could not be sent. */
            FAILED
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.actionReported(this);
        }
    }
}
