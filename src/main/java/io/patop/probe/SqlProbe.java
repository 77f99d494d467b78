package io.patop.probe;

import io.patop.cluster.Failure;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The write probe over JDBC. One thread holds the timer and all state, and never waits; each try runs on another
 * thread, bounded by the timeouts, and reports back to the first.
 */
public final class SqlProbe implements Probe {

    private final ProbeSettings settings;
    private final ProbeTable table;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final ExecutorService pool;
    private final String run = UUID.randomUUID().toString();
    private final ProbeConnections writers;
    private final ProbeConnections readers;
    private final Ledger ledger = new Ledger();
    private final WritePace pace;
    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();

    // The fields below are used on the timer's thread only.
    private ProbeListener listener = Silence.INSTANCE;
    private Optional<Reports> reports = Optional.empty();
    private Optional<Verification> readBack = Optional.empty();
    private Optional<SplitBrainCheck> rivalry = Optional.empty();
    private long numbers;
    private long dueNanos;
    private boolean finishing;

    private record Reports(Batch<Write> writes, Batch<Read> reads) {}

    /**
     * A probe that does nothing until it is started.
     *
     * @param settings the database, and how it is written to
     * @param clock for all times
     * @param timer one thread, this probe's own, which it shuts down when closed
     * @param pool threads for what blocks, this probe's own, which it shuts down when closed
     */
    public SqlProbe(ProbeSettings settings, Clock clock, ScheduledExecutorService timer, ExecutorService pool) {
        this.settings = settings;
        this.table = new ProbeTable(settings.table());
        this.clock = clock;
        this.timer = timer;
        this.pool = pool;
        this.writers = new ProbeConnections(settings.socketTimeout());
        this.readers = new ProbeConnections(settings.socketTimeout());
        this.pace = new WritePace(settings.rate());
    }

    /** Drops the probe's table; returns the reason if it was not dropped. Blocks for a bounded time. */
    public static Optional<Failure> cleanUp(ProbeSettings settings) {
        return new ProbeSetup(settings, "", Clock.systemUTC()).cleanUp();
    }

    @Override
    public ProbeTarget target() {
        return settings.target();
    }

    @Override
    public void start(ProbeListener told) {
        onTimer(() -> {
            listener = told;
            pool.execute(() -> {
                ProbeSetup.Ready ready = new ProbeSetup(settings, run, clock).prepare();
                onTimer(() -> begin(ready));
            });
        });
    }

