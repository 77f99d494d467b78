package io.patop.watch.source;

import io.patop.cluster.Failure;
import io.patop.probe.Probe;
import io.patop.probe.ProbeListener;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Read;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a write probe and turns its reports into observations. If the database cannot be reached at the start it can
 * try again, since a dashboard may be opened before its cluster is up.
 */
public final class ProbeSource implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Supplier<Probe> probes;
    private final Consumer<Observation> sink;
    private final boolean patient;
    private final ScheduledExecutorService scheduler;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Probe> present = Optional.empty();
    private Optional<Failure> told = Optional.empty();

    /**
     * A source that does nothing until {@link #start}.
     *
     * @param probes makes a new probe for each start
     * @param sink takes the observations
     * @param patient whether to start again while the database cannot be reached
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public ProbeSource(
            Supplier<Probe> probes, Consumer<Observation> sink, boolean patient, ScheduledExecutorService scheduler) {
        this.probes = probes;
        this.sink = sink;
        this.patient = patient;
        this.scheduler = scheduler;
    }

    /** Starts writing. */
    public void start() {
        scheduler.execute(this::begin);
    }

    /** Ends the probe, with a verdict if one is possible. Blocks for a bounded time. */
    public void finish() {
        present.ifPresent(Probe::finish);
    }

    /**
     * Waits until the probe has ended for good, by itself or by {@link #finish}, or until the time is up; returns
     * whether it has ended.
     */
    public boolean awaitEnd(Duration bound) throws InterruptedException {
        return ended.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        present.ifPresent(Probe::close);
    }

    private void begin() {
        Probe probe = probes.get();
        present = Optional.of(probe);
        probe.start(new Reports());
    }

    private void again(Failure why) {
        present.ifPresent(Probe::close);
        if (!scheduler.isShutdown()) {
            var unused = scheduler.schedule(this::begin, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
        told = Optional.of(why);
    }

    private static boolean mayPass(Failure why) {
        return switch (why.kind()) {
            case REFUSED, TIMED_OUT, UNRESOLVED, UNREACHABLE, BROKEN_OFF -> true;
            default -> false;
        };
    }

    private final class Reports implements ProbeListener {

        @Override
        public void started(Instant at, ProbeTarget target) {
            told = Optional.empty();
            sink.accept(new Observation.ProbeStarted(at, target));
        }

        @Override
        public void wrote(Instant at, List<Write> writes) {
            sink.accept(new Observation.ProbeWrote(at, writes));
        }

        @Override
        public void read(Instant at, List<Read> reads) {
            sink.accept(new Observation.ProbeRead(at, reads));
        }

        @Override
        public void verified(Instant at, Verdict verdict) {
            sink.accept(new Observation.ProbeVerified(at, verdict));
        }

        @Override
        public void twoWritable(Instant at, Server one, Server other) {
            sink.accept(new Observation.ProbeFoundRivals(at, one, other));
        }

        @Override
        public void ended(Instant at, Optional<Failure> why) {
            if (!why.equals(told) || why.isEmpty()) {
                sink.accept(new Observation.ProbeEnded(at, why));
            }
            if (patient && why.filter(ProbeSource::mayPass).isPresent()) {
                again(why.get());
            } else {
                ended.countDown();
            }
        }
    }
}
