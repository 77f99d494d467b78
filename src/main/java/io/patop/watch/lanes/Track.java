package io.patop.watch.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of one lane, each from its beginning to the beginning of the next. A lane that changes seldom is kept to
 * the millisecond for a day; one that changes often becomes coarser with age: in each piece of old time only the worst
 * state is kept.
 *
 * @param spans oldest first
 */
public record Track(List<Span> spans) {

    /** How long a state is remembered after it has ended. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** Nothing is known. */
    public static final Track EMPTY = new Track(List.of());

    private static final long FINEST_MILLIS = 1000;

    /** Pieces of one size that are kept before older time is cut into pieces of twice the size. */
    private static final long PIECES = 60;

    public Track {
        spans = List.copyOf(spans);
    }

    /** The present state; empty if nothing is known. */
    public Optional<Span> last() {
        return spans.isEmpty() ? Optional.empty() : Optional.of(spans.get(spans.size() - 1));
    }

    /**
     * The lane after a state began. A state that is said to have begun before the last one did begins with it, since
     * clocks and sources may be a little out of order.
     *
     * @param next the state and when it began
     * @param most how many spans may be kept, at least 2
     */
    public Track with(Span next, int most) {
        if (last().filter(next::isLike).isPresent()) {
            return this;
        }
        Span bounded = last().filter(last -> last.since().isAfter(next.since()))
                .map(last -> next.at(last.since()))
                .orElse(next);
        List<Span> longer = new ArrayList<>(spans);
        add(longer, bounded);
        return new Track(bounded(forgotten(longer), most));
    }

    /** The worst state of the time from a moment to another; empty if nothing is known of any of it. */
    public Optional<Span> worst(Instant from, Instant to) {
        Optional<Span> worst = Optional.empty();
        for (int i = Math.max(0, indexAt(from)); i < spans.size(); i++) {
            Span span = spans.get(i);
            if (!span.since().isBefore(to)) {
                break;
            }
            worst = Optional.of(worst.map(known -> known.worse(span)).orElse(span));
        }
        return worst;
    }

    /** Whether the lane has no other state than these in the time. */
    public boolean isOnly(Instant from, Instant to, List<LaneState> states) {
        for (int i = Math.max(0, indexAt(from)); i < spans.size(); i++) {
            if (!spans.get(i).since().isBefore(to)) {
                return true;
            }
            if (!states.contains(spans.get(i).state())) {
                return false;
            }
        }
        return true;
    }

    /** The index of the span that lasts at that time; -1 if it is before all of them. */
    private int indexAt(Instant time) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).since().isAfter(time)) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    /** Adds a span; one that begins with the last one replaces it. */
    private static void add(List<Span> spans, Span next) {
        if (!spans.isEmpty() && !spans.get(spans.size() - 1).since().isBefore(next.since())) {
            spans.remove(spans.size() - 1);
        }
        if (spans.isEmpty() || !spans.get(spans.size() - 1).isLike(next)) {
            spans.add(next);
        }
    }

    private static List<Span> forgotten(List<Span> spans) {
        Instant oldest = spans.get(spans.size() - 1).since().minus(KEPT);
        int first = 0;
        while (first + 1 < spans.size() && !spans.get(first + 1).since().isAfter(oldest)) {
            first++;
        }
        return spans.subList(first, spans.size());
    }

    /**
     * Makes old time coarser until few enough spans are left: first what is older than {@link #PIECES} pieces, then
     * everything.
     */
    private static List<Span> bounded(List<Span> spans, int most) {
        List<Span> fewer = spans;
        Instant last = spans.get(spans.size() - 1).since();
        for (long piece = FINEST_MILLIS; fewer.size() > most && piece * PIECES <= KEPT.toMillis(); piece *= 2) {
            fewer = coarser(fewer, piece, last.minusMillis(piece * PIECES));
        }
        for (long piece = FINEST_MILLIS; fewer.size() > most; piece *= 2) {
            fewer = coarser(fewer, piece, last);
        }
        return fewer;
    }

    /** Keeps the worst state of each piece of time before the limit. */
    private static List<Span> coarser(List<Span> spans, long piece, Instant limit) {
        long end = Math.floorDiv(limit.toEpochMilli(), piece) * piece;
        List<Span> coarse = new ArrayList<>();
        int i = 0;
        Optional<Span> carried = Optional.empty();
        while (i < spans.size() && spans.get(i).since().toEpochMilli() < end) {
            long first = Math.floorDiv(spans.get(i).since().toEpochMilli(), piece) * piece;
            Instant begin = carried.isPresent()
                    ? Instant.ofEpochMilli(first)
                    : spans.get(i).since();
            Span worst = carried.orElse(spans.get(i));
            Span last = worst;
            for (; i < spans.size() && spans.get(i).since().toEpochMilli() < first + piece; i++) {
                last = spans.get(i);
                worst = worst.worse(last);
            }
            add(coarse, worst.at(begin));
            if (!last.isLike(worst)) {
                add(coarse, last.at(Instant.ofEpochMilli(first + piece)));
            }
            carried = Optional.of(last);
        }
        for (; i < spans.size(); i++) {
            add(coarse, spans.get(i));
        }
        return coarse;
    }
}
