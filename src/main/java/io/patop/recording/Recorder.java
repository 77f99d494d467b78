package io.patop.recording;

import io.patop.text.Printable;
import io.patop.watch.Session;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Keeps a session's latest observations, and writes them to a file while recording: first those that are kept, then
 * each new one. It works on its own thread, so that the session never waits for a disk. A failed write ends the
 * recording with a one-line message, and the session goes on.
 */
public final class Recorder implements Session.Tap, AutoCloseable {

    /**
     * How many bytes of observations are kept: more than an hour of three nodes asked once a second, since an hour of
     * that takes less than 5 MB.
     */
    private static final long KEPT = 6 << 20;

    /** How many tasks may wait. Only a hanging disk lets so many pile up. */
    private static final int WAITING = 5_000;

    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Delay before the first observations are kept, unless a recording is asked for, so that the start of patop is
     * not slowed down.
     */
    private static final Duration REST = Duration.ofSeconds(2);

    /**
     * The present recording.
     *
     * @param file the file being written
     * @param bytes its size so far
     */
    public record Status(Path file, long bytes) {}

    private final String patop;
    private final Duration patience;
    private final Consumer<String> trouble;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(WAITING);
    private final Ring ring;
    private final Thread worker;
    private final CountDownLatch wanted = new CountDownLatch(1);

    private Optional<RecordingFile> file = Optional.empty();
    private Optional<String> scope = Optional.empty();
    private long flushedAt = System.nanoTime();
    private volatile Optional<RecordingFile> shown = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean overrun;
    private volatile boolean closed;

    /**
     * A recorder that keeps the observations it is given.
     *
     * @param patop this program's version, for the header
     * @param trouble takes the one-line reason when a recording ends by itself
     */
    public Recorder(String patop, Consumer<String> trouble) {
        this(patop, trouble, KEPT, PATIENCE);
    }

    Recorder(String patop, Consumer<String> trouble, long kept, Duration patience) {
        this.patience = patience;
        this.patop = patop;
        this.trouble = trouble;
        this.ring = new Ring(kept);
        this.worker = new Thread(this::work, "patop-recorder");
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void took(Dashboard before, Observation observation) {
        if (!closed && !tasks.offer(() -> keep(before, observation))) {
            overrun = true;
        }
    }

    /**
     * Starts recording, from the oldest observation that is kept.
     *
     * @throws IOException with one line for a person, if the file cannot be written
     */
    public void start(Path path) throws IOException {
        startOn(() -> new RecordingFile(path));
    }

    /** Starts recording to a file that is created on the recorder's own thread. */
    void startOn(Callable<RecordingFile> made) throws IOException {
        onWorker(() -> {
            if (file.isPresent()) {
                throw new IOException("already recording to " + file.get().path());
            }
            file = Optional.of(made.call());
            failure = Optional.empty();
            shown = file;
            if (scope.isPresent()) {
                write(RecordingFile::flush);
            }
            return null;
        });
    }

    /**
     * Ends the recording after everything seen until now is written.
     *
     * @return the file that was written; empty if nothing was being recorded
     * @throws IOException with one line for a person, if the rest cannot be written
     */
    public Optional<Status> stop() throws IOException {
        return onWorker(this::end);
    }

    /** Waits until everything seen until now is kept, and written if a recording is under way. */
    void await() throws IOException {
        onWorker(() -> null);
    }

    /** The present recording, if there is one. */
    public Optional<Status> status() {
        return shown.map(now -> new Status(now.path(), now.size()));
    }

    /** Why the last recording ended by itself; empty if it did not, or if another has started since. */
    public Optional<String> failure() {
        return failure;
    }

    /** Ends the recording and stops keeping observations. Waits for the disk for a bounded time. */
    @Override
    public void close() {
        closed = true;
        wanted.countDown();
        try {
            worker.join(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            boolean unused = wanted.await(REST.toMillis(), TimeUnit.MILLISECONDS);
            while (!closed || !tasks.isEmpty()) {
                Runnable next = tasks.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
                if (System.nanoTime() - flushedAt > FLUSH.toNanos()) {
                    flushedAt = System.nanoTime();
                    file.filter(RecordingFile::isBegun).ifPresent(now -> write(RecordingFile::flush));
                }
            }
            end();
        } catch (IOException full) {
            report(Printable.message(full));
        } catch (InterruptedException unasked) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Dashboard before, Observation observation) {
        scope = before.identity().scope();
        String line = ObservationJson.of(observation).toString();
        ring.add(before, observation.at(), line);
        if (file.isPresent() && overrun) {
            fail(new IOException("cannot record to " + file.get().path() + ": the disk is too slow"));
        }
        overrun = false;
        if (file.filter(RecordingFile::isBegun).isPresent()) {
            write(now -> now.line(line));
        } else if (file.isPresent() && (scope.isPresent() || ring.isLong())) {
            write(RecordingFile::flush);
        }
    }

    private interface Writing {
        void on(RecordingFile file) throws IOException;
    }

    private void write(Writing writing) {
        if (file.isEmpty()) {
            return;
        }
        try {
            file.get().begin(patop, scope, ring);
            writing.on(file.get());
        } catch (IOException full) {
            fail(full);
        }
    }

    private void fail(IOException full) {
        file.ifPresent(RecordingFile::abandon);
        file = Optional.empty();
        shown = Optional.empty();
        report(full.getMessage() + "; the recording has ended, what was written is kept");
    }

    private void report(String why) {
        failure = Optional.of(why);
        trouble.accept(why);
    }

    private Optional<Status> end() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        RecordingFile ended = file.get();
        file = Optional.empty();
        shown = Optional.empty();
        try (ended) {
            ended.begin(patop, scope, ring);
        }
        return Optional.of(new Status(ended.path(), ended.size()));
    }

    private <T> T onWorker(Callable<T> task) throws IOException {
        FutureTask<T> future = new FutureTask<>(task);
        wanted.countDown();
        try {
            if (closed || !tasks.offer(future, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException wrong) {
                throw new IOException(wrong.getMessage(), wrong);
            }
            throw new IllegalStateException(failed);
        } catch (TimeoutException hangs) {
            throw new IOException("the disk does not answer", hangs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
