package io.patop.probe;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The probe's own record of its writes, to be compared with the rows in the database. Used by one thread. */
final class Ledger {

    private Numbers acknowledged = Numbers.NONE;
    private Numbers refused = Numbers.NONE;
    private Numbers unknown = Numbers.NONE;

    void note(long number, Outcome outcome) {
        switch (outcome) {
            case ACKNOWLEDGED -> acknowledged = acknowledged.with(number);
            case REFUSED -> refused = refused.with(number);
            case UNKNOWN -> unknown = unknown.with(number);
        }
    }

    /** The record as it is now. Writes made while the rows are read are not looked for in them. */
    Page page() {
        return new Page(acknowledged, refused, unknown);
    }

    /** Forgets the writes up to that number, which have been read back and removed. */
    void forget(long upTo) {
        Numbers old = new Numbers(java.util.List.of(new Numbers.Range(Long.MIN_VALUE / 2, upTo)));
        acknowledged = acknowledged.without(old);
        refused = refused.without(old);
        unknown = unknown.without(old);
    }

    /**
     * The record at one moment.
     *
     * @param acknowledged writes
     * @param refused writes
     * @param unknown writes
     */
    record Page(Numbers acknowledged, Numbers refused, Numbers unknown) {

        Verdict against(Found found, Instant at, Optional<Server> server, boolean last) {
            return new Verdict(
                    at,
                    server,
                    acknowledged.count(),
                    acknowledged.without(found.numbers),
                    unknown.common(found.numbers),
                    unknown.without(found.numbers),
                    found.twice,
                    refused.common(found.numbers),
                    last);
        }
    }

    /** Collects the numbers that were read, in ascending order. */
    static final class Found implements LongConsumer {
        private Numbers numbers = Numbers.NONE;
        private Numbers twice = Numbers.NONE;
        private long first;
        private long last = Long.MIN_VALUE;

        @Override
        public void accept(long number) {
            if (number == last) {
                twice = twice.with(number);
            } else if (number == last + 1) {
                last = number;
            } else {
                flush();
                first = number;
                last = number;
            }
        }

        /** Ends the collection. */
        Found done() {
            flush();
            return this;
        }

        private void flush() {
            if (last != Long.MIN_VALUE) {
                numbers = numbers.and(new Numbers(java.util.List.of(new Numbers.Range(first, last))));
            }
        }
    }
}
