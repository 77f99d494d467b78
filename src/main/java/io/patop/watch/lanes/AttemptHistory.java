package io.patop.watch.lanes;

import java.time.Instant;
import java.util.List;

/**
 * The probe's tries of the last 24 hours: in cells of 0.2 s for ten minutes, of 2 s for two hours, of 20 s for the
 * rest.
 *
 * @param grids the finest first
 */
public record AttemptHistory(List<AttemptGrid> grids) {

    /** No try. */
    public static final AttemptHistory NONE =
            new AttemptHistory(List.of(AttemptGrid.of(200, 61), AttemptGrid.of(2000, 73), AttemptGrid.of(20_000, 87)));

    public AttemptHistory {
        grids = List.copyOf(grids);
    }

    /**
     * The tries and one more, which is noted in each cell that it lasted in: a write that hung is seen as long as it
     * hung.
     */
    public AttemptHistory with(Instant began, Instant ended, AttemptCell outcome) {
        return new AttemptHistory(grids.stream()
                .map(grid -> grid.with(began.isAfter(ended) ? ended : began, ended, outcome))
                .toList());
    }

    /** What became of the tries from a moment to another. */
    public AttemptCell between(Instant from, Instant to) {
        for (AttemptGrid grid : grids) {
            if (grid.reaches(from)) {
                return grid.tries(from, to);
            }
        }
        return grids.get(grids.size() - 1).tries(from, to);
    }
}
