package io.patop.control;

import java.time.Duration;
import java.util.Optional;

/**
 * A command to patop itself, such as writing a file or moving a replay. It never reaches the cluster, so it needs no
 * confirmation, works in a read-only session, and is no event.
 */
public sealed interface LocalCommand {

    /** One method for each kind of command. */
    interface Visitor {
        void recording(Recording wish);

        void export(Export wish);

        void save(Save wish);

        void film(Film wish);

        void wind(Wind wish);
    }

    /** Calls the visitor's method for this kind. */
    void accept(Visitor visitor);

    /**
     * Records the session, from the oldest observation that is kept; or ends the present recording.
     *
     * @param file to write; empty for a name made from the cluster's and the time, or to end the recording
     */
    record Recording(Optional<String> file) implements LocalCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.recording(this);
        }
    }

    /**
     * Writes the session's events and failovers.
     *
     * @param file the file; its name tells the format: {@code .md} or {@code .json}
     */
    record Export(String file) implements LocalCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.export(this);
        }
    }

    /**
     * Writes given content to a file.
     *
     * @param file to write; empty for a name made from the cluster's and the time
     * @param extension of that made name, as {@code .svg}
     * @param content the whole content
     */
    record Save(Optional<String> file, String extension, String content) implements LocalCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.save(this);
        }
    }

    /**
     * Records the screen as a film, or ends the present film.
     *
     * @param file to write, an asciicast; empty for a name made from the cluster's and the time, or to end it
     */
    record Film(Optional<String> file) implements LocalCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.film(this);
        }
    }

    /** A command to a replay. */
    sealed interface Wind extends LocalCommand {

        /** One method for each way to move a replay. */
        interface Moves {
            void playOrPause();

            void step(int observations);

            void byEvents(int events);

            void by(Duration time);

            void to(Duration sinceStart);

            void speed(double times);
        }

        /** Calls the method for this way. */
        void move(Moves moves);

        @Override
        default void accept(Visitor visitor) {
            visitor.wind(this);
        }

        /** Plays or pauses. At the end of the recording it starts again from the beginning. */
        record PlayOrPause() implements Wind {
            @Override
            public void move(Moves moves) {
                moves.playOrPause();
            }
        }

        /**
         * Pauses, and moves by a number of observations.
         *
         * @param observations forward; back if negative
         */
        record Step(int observations) implements Wind {
            @Override
            public void move(Moves moves) {
                moves.step(observations);
            }
        }

        /**
         * Moves by a number of events.
         *
         * @param events forward; back if negative
         */
        record ByEvents(int events) implements Wind {
            @Override
            public void move(Moves moves) {
                moves.byEvents(events);
            }
        }

        /**
         * Moves by a duration.
         *
         * @param time forward; back if negative
         */
        record By(Duration time) implements Wind {
            @Override
            public void move(Moves moves) {
                moves.by(time);
            }
        }

        /**
         * Moves to a time.
         *
         * @param sinceStart from the recording's start
         */
        record To(Duration sinceStart) implements Wind {
            @Override
            public void move(Moves moves) {
                moves.to(sinceStart);
            }
        }

        /**
         * Sets the speed.
         *
         * @param times how many times faster than in the recording
         */
        record Speed(double times) implements Wind {
            /** The slowest. */
            public static final double MIN = 0.1;

            /** The fastest. */
            public static final double MAX = 1000;

            /** Checks that the speed is between {@link #MIN} and {@link #MAX}. */
            public Speed {
                if (!(times >= MIN && times <= MAX)) {
                    throw new IllegalArgumentException("a speed is 0.1 to 1000 times, not " + times);
                }
            }

            @Override
            public void move(Moves moves) {
                moves.speed(times);
            }
        }
    }
}
