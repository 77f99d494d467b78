package io.patop.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Counts times in buckets, each at most 1.6 % wide, so that any number of them takes the same memory. A percentile is
 * the upper end of its bucket, but never longer than the longest time. Not safe for several threads.
 */
final class LatencyHistogram {

    /** Each power of two is divided into so many buckets: 2 to the power of 6. */
    private static final int BITS = 6;

    private static final int PARTS = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * PARTS];
    private long total;
    private long longest;

    void add(Duration time) {
        long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
        counts[bucket(micros)]++;
        total++;
        longest = Math.max(longest, micros);
    }

    /** The percentiles; empty if nothing was counted. */
    Optional<ClientLoad.Percentiles> percentiles() {
        return total == 0
                ? Optional.empty()
                : Optional.of(
                        new ClientLoad.Percentiles(percentile(50), percentile(95), percentile(99), micros(longest)));
    }

    private Duration percentile(int percent) {
        long rank = Math.max(1, (total * percent + 99) / 100);
        long seen = 0;
        int bucket = -1;
        while (seen < rank) {
            bucket++;
            seen += counts[bucket];
        }
        return micros(Math.min(longest, upperEnd(bucket)));
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    /** Small values have a bucket each; of others the highest bits choose it. */
    private static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - BITS;
        return (shift + 1) * PARTS + (int) ((micros >>> shift) - PARTS);
    }

    private static long upperEnd(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        return ((PARTS + bucket % PARTS + 1L) << shift) - 1;
    }
}
