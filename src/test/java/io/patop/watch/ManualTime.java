package io.patop.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands until it is told to go on, and a scheduler that lives by it: what a source does in an hour
 * is known after an instant, and is the same each time. For one thread.
 */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private Instant now = ReducerStory.START;
    private boolean shutdown;

    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    Instant now() {
        return now;
    }

    /** Lets that time pass, and all happen that is due in it, in its order. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        runReady();
        while (true) {
            Planned next =
                    planned.stream().min(Comparator.comparing(plan -> plan.due)).orElse(null);
            if (next == null || next.due.isAfter(end)) {
                break;
            }
            planned.remove(next);
            now = next.due.isAfter(now) ? next.due : now;
            ready.add(next.work);
            runReady();
        }
        now = end;
    }

    /** Time passes while nothing runs: the process is stopped. */
    public void sleep(Duration time) {
        now = now.plus(time);
    }

    public void runReady() {
        while (!ready.isEmpty()) {
            ready.poll().run();
        }
    }

    /** What is due at a time; cancelled by being forgotten. */
    private final class Planned extends CompletableFuture<Void> implements ScheduledFuture<Void> {
        private final Instant due;
        private final Runnable work;

        Planned(Instant due, Runnable work) {
            this.due = due;
            this.work = work;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return planned.remove(this);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void execute(Runnable command) {
        ready.add(command);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Planned plan = new Planned(now.plusNanos(unit.toNanos(delay)), command);
        planned.add(plan);
        return plan;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new AssertionError("no source plans a callable");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long delay, long period, TimeUnit unit) {
        throw new AssertionError("requests could pile up at a fixed rate");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        throw new AssertionError("no source has a fixed delay");
    }

    @Override
    public void shutdown() {
        shutdown = true;
        ready.clear();
        planned.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
