package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** All that a probe has told, and a way to wait for more. */
final class ProbeRecorder implements ProbeListener {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    }

    @Override
    public synchronized void read(Instant at, List<Read> more) {
        reads.addAll(more);
    }

    @Override
    public synchronized void verified(Instant at, Verdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public synchronized void twoWritable(Instant at, Server one, Server other) {
        rivals.addAll(List.of(one, other));
    }

    @Override
    public synchronized void ended(Instant at, Optional<Failure> why) {
        assertThat(end).as("it ends once").isEmpty();
        end = Optional.of(why);
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

    void await(String what, Predicate<ProbeRecorder> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() ->
                        assertThat(is(condition)).as("last write %s", last()).isTrue());
    }

    private synchronized boolean is(Predicate<ProbeRecorder> condition) {
        return condition.test(this);
    }

    private synchronized Object last() {
        return writes.isEmpty() ? "none" : writes.get(writes.size() - 1);
    }
}
