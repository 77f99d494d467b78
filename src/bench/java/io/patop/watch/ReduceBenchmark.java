package io.patop.watch;

import io.patop.watch.model.Dashboard;
import io.patop.watch.rules.Reducer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What folding an observation into a dashboard of so many members takes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"})
public class ReduceBenchmark {

    @Param({"3", "100", "1000", "10000"})
    private int members;

    private ManyNodes crowd;
    private int next;

    @Setup
    public void make() {
        crowd = ManyNodes.of(members);
    }

    /** An answer of {@code /cluster}: once a second. */
    @Benchmark
    public Dashboard cluster() {
        return Reducer.reduce(crowd.dashboard(), crowd.listed());
    }

    /** An answer of one node's {@code /patroni}: of each member once a second. */
    @Benchmark
    public Dashboard node() {
        next = (next + 1) % crowd.nodes().size();
        return Reducer.reduce(crowd.dashboard(), crowd.nodes().get(next));
    }
}
