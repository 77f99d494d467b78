package io.patop.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of write numbers, kept as ranges, since a day of writes then takes only a few.
 *
 * @param ranges in ascending order, with a gap between each two
 */
public record Numbers(List<Range> ranges) {

    /** The empty set. */
    public static final Numbers NONE = new Numbers(List.of());

    /**
     * All numbers from the first to the last.
     *
     * @param first lowest
     * @param last highest, not below the first
     */
    public record Range(long first, long last) {
        public Range {
            if (last < first) {
                throw new IllegalArgumentException("a range from " + first + " to " + last);
            }
        }

        private String text() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    /** Checks that the ranges ascend and do not overlap or touch. */
    public Numbers {
        ranges = List.copyOf(ranges);
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).first() <= ranges.get(i - 1).last() + 1) {
                throw new IllegalArgumentException("no gap before " + ranges.get(i));
            }
        }
    }

    /** The set of these numbers, given in any order. */
    public static Numbers of(long... numbers) {
        Numbers all = NONE;
        for (long number : numbers) {
            all = all.with(number);
        }
        return all;
    }

    /** This set with one more number. */
    public Numbers with(long number) {
        if (!ranges.isEmpty()) {
            Range last = ranges.get(ranges.size() - 1);
            if (number > last.last() + 1) {
                List<Range> more = new ArrayList<>(ranges);
                more.add(new Range(number, number));
                return new Numbers(more);
            }
        }
        return and(new Numbers(List.of(new Range(number, number))));
    }

    /** The union of both sets. */
    public Numbers and(Numbers others) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(others.ranges);
        all.sort((one, other) -> Long.compare(one.first(), other.first()));
        List<Range> joined = new ArrayList<>();
        for (Range range : all) {
            int before = joined.size() - 1;
            if (before >= 0 && range.first() <= joined.get(before).last() + 1) {
                Range old = joined.get(before);
                joined.set(before, new Range(old.first(), Math.max(old.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return new Numbers(joined);
    }

    /** This set without the numbers of the other. */
    public Numbers without(Numbers those) {
        List<Range> left = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            long from = range.first();
            while (next < those.ranges.size() && those.ranges.get(next).last() < from) {
                next++;
            }
            int at = next;
            while (at < those.ranges.size() && those.ranges.get(at).first() <= range.last()) {
                Range hole = those.ranges.get(at);
                if (hole.first() > from) {
                    left.add(new Range(from, hole.first() - 1));
                }
                from = hole.last() + 1;
                at++;
            }
            if (from <= range.last()) {
                left.add(new Range(from, range.last()));
            }
        }
        return new Numbers(left);
    }

    /** The numbers that are in both sets. */
    public Numbers common(Numbers others) {
        return without(without(others));
    }

    /** How many numbers the set has. */
    public long count() {
        return ranges.stream()
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
    }

    /** Whether the set is empty. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The set as text: {@code 4-6, 9, 12-40}; after that many ranges {@code and 17 more} numbers. */
    public String text(int most) {
        String shown = ranges.stream().limit(most).map(Range::text).collect(Collectors.joining(", "));
        long more = count() - new Numbers(ranges.subList(0, Math.min(most, ranges.size()))).count();
        return more == 0 ? shown : shown + " and " + more + " more";
    }
}
