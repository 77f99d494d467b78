package io.patop.watch.model;

import io.patop.probe.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The outcomes of the tries of the last minutes, by the second in which each try began.
 *
 * @param first the first second, since the epoch
 * @param seconds one after the other, at most {@link #MOST}
 */
public record SecondBySecond(long first, List<Second> seconds) {

    /** How many seconds are kept. */
    public static final int MOST = 600;

    /** No seconds: nothing has been tried. */
    public static final SecondBySecond EMPTY = new SecondBySecond(0, List.of());

    /**
     * The outcomes of one second.
     *
     * @param acknowledged the number of tries
     * @param refused the number of tries
     * @param unknown the number of tries
     */
    public record Second(int acknowledged, int refused, int unknown) {

        /** A second without a try, or without a known outcome yet. */
        public static final Second NOTHING = new Second(0, 0, 0);

        private Second with(Outcome outcome) {
            return switch (outcome) {
                case ACKNOWLEDGED -> new Second(acknowledged + 1, refused, unknown);
                case REFUSED -> new Second(acknowledged, refused + 1, unknown);
                case UNKNOWN -> new Second(acknowledged, refused, unknown + 1);
            };
        }
    }

    public SecondBySecond {
        seconds = List.copyOf(seconds);
    }

    /** The second that began at that time since the epoch. */
    public Second at(long epochSecond) {
        long index = epochSecond - first;
        return index < 0 || index >= seconds.size() ? Second.NOTHING : seconds.get((int) index);
    }

    /** The seconds with one more outcome. A try that began before the oldest kept second is dropped. */
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
