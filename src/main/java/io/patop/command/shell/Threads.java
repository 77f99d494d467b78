package io.patop.command.shell;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with names that do not keep the process alive. */
public final class Threads {

    /** Time after which an idle thread ends; longer than the time between two ticks. */
    private static final int IDLE_SECONDS = 3;

    private Threads() {}

    /** Makes a pool with one thread for each request under way; the threads of a burst end soon. */
    public static ThreadPoolExecutor pool(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name));
    }

    /**
     * Makes a scheduler with one thread. After its shutdown it drops new tasks: a source's step may be half done when
     * another thread closes the source, and its next step is then not a bug.
     */
    public static ScheduledExecutorService scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, named(name), new ThreadPoolExecutor.DiscardPolicy());
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /** Makes a pool with at most this many threads; other tasks wait. */
    public static ExecutorService bounded(String name, int most) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Ends the threads of the JDK's HTTP clients, which cannot be closed before Java 21. HotSpot waits at its end up
     * to 300 ms for a thread in a system call (VM_Exit::wait_for_threads_in_native_to_block), where such a thread
     * always is; that is longer than all of {@code patop list} takes.
     */
    public static void endClients() {
        Thread[] all = new Thread[Thread.activeCount() + 16];
        int count = Thread.enumerate(all);
        for (Thread thread : Arrays.asList(all).subList(0, count)) {
            if (thread.getName().startsWith("HttpClient-")) {
                thread.interrupt();
            }
        }
    }

    public static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
