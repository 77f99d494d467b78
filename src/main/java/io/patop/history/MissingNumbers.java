package io.patop.history;

import io.patop.history.Anomaly.Kind;
import io.patop.history.HistoryChecker.Found;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds numbers that a read of the leader does not show, though they were acknowledged, or shown by an earlier read of
 * the leader, before it began. A number that a later read shows again was not lost: that read was answered by a
 * server that was behind.
 */
final class MissingNumbers {

    private static final int NONE = -1;

    private final OperationHistory history;
    private final NumberIndex index;
    private final Claims claims;
    private final Terms terms;
    /** Index plus one of the first read that lacks each number; 0 for none. */
    private final int[] missedBy;

    private final Map<Group, Case> cases = new LinkedHashMap<>();

    /** Losses of one server's writes, or what one read lacked: told as one. */
    private record Group(Kind kind, boolean violation, int of) {}

    /** One group's numbers. */
    private static final class Case {
        private final long first;
        private long last;
        private long count;

        Case(long first) {
            this.first = first;
        }
    }

    MissingNumbers(OperationHistory history, NumberIndex index, Claims claims) {
        this.history = history;
        this.index = index;
        this.claims = claims;
        this.terms = Terms.of(history);
        this.missedBy = new int[index.largest() + 1];
    }

    void check(Found found) {
        long known = 0;
        for (int at = 0; at < history.size(); at++) {
            if (history.isInsert(at)) {
                known = Math.max(known, history.value(at));
            } else if (history.isNumbersRead(at) && history.isOfLeader(at)) {
                note(at, Math.min(known, index.largest()));
                known = Math.max(known, history.numbers(at).largest());
            }
        }
        for (int number = 1; number < missedBy.length; number++) {
            if (missedBy[number] > 0) {
                sort(number, missedBy[number] - 1);
            }
        }
        cases.forEach((group, what) -> found.add(anomaly(group, what)));
    }

    /** Notes what a read lacks, up to the largest number that was known by then. */
    private void note(int read, long known) {
        history.numbers(read).forEachMissing(history.value(read), known, missing -> {
            int number = (int) missing;
            int witness = index.witnessOf(number);
            if (missedBy[number] == 0 && witness >= 0 && history.completed(witness) < history.invoked(read)) {
                missedBy[number] = read + 1;
            }
        });
    }

    private void sort(long number, int read) {
        int insert = index.insertOf(number);
        boolean acknowledged = insert >= 0 && history.isAcknowledged(insert);
        int last = index.lastReadOf(number);
        boolean back = last >= 0 && history.invoked(last) > history.completed(read);
        Kind kind = back || !acknowledged ? Kind.WENT_BACK : Kind.LOST;
        boolean allowed = !back && insert >= 0 && terms.isAtRisk(insert, claims);
        int of = kind == Kind.LOST ? history.server(insert) : read;
        Case group = cases.computeIfAbsent(new Group(kind, !allowed, of), first -> new Case(number));
        group.last = number;
        group.count += 1;
    }

    private Anomaly anomaly(Group group, Case what) {
        boolean one = what.count == 1;
        String numbers = one ? "number " + what.first : what.count + " numbers, " + what.first + " to " + what.last;
        String text = group.kind() == Kind.LOST
                ? numbers + (one ? " was" : " were") + " acknowledged and " + (one ? "is" : "are") + " gone"
                : "a read of the leader lacks " + numbers + ", which " + (one ? "was" : "were")
                        + " there before it began";
        int insert = index.insertOf(what.last);
        int read = missedBy[(int) what.last] - 1;
        return HistoryChecker.anomaly(
                history,
                group.kind(),
                group.violation(),
                text,
                insert,
                index.witnessOf(what.last),
                insert < 0 ? NONE : terms.nextWrite(history.server(insert), read),
                read,
                index.lastReadOf(what.last));
    }
}