    @Override
    public void finish() {
        onTimer(() -> {
            finishing = true;
            endIfDone();
        });
        try {
            Duration bound =
                    settings.connectTimeout().plus(settings.socketTimeout()).multipliedBy(6);
            var unused = end.get(bound.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // Nothing more can be said about what is still under way.
            return;
        }
    }

    @Override
    public void close() {
        onTimer(() -> over(Optional.empty()));
        timer.shutdown();
        pool.shutdown();
    }

    private void begin(ProbeSetup.Ready ready) {
        if (ready instanceof ProbeSetup.Ready.Impossible impossible) {
            over(Optional.of(impossible.why()));
            return;
        }
        ProbeSetup.Ready.Open open = (ProbeSetup.Ready.Open) ready;
        writers.add(open.connection(), System.nanoTime());
        reports = Optional.of(new Reports(
                new Batch<>(
                        Write::outcome,
                        Comparator.comparing(Write::ended),
                        writes -> listener.wrote(clock.instant(), writes)),
                new Batch<>(
                        Read::answered,
                        Comparator.comparing(Read::ended),
                        reads -> listener.read(clock.instant(), reads))));
        readBack = Optional.of(new Verification(settings, table, run, ledger, clock));
        rivalry = Optional.of(new SplitBrainCheck(settings, table, run, clock));
        listener.started(clock.instant(), target().behind(open.pooler()));
        dueNanos = System.nanoTime();
        tick();
    }

    /** Makes the tries that are due. Missed ticks are not made up for: a late tick counts as one. */
    private void tick() {
        if (finishing) {
            endIfDone();
            return;
        }
        if (settings.count().filter(most -> numbers >= most).isPresent()) {
            finishing = true;
            endIfDone();
            return;
        }
        long now = System.nanoTime();
        writers.lease(now).ifPresent(this::write);
        if (settings.reads().isPresent()) {
            readers.lease(now).ifPresent(this::read);
        }
        reports.ifPresent(batches -> {
            batches.writes().age(now);
            batches.reads().age(now);
        });
        rivalry.flatMap(contest -> contest.due(now)).ifPresent(this::askRival);
        readBack.filter(reading -> reading.isDue(now, numbers)).ifPresent(reading -> verify(reading, false));
        dueNanos = Math.max(dueNanos + pace.intervalNanos(now), System.nanoTime());
        var unused = timer.schedule(this::tick, Math.max(0, dueNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void write(ProbeConnections.Lease lease) {
        numbers++;
        long number = numbers;
        Instant began = clock.instant();
        pool.execute(() -> {
            Attempt<Optional<Server>> attempt = Attempt.make(
                    lease,
                    () -> settings.dsn().open(settings.connectTimeout(), settings.socketTimeout()),
                    connection -> table.write(connection, run, number, began));
            Instant ended = clock.instant();
            Write write = new Write(
                    number,
                    began,
                    ended,
                    attempt.outcome(),
                    attempt.detail(),
                    attempt.value().flatMap(server -> server));
            onTimer(() -> wrote(write, attempt.connection()), () -> attempt.connection()
                    .ifPresent(ProbeConnections::abort));
        });
    }

    private void wrote(Write write, Optional<Connection> connection) {
        long now = System.nanoTime();
        if (connection.isPresent() && !write.isAcknowledged() && !end.isDone()) {
            writers.refusedByStandby(connection.get());
        } else {
            release(writers, connection, now);
        }
        if (!write.isAcknowledged()) {
            pace.failed(now);
        }
        ledger.note(write.number(), write.outcome());
        reports.ifPresent(batches -> batches.writes().add(write, now));
        readBack.ifPresent(reading -> reading.wrote(write));
        write.server()
                .filter(server -> write.isAcknowledged())
                .ifPresent(server -> accepted(server, write.began(), write.ended()));
        rivalry.ifPresent(contest -> contest.wrote(write, now));
        endIfDone();
    }

    private void accepted(Server server, Instant began, Instant ended) {
        rivalry.flatMap(contest -> contest.accepted(server, began, ended))
                .ifPresent(other -> listener.twoWritable(clock.instant(), server, other));
    }

    private void askRival(Server old) {
        pool.execute(() -> {
            Instant began = clock.instant();
            Optional<Server> accepting = rivalry.orElseThrow().ask(old);
            Instant ended = clock.instant();
            onTimer(() -> accepting.ifPresent(server -> accepted(server, began, ended)));
        });
    }

    private void read(ProbeConnections.Lease lease) {
        Dsn from = settings.reads().orElseThrow();
        Instant began = clock.instant();
        pool.execute(() -> {
            Attempt<Optional<Server>> attempt = Attempt.make(
                    lease, () -> from.open(settings.connectTimeout(), settings.socketTimeout()), ProbeTable::server);
            Read read = new Read(
                    began,
                    clock.instant(),
                    attempt.outcome() == Outcome.ACKNOWLEDGED,
                    attempt.detail(),
                    attempt.value().flatMap(server -> server));
            onTimer(
                    () -> {
                        long now = System.nanoTime();
                        release(readers, attempt.connection(), now);
                        reports.ifPresent(batches -> batches.reads().add(read, now));
                        endIfDone();
                    },
                    () -> attempt.connection().ifPresent(ProbeConnections::abort));
        });
    }

    private void release(ProbeConnections lane, Optional<Connection> connection, long now) {
        if (connection.isPresent() && !end.isDone()) {
            lane.succeeded(connection.get(), now);
        } else {
            connection.ifPresent(ProbeConnections::abort);
            lane.failed();
        }
    }

    private void verify(Verification reading, boolean last) {
        Verification.Task task = reading.begin(last);
        pool.execute(() -> {
            Optional<Verdict> verdict = task.run();
            onTimer(() -> {
                flush();
                reading.ended(verdict, System.nanoTime());
                verdict.ifPresent(found -> listener.verified(clock.instant(), found));
                endIfDone();
            });
        });
    }

    /** Ends the probe if it should end, once the last write's outcome is known and the last reading back is done. */
    private void endIfDone() {
        if (!finishing || end.isDone()) {
            return;
        }
        if (readBack.isEmpty()) {
            over(Optional.empty());
        } else if (writers.busy() == 0 && readers.busy() == 0 && !readBack.get().isRunning()) {
            flush();
            if (numbers > 0 && readBack.get().mayTryLast()) {
                verify(readBack.get(), true);
            } else {
                over(Optional.empty());
            }
        }
    }

    private void flush() {
        reports.ifPresent(batches -> {
            batches.writes().flush(System.nanoTime());
            batches.reads().flush(System.nanoTime());
        });
    }

    private void over(Optional<Failure> why) {
        finishing = true;
        writers.close();
        readers.close();
        if (!end.isDone()) {
            listener.ended(clock.instant(), why);
            end.complete(why);
        }
    }

    private void onTimer(Runnable work) {
        onTimer(work, () -> {});
    }

    private void onTimer(Runnable work, Runnable otherwise) {
        try {
            timer.execute(work);
        } catch (RejectedExecutionException closed) {
            otherwise.run();
        }
    }

    /** The listener before the probe is started, which ignores everything. */
    private enum Silence implements ProbeListener {
        INSTANCE;

        @Override
        public void started(Instant at, ProbeTarget target) {}

        @Override
        public void wrote(Instant at, java.util.List<Write> writes) {}

        @Override
        public void read(Instant at, java.util.List<Read> reads) {}

        @Override
        public void verified(Instant at, Verdict verdict) {}

        @Override
        public void twoWritable(Instant at, Server one, Server other) {}

        @Override
        public void ended(Instant at, Optional<Failure> why) {}
    }
}
