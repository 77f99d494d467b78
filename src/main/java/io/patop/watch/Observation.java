package io.patop.watch;

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
     * An address that was to lead to the cluster leads to a node of another one.
     *
     * @param url where it was asked
     * @param why in words, that name the other
     */
    record OtherClusterFound(Instant at, URI url, String why) implements Observation {}

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
     * An HAProxy told its statistics.
     *
     * @param proxy how it is asked, without passwords
     * @param took from the request to the whole answer
     * @param view what it tells
     */
    record ProxyAnswered(Instant at, String proxy, Duration took, ProxyView view) implements Observation {}

    /**
     * An HAProxy gave no usable answer.
     *
     * @param proxy how it is asked, without passwords
     * @param failure why
     */
    record ProxyFailed(Instant at, String proxy, Failure failure) implements Observation {}

    /**
     * An HAProxy answered a command that a person gave it from here.
     *
     * @param proxy how it is asked, without passwords
     * @param command as it was sent
     * @param answer what it said, or why it could not be asked
     * @param failed whether it could not be asked, or refused
     */
    record ProxyReplied(Instant at, String proxy, String command, String answer, boolean failed)
            implements Observation {}

    /**
     * The write probe begins.
     *
     * @param target where it writes and how, without secrets
     */
    record ProbeStarted(Instant at, ProbeTarget target) implements Observation {}

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
    }

    /**
     * The probe's writes have been read back.
     *
     * @param verdict what that has shown
     */
    record ProbeVerified(Instant at, Verdict verdict) implements Observation {}

    /**
     * The probe found two servers that accept writes at the same time.
     *
     * @param one that accepted writes before and after the other did
     * @param other that accepted one in between
     */
    record ProbeFoundRivals(Instant at, Server one, Server other) implements Observation {}

    /**
     * The probe has ended.
     *
     * @param why if not because it was told to
     */
    record ProbeEnded(Instant at, Optional<Failure> why) implements Observation {}

    /**
     * A failover drill got on.
     *
     * @param progress how far it is
     */
    record DrillReported(Instant at, DrillProgress progress) implements Observation {}

    /**
     * Nobody watched for a while: this process was stopped, or its machine slept.
     *
     * @param at when that was noticed
     * @param since when patop last was awake before
     */
    record NotWatched(Instant at, Instant since) implements Observation {}

    /**
     * This machine's clock was set back, or forward again after that.
     *
     * @param ahead how far the observations' times are ahead of it now
     */
    record ClockSet(Instant at, Duration ahead) implements Observation {}

    /**
     * A recording or a film of this session has ended, since its file cannot be written.
     *
     * @param why in one line that names the file
     */
    record RecordingFailed(Instant at, String why) implements Observation {}

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
