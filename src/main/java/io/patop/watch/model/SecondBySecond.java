package io.patop.watch.model;

import io.patop.probe.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last minutes, second by second: what became of the tries that began in each.
 *
 * @param first the first second, since the epoch
 * @param seconds one after the other, at most {@link #MOST}
 */
public record SecondBySecond(long first, List<Second> seconds) {

    /** How many seconds are kept. */
    public static final int MOST = 600;

    /** Nothing has been tried. */
    public static final SecondBySecond EMPTY = new SecondBySecond(0, List.of());

    /**
     * One second.
     *
     * @param acknowledged how many writes
     * @param refused how many
     * @param unknown how many
     */
    public record Second(int acknowledged, int refused, int unknown) {

        /** Nothing was tried, or nothing is known yet. */
        public static final Second NOTHING = new Second(0, 0, 0);

        private Second with(Outcome outcome) {
            return switch (outcome) {
                case ACKNOWLEDGED -> new Second(acknowledged + 1, refused, unknown);
                case REFUSED -> new Second(acknowledged, refused + 1, unknown);
                case UNKNOWN -> new Second(acknowledged, refused, unknown + 1);
            };
        }
    }

    /** Copies the seconds. */
    public SecondBySecond {
        seconds = List.copyOf(seconds);
    }

    /** The second that began so many seconds after the epoch. */
    public Second at(long epochSecond) {
        long index = epochSecond - first;
        return index < 0 || index >= seconds.size() ? Second.NOTHING : seconds.get((int) index);
    }

    /** One try more; one that is older than the strip is dropped. */
    SecondBySecond with(Instant began, Outcome outcome) {
        long second = began.getEpochSecond();
        if (seconds.isEmpty() || second - first >= 2L * MOST) {
            return new SecondBySecond(second, List.of(Second.NOTHING.with(outcome)));
        }
        if (second < first) {
            return this;
        }
        List<Second> more = new ArrayList<>(seconds);
        int index = (int) (second - first);
        if (index >= more.size()) {
            more.addAll(Collections.nCopies(index - more.size() + 1, Second.NOTHING));
        }
        more.set(index, more.get(index).with(outcome));
        int gone = Math.max(0, more.size() - MOST);
        return new SecondBySecond(first + gone, more.subList(gone, more.size()));
    }
}
