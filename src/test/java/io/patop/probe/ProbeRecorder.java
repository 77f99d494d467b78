package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All that a probe has told, and a way to wait for more. */
final class ProbeRecorder implements ProbeListener {

    private static final long PATIENCE_MILLIS = 30_000;

    private final List<Write> writes = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Server> rivals = new ArrayList<>();
    private Optional<Optional<Failure>> end = Optional.empty();

    @Override
    public void started(Instant at, ProbeTarget target) {}

    @Override
    public synchronized void wrote(Instant at, List<Write> more) {
        assertThat(more).isNotEmpty();
        writes.addAll(more);
        notifyAll();
    }

    @Override
    public synchronized void read(Instant at, List<Read> more) {
        reads.addAll(more);
        notifyAll();
    }

    @Override
    public synchronized void verified(Instant at, Verdict verdict) {
        verdicts.add(verdict);
        notifyAll();
    }

    @Override
    public synchronized void twoWritable(Instant at, Server one, Server other) {
        rivals.addAll(List.of(one, other));
        notifyAll();
    }

    @Override
    public synchronized void ended(Instant at, Optional<Failure> why) {
        assertThat(end).as("it ends once").isEmpty();
        end = Optional.of(why);
        notifyAll();
    }

    synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    synchronized List<Read> reads() {
        return List.copyOf(reads);
    }

    synchronized List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    synchronized List<Server> rivals() {
        return List.copyOf(rivals);
    }

    synchronized Optional<Failure> failure() {
        return end.flatMap(why -> why);
    }

    synchronized boolean hasEnded() {
        return end.isPresent();
    }

    List<Write> of(Outcome outcome) {
        return writes().stream().filter(write -> write.outcome() == outcome).toList();
    }

    synchronized void await(String what, Predicate<ProbeRecorder> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            assertThat(left).as("waiting for %s; last write %s", what, last()).isPositive();
            wait(left);
        }
    }

    private Object last() {
        return writes.isEmpty() ? "none" : writes.get(writes.size() - 1);
    }
}
