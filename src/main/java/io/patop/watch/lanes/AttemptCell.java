package io.patop.watch.lanes;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of the probe's tries in one piece of time: how long those that were answered took, and whether any was
 * refused or has an unknown outcome.
 *
 * @param fast how many took up to 0.5, 1, 2 … 64 ms, a byte each
 * @param slow how many took up to 128 ms, 256 ms … 16 s or longer, a byte each
 * @param refused whether any was refused
 * @param unknown whether any has an unknown outcome
 */
public record AttemptCell(long fast, long slow, boolean refused, boolean unknown) {

    /** No try. */
    public static final AttemptCell NOTHING = new AttemptCell(0, 0, false, false);

    /** A refused try. */
    public static final AttemptCell REFUSED = new AttemptCell(0, 0, true, false);

    /** A try with an unknown outcome. */
    public static final AttemptCell UNKNOWN = new AttemptCell(0, 0, false, true);

    /** The height of the tallest bar. */
    public static final int BARS = 8;

    private static final int CLASSES = 16;
    private static final int IN_A_WORD = 8;
    private static final int MOST = 255;
    private static final long SHORTEST_MICROS = 500;

    /** One answered try. */
    public static AttemptCell answered(Duration took) {
        return counted(index(took), 1);
    }

    /** Whether nothing was tried. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** The tries of both. Counts that no longer fit are halved, which keeps their shares. */
    public AttemptCell and(AttemptCell other) {
        if (isNothing()) {
            return other;
        }
        int[] counts = new int[CLASSES];
        int largest = 0;
        for (int i = 0; i < CLASSES; i++) {
            counts[i] = count(i) + other.count(i);
            largest = Math.max(largest, counts[i]);
        }
        int divisor = largest > MOST ? 2 : 1;
        AttemptCell sum = new AttemptCell(0, 0, refused || other.refused, unknown || other.unknown);
        for (int i = 0; i < CLASSES; i++) {
            sum = sum.plus(counted(i, (counts[i] + divisor - 1) / divisor));
        }
        return sum;
    }

    /** The time within which 95 of 100 answered tries were answered, to a factor of two; empty if none was. */
    public Optional<Duration> p95() {
        int all = 0;
        for (int i = 0; i < CLASSES; i++) {
            all += count(i);
        }
        if (all == 0) {
            return Optional.empty();
        }
        int seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += count(i);
            if (seen * 100L >= all * 95L) {
                return Optional.of(upTo(i));
            }
        }
        return Optional.of(upTo(CLASSES - 1));
    }

    /**
     * The height of the bar that stands for {@link #p95}, 1 to {@link #BARS}: 1 for up to 1 ms, and one more for each
     * time that it is four times as long. Empty if no try was answered.
     */
    public Optional<Integer> height() {
        return p95().map(took -> {
            int height = 1;
            for (long limit = 1; height < BARS && took.toMillis() > limit; limit *= 4) {
                height++;
            }
            return height;
        });
    }

    private AttemptCell plus(AttemptCell other) {
        return new AttemptCell(fast + other.fast, slow + other.slow, refused, unknown);
    }

    private int count(int index) {
        long word = index < IN_A_WORD ? fast : slow;
        return (int) (word >>> (8 * (index % IN_A_WORD))) & MOST;
    }

    private static AttemptCell counted(int index, int count) {
        long shifted = (long) count << (8 * (index % IN_A_WORD));
        return index < IN_A_WORD
                ? new AttemptCell(shifted, 0, false, false)
                : new AttemptCell(0, shifted, false, false);
    }

    private static int index(Duration took) {
        int index = 0;
        while (index < CLASSES - 1 && took.compareTo(upTo(index)) > 0) {
            index++;
        }
        return index;
    }

    private static Duration upTo(int index) {
        return Duration.ofNanos((SHORTEST_MICROS << index) * 1000);
    }
}
