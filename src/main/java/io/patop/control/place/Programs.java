package io.patop.control.place;

import java.time.Duration;
import java.util.List;

/** Runs programs. */
public interface Programs {

    /** What came of a program. */
    sealed interface Result {
        /** Does what the cases say for this one. */
        <R> R choose(Cases<R> cases);
    }

    /**
     * What is made of a program's end, case by case.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        /** For {@link NotStarted}. */
        R notStarted(NotStarted none);

        /** For {@link Ended}. */
        R ended(Ended ended);

        /** For {@link TookTooLong}. */
        R tookTooLong(TookTooLong late);
    }

    /**
     * The program was not started.
     *
     * @param why in one line
     */
    record NotStarted(String why) implements Result {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.notStarted(this);
        }
    }

    /**
     * The program has ended by itself.
     *
     * @param code its exit code
     * @param said the end of what it said, in one line; empty if it said nothing. What it said as an error goes before
     *     all else
     * @param output the end of what it said as its result, in one line
     */
    record Ended(int code, String said, String output) implements Result {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.ended(this);
        }
    }

    /**
     * The program took too long, and was ended.
     *
     * @param said the end of what it had said by then, in one line
     */
    record TookTooLong(String said) implements Result {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.tookTooLong(this);
        }
    }

    /**
     * Runs the program, without any input and without a terminal, and waits for its end.
     *
     * @param command the program and its arguments
     * @param longest after which it is ended
     */
    Result run(List<String> command, Duration longest);
}
