package io.patop.command.live;

import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One session's view of a scheduler that many share: ending the view ends its own tasks, and not the scheduler. If
 * the scheduler has one thread, the tasks run one after the other.
 */
public final class SharedSchedulerView extends AbstractExecutorService implements ScheduledExecutorService {

    private final ScheduledExecutorService shared;
    private final Set<ScheduledFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    public SharedSchedulerView(ScheduledExecutorService shared) {
        this.shared = shared;
    }

    @Override
    public void execute(Runnable task) {
        requireOpen();
        shared.execute(unlessEnded(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return kept(shared.schedule(unlessEnded(task), delay, unit));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return kept(shared.schedule(task, delay, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return kept(shared.scheduleAtFixedRate(unlessEnded(task), first, period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return kept(shared.scheduleWithFixedDelay(unlessEnded(task), first, delay, unit));
    }

    @Override
    public void shutdown() {
        ended = true;
        waiting.forEach(future -> future.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }

    private <F extends ScheduledFuture<?>> F kept(F future) {
        requireOpen();
        waiting.removeIf(ScheduledFuture::isDone);
        waiting.add(future);
        return future;
    }

    private void requireOpen() {
        if (ended) {
            throw new RejectedExecutionException("this lane has ended");
        }
    }

    private Runnable unlessEnded(Runnable task) {
        return () -> {
            if (!ended) {
                task.run();
            }
        };
    }
}
