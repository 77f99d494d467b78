package io.patop.watch.lanes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The tries of the latest time in cells of one length. It is immutable: a change copies one page of cells and the list
 * of pages.
 *
 * @param millis length of a cell in milliseconds
 * @param most how many pages are kept
 * @param first number of the first page, since the epoch
 * @param pages of {@link #PAGE} cells each, oldest first; an empty page holds no try
 */
public record AttemptGrid(long millis, int most, long first, List<List<AttemptCell>> pages) {

    /** How many cells a page has. */
    static final int PAGE = 50;

    private static final List<AttemptCell> BLANK = Collections.nCopies(PAGE, AttemptCell.NOTHING);

    public AttemptGrid {
        pages = List.copyOf(pages);
    }

    static AttemptGrid of(long millis, int pages) {
        return new AttemptGrid(millis, pages, 0, List.of());
    }

    /** Whether the grid reaches back to that time. */
    boolean reaches(Instant time) {
        return !pages.isEmpty() && cell(time) >= first * PAGE;
    }

    /** The grid with a try that lasted from a moment to another; it is noted in each cell that it lasted in. */
    AttemptGrid with(Instant began, Instant ended, AttemptCell outcome) {
        long last = cell(ended);
        long begin = Math.min(last, Math.max(cell(began), last - (long) (most - 1) * PAGE));
        AttemptGrid grid = upTo(Math.floorDiv(last, PAGE));
        List<List<AttemptCell>> changed = new ArrayList<>(grid.pages);
        for (long page = Math.max(grid.first, Math.floorDiv(begin, PAGE)); page <= Math.floorDiv(last, PAGE); page++) {
            int index = (int) (page - grid.first);
            List<AttemptCell> cells = new ArrayList<>(changed.get(index).isEmpty() ? BLANK : changed.get(index));
            for (int i = 0; i < PAGE; i++) {
                long cell = page * PAGE + i;
                if (cell >= begin && cell <= last) {
                    cells.set(i, cells.get(i).and(outcome));
                }
            }
            changed.set(index, List.copyOf(cells));
        }
        return new AttemptGrid(millis, most, grid.first, changed);
    }

    /** All tries from a moment to another. */
    AttemptCell tries(Instant from, Instant to) {
        AttemptCell all = AttemptCell.NOTHING;
        long end = Math.max(cell(from), cell(to.minusNanos(1)));
        for (long cell = Math.max(cell(from), first * PAGE); cell <= end; cell++) {
            Optional<List<AttemptCell>> page = page(Math.floorDiv(cell, PAGE));
            if (page.isEmpty()) {
                break;
            }
            if (!page.get().isEmpty()) {
                all = all.and(page.get().get(Math.floorMod(cell, PAGE)));
            }
        }
        return all;
    }

    /** The grid with pages up to that one, and without the oldest beyond the maximum. */
    private AttemptGrid upTo(long page) {
        if (pages.isEmpty() || page - first >= 2L * most) {
            return new AttemptGrid(millis, most, page, List.of(List.of()));
        }
        List<List<AttemptCell>> longer = new ArrayList<>(pages);
        while (first + longer.size() <= page) {
            longer.add(List.of());
        }
        int gone = Math.max(0, longer.size() - most);
        return new AttemptGrid(millis, most, first + gone, longer.subList(gone, longer.size()));
    }

    private Optional<List<AttemptCell>> page(long page) {
        return page < first || page - first >= pages.size()
                ? Optional.empty()
                : Optional.of(pages.get((int) (page - first)));
    }

    private long cell(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), millis);
    }
}
