package io.patop.history;

import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.util.Optional;

/**
 * One operation of one client, as the client saw it. Times are microseconds since the history's beginning, by one
 * clock for all clients; the operation took effect at some moment between them, if it did.
 *
 * @param client the client's number, from 1
 * @param invoked when the client began
 * @param completed when it knew the outcome, or gave up
 * @param outcome acknowledged also stands for a read that was answered
 * @param route whether it was sent to the leader or to a replica
 * @param server the server that answered; empty if none did
 * @param action what was done
 */
public record Operation(
        int client,
        long invoked,
        long completed,
        Outcome outcome,
        Route route,
        Optional<Server> server,
        Action action) {

    /** The way to a server: through the proxy to the leader, or to any replica. */
    public enum Route {
        LEADER,
        REPLICA
    }

    /** What a client does. */
    public sealed interface Action {
        /** Does what the cases say for this one. */
        <R> R choose(Cases<R> cases);
    }

    /**
     * What is made of an action, case by case.
     *
     * @param <R> what comes of it
     */
    public interface Cases<R> {
        /** For {@link Insert}. */
        R insert(Insert insert);

        /** For {@link Transfer}. */
        R transfer(Transfer transfer);

        /** For {@link NumbersRead}. */
        R numbersRead(NumbersRead read);

        /** For {@link SumRead}. */
        R sumRead(SumRead read);
    }

    /** A row with this number is inserted; each number is used once, and they are dense from 1. */
    public record Insert(long number) implements Action {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.insert(this);
        }
    }

    /** The amount is moved from one account to another, in one transaction. */
    public record Transfer(int from, int to, long amount) implements Action {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.transfer(this);
        }
    }

    /**
     * All numbers above a limit are read.
     *
     * @param above the limit
     * @param numbers what was there; empty if there was no answer
     */
    public record NumbersRead(long above, NumberSet numbers) implements Action {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.numbersRead(this);
        }
    }

    /** The sum of all accounts is read. */
    public record SumRead(long sum) implements Action {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.sumRead(this);
        }
    }

    public Operation {
        if (client < 1 || client > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a client's number is 1 to " + Short.MAX_VALUE + ", not " + client);
        }
        if (invoked < 0 || completed < invoked) {
            throw new IllegalArgumentException("an operation ends after it began: " + invoked + ", " + completed);
        }
        if (action instanceof Insert insert && (insert.number() < 1 || insert.number() > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("numbers are 1 to " + Integer.MAX_VALUE);
        }
    }

    /** Returns whether a server said that it is done. */
    public boolean isAcknowledged() {
        return outcome == Outcome.ACKNOWLEDGED;
    }

    /** Returns whether it changes the database. */
    public boolean isWrite() {
        return action instanceof Insert || action instanceof Transfer;
    }
}
