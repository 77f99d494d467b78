package io.patop.watch.bill;

import java.time.Duration;

/**
 * The bounds of one stage of an outage.
 *
 * @param stage the stage
 * @param least the shortest that it takes
 * @param most the longest that it takes
 * @param rule the setting that rules it, and where that is known from
 */
public record Term(Stage stage, Duration least, Duration most, String rule) {
    public Term {
        least = least.isNegative() ? Duration.ZERO : least;
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException(stage + " takes at least " + least + " and at most " + most);
        }
    }
}
