package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Percentiles of buckets against those of the sorted times themselves. */
class LatencyHistogramTest {

    @Property
    void aPercentileIsThatOfTheSortedTimesOrAtMostABucketLonger(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 600_000_000_000L) Long> nanos) {
        LatencyHistogram histogram = new LatencyHistogram();
        nanos.forEach(each -> histogram.add(Duration.ofNanos(each)));
        List<Long> micros = nanos.stream().map(each -> each / 1000).sorted().toList();

        ClientLoad.Percentiles found = histogram.percentiles().orElseThrow();
        assertThat(found.max().toNanos() / 1000).isEqualTo(micros.get(micros.size() - 1));
        isNear(found.p50(), exact(micros, 50));
        isNear(found.p95(), exact(micros, 95));
        isNear(found.p99(), exact(micros, 99));
        assertThat(found.p99()).isLessThanOrEqualTo(found.max());
    }

    @Test
    void noTimesHaveNoPercentiles() {
        assertThat(new LatencyHistogram().percentiles()).isEmpty();
    }

    @Test
    void theLongestTimeThatThereIs() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(histogram.percentiles().orElseThrow().p50().toNanos() / 1000).isEqualTo(Long.MAX_VALUE / 1000);
    }

    private static void isNear(Duration found, long exact) {
        assertThat(found.toNanos() / 1000).isBetween(exact, exact + exact / 64);
    }

    private static long exact(List<Long> sorted, int percent) {
        return sorted.get(Math.max(1, (sorted.size() * percent + 99) / 100) - 1);
    }
}
