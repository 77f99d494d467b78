package io.patop.history;

import io.patop.history.Anomaly.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves from a history what the cluster did wrong, or finds nothing. What a client cannot know may be either way: a
 * write of unknown outcome may be there or not, and operations at the same time may have happened in any order. So
 * all that is found did happen.
 */
public final class HistoryChecker {

    /** Most anomalies of a kind that are told; all are counted. */
    private static final int TOLD = 5;

    private final Claims claims;

    public HistoryChecker(Claims claims) {
        this.claims = claims;
    }

    /** Checks the whole history; takes time in proportion to its length. */
    public CheckResult check(OperationHistory history) {
        Found found = new Found();
        NumberIndex index = NumberIndex.of(history);
        checkReads(history, index, found);
        new MissingNumbers(history, index, claims).check(found);
        WritableServers.check(history, found);
        checkSums(history, found);
        return found.result(history.size());
    }

    /** Finds numbers that a read gave twice, and those that a server had refused. */
    private static void checkReads(OperationHistory history, NumberIndex index, Found found) {
        for (int read = 0; read < history.size(); read++) {
            if (!history.isNumbersRead(read)) {
                continue;
            }
            int at = read;
            for (long number : history.numbers(read).repeated()) {
                found.once(
                        Kind.TWICE,
                        number,
                        () -> anomaly(
                                history,
                                Kind.TWICE,
                                "number " + number + " was written once and is there twice",
                                index.insertOf(number),
                                at));
            }
            index.forEachRefused(
                    history.numbers(read),
                    number -> found.once(
                            Kind.REFUSED_VISIBLE,
                            number,
                            () -> anomaly(
                                    history,
                                    Kind.REFUSED_VISIBLE,
                                    "the write of number " + number + " was refused, and it is there",
                                    index.insertOf(number),
                                    at)));
        }
    }

    private void checkSums(OperationHistory history, Found found) {
        int right = -1;
        for (int read = 0; read < history.size(); read++) {
            if (history.isSumRead(read)) {
                if (history.value(read) == claims.total()) {
                    right = read;
                } else {
                    found.add(anomaly(
                            history,
                            Kind.SUM_CHANGED,
                            "the accounts have " + history.value(read) + " together, not " + claims.total(),
                            right,
                            read));
                }
            }
        }
    }

    private static Anomaly anomaly(OperationHistory history, Kind kind, String text, int... proof) {
        return anomaly(history, kind, true, text, proof);
    }

    /** Makes an anomaly; a negative index in its proof stands for an operation that there is not. */
    static Anomaly anomaly(OperationHistory history, Kind kind, boolean violation, String text, int... proof) {
        List<Operation> operations = Arrays.stream(proof)
                .filter(index -> index >= 0)
                .distinct()
                .mapToObj(history::get)
                .sorted(Comparator.comparingLong(Operation::completed))
                .toList();
        return new Anomaly(kind, violation, text, operations);
    }

    /** The anomalies found so far. */
    static final class Found {
        private final List<Anomaly> anomalies = new ArrayList<>();
        private final Map<Kind, Long> totals = new EnumMap<>(Kind.class);
        private final Map<Kind, Set<Long>> seen = new EnumMap<>(Kind.class);

        /** Makes an anomaly when it is told. */
        interface Making {
            Anomaly make();
        }

        void add(Anomaly anomaly) {
            long before = totals.merge(anomaly.kind(), 1L, Long::sum) - 1;
            if (before < TOLD) {
                anomalies.add(anomaly);
            }
        }

        /** Adds an anomaly of this number, unless there is one of this kind already. */
        void once(Kind kind, long number, Making making) {
            if (seen.computeIfAbsent(kind, first -> new HashSet<>()).add(number)) {
                add(making.make());
            }
        }

        CheckResult result(int operations) {
            return new CheckResult(anomalies, totals, operations);
        }
    }
}
