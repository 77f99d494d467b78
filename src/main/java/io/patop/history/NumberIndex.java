package io.patop.history;

import io.patop.probe.Outcome;
import java.util.BitSet;
import java.util.function.LongConsumer;

/**
 * What a history tells of each number: who inserted it, from when on it must be seen, and when it was seen last.
 * Numbers are dense, so that arrays are enough.
 */
final class NumberIndex {

    private static final int NONE = -1;

    private final int largest;
    /** Index of the insert plus one, 0 for none. */
    private final int[] inserts;
    /** Index plus one of the operation by which the number is known to be there first; 0 for none. */
    private final int[] witnesses;
    /** Index plus one of the read of the leader that saw it last; 0 for none. */
    private final int[] lastReads;

    private final BitSet refused = new BitSet();

    private NumberIndex(int largest) {
        this.largest = largest;
        this.inserts = new int[largest + 1];
        this.witnesses = new int[largest + 1];
        this.lastReads = new int[largest + 1];
    }

    static NumberIndex of(OperationHistory history) {
        long largest = 0;
        for (int at = 0; at < history.size(); at++) {
            if (history.isInsert(at)) {
                largest = Math.max(largest, history.value(at));
            }
        }
        NumberIndex index = new NumberIndex((int) largest);
        for (int at = 0; at < history.size(); at++) {
            if (history.isInsert(at)) {
                index.insert(history, at);
            } else if (history.isNumbersRead(at) && history.isOfLeader(at)) {
                index.read(history, at);
            }
        }
        return index;
    }

    private void insert(OperationHistory history, int at) {
        int number = (int) history.value(at);
        inserts[number] = at + 1;
        if (history.isAcknowledged(at)) {
            witness(history, number, at);
        } else if (history.outcome(at) == Outcome.REFUSED) {
            refused.set(number);
        }
    }

    private void read(OperationHistory history, int at) {
        history.numbers(at).forEach(number -> {
            if (number <= largest) {
                int seen = (int) number;
                witness(history, seen, at);
                if (lastReads[seen] == 0 || history.invoked(lastReads[seen] - 1) <= history.invoked(at)) {
                    lastReads[seen] = at + 1;
                }
            }
        });
    }

    /** Operations come in the order of their completion, so that the first witness is the earliest. */
    private void witness(OperationHistory history, int number, int at) {
        if (witnesses[number] == 0 || history.completed(at) < history.completed(witnesses[number] - 1)) {
            witnesses[number] = at + 1;
        }
    }

    /** Returns the largest number that was inserted. */
    int largest() {
        return largest;
    }

    /** Returns the index of the number's insert; negative if it is not over yet. */
    int insertOf(long number) {
        return number <= largest ? inserts[(int) number] - 1 : NONE;
    }

    /** Returns the index of the operation that first showed that the number is there; negative if none did. */
    int witnessOf(long number) {
        return witnesses[(int) number] - 1;
    }

    /** Returns the index of the read of the leader that began last of those that saw it; negative for none. */
    int lastReadOf(long number) {
        return lastReads[(int) number] - 1;
    }

    /** Calls with each number of the set whose write was refused. */
    void forEachRefused(NumberSet numbers, LongConsumer use) {
        numbers.forEachRun((first, last) -> {
            if (first <= largest) {
                for (int at = refused.nextSetBit((int) first); at >= 0 && at <= last; at = refused.nextSetBit(at + 1)) {
                    use.accept(at);
                }
            }
        });
    }
}
