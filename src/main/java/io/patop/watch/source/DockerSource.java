package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.docker.EngineView;
import io.patop.watch.model.Observation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks a Docker Engine again and again what it runs, half as often as the nodes are asked. There is one request at a
 * time: the next is scheduled when the last has ended.
 */
public final class DockerSource implements AutoCloseable {

    private static final Duration ABSENT_RETRY = Duration.ofSeconds(10);

    /**
     * Shortest wait after a failure of an engine that has answered before, since it is probably being restarted and
     * soon back.
     */
    private static final Duration LOST_RETRY = Duration.ofSeconds(2);

    private final Supplier<Answer<EngineView>> engine;
    private final Observation.Sink sink;
    private final Supplier<Duration> interval;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private boolean hasAnswered;

    /**
     * A source that does nothing until {@link #start}.
     *
     * @param engine asks the engine, and blocks for a bounded time
     * @param sink takes the observations
     * @param interval from one answer to the next request
     * @param clock for the observations' times
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public DockerSource(
            Supplier<Answer<EngineView>> engine,
            Observation.Sink sink,
            Supplier<Duration> interval,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.engine = engine;
        this.sink = sink;
        this.interval = interval;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Starts asking. */
    public void start() {
        scheduler.execute(this::ask);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void ask() {
        Instant asked = clock.instant();
        Answer<EngineView> answer = engine.get();
        Instant now = clock.instant();
        boolean slept = sink.hasSleptSince(asked);
        if (!slept) {
            answer.value().ifPresent(view -> sink.accept(new Observation.DockerAnswered(now, view)));
            answer.failure().ifPresent(failure -> sink.accept(new Observation.DockerFailed(now, failure)));
            hasAnswered |= answer.value().isPresent();
        }
        Duration wait = slept ? Duration.ZERO : answer.value().isPresent() ? ordinary() : retry();
        if (!scheduler.isShutdown()) {
            var unused = scheduler.schedule(this::ask, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Duration ordinary() {
        return interval.get().multipliedBy(2);
    }

    private Duration retry() {
        if (!hasAnswered) {
            return ABSENT_RETRY;
        }
        return ordinary().compareTo(LOST_RETRY) > 0 ? ordinary() : LOST_RETRY;
    }
}
