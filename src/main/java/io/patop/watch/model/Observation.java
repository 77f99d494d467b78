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

/**
 * One thing that a source has seen, with the time at which it saw it. All that patop knows comes from these,
 * in the order in which they arrive; a recording is a list of them.
 */
public sealed interface Observation {

    /** When the source had it. */
    Instant at();

    /** Whoever handles observations handles every kind: a new one does not compile until it is thought of. */
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
     * @param member whose address was asked
     * @param url that answered
     * @param took from the request to the whole answer
     * @param status what it says
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
     * @param member whose address was asked
     * @param url that did not answer
     * @param failure why
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
     * @param view what it says
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
     * @param failure why
     */
    record ClusterFailed(Instant at, URI via, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.clusterFailed(this);
        }
    }

    /**
     * An address that was to lead to the cluster leads to a node of another one.
     *
     * @param url where it was asked
     * @param why in words, that name the other
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
     * @param history what it says
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
     * @param config what it says
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
     * @param view what it shows
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
     * @param failure why
     */
    record DockerFailed(Instant at, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.dockerFailed(this);
        }
    }

    /**
     * An HAProxy told its statistics.
     *
     * @param proxy how it is asked, without passwords
     * @param took from the request to the whole answer
     * @param view what it tells
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
     * @param failure why
     */
    record ProxyFailed(Instant at, String proxy, Failure failure) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.proxyFailed(this);
        }
    }

    /**
     * An HAProxy answered a command that a person gave it from here.
     *
     * @param proxy how it is asked, without passwords
     * @param command as it was sent
     * @param answer what it said, or why it could not be asked
     * @param failed whether it could not be asked, or refused
     */
    record ProxyReplied(Instant at, String proxy, String command, String answer, boolean failed)
            implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.proxyReplied(this);
        }
    }

    /**
     * The write probe begins.
     *
     * @param target where it writes and how, without secrets
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
        /** Copies the writes. */
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
        /** Copies the reads. */
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
     * @param verdict what that has shown
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
     * @param one that accepted writes before and after the other did
     * @param other that accepted one in between
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
     * @param why if not because it was told to
     */
    record ProbeEnded(Instant at, Optional<Failure> why) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.probeEnded(this);
        }
    }

    /**
     * A failover drill got on.
     *
     * @param progress how far it is
     */
    record DrillReported(Instant at, DrillProgress progress) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.drillReported(this);
        }
    }

    /**
     * Nobody watched for a while: this process was stopped, or its machine slept.
     *
     * @param at when that was noticed
     * @param since when patop last was awake before
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
     * @param ahead how far the observations' times are ahead of it now
     */
    record ClockSet(Instant at, Duration ahead) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.clockSet(this);
        }
    }

    /**
     * A recording or a film of this session has ended, since its file cannot be written.
     *
     * @param why in one line that names the file
     */
    record RecordingFailed(Instant at, String why) implements Observation {
        @Override
        public void accept(Visitor visitor) {
            visitor.recordingFailed(this);
        }
    }

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

        @Override
        public void accept(Visitor visitor) {
            visitor.actionReported(this);
        }
    }
}
