package io.patop.control;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a person asks of patop itself: a file to be written, a replay to be wound. Nothing of it reaches
 * the cluster, so it needs no question, works in a read-only session, and is no event.
 */
public sealed interface LocalCommand {

    /**
     * Records the session, from as far back as it is kept; or ends the recording that is under way.
     *
     * @param file to write; empty for a name made from the cluster's and the time, or to end the recording
     */
    record Recording(Optional<String> file) implements LocalCommand {
        /** Checks that it is there. */
        public Recording {
            Objects.requireNonNull(file, "file");
        }
    }

    /**
     * Writes the session's events and failovers.
     *
     * @param file whose name tells the format: {@code .md} or {@code .json}
     */
    record Export(String file) implements LocalCommand {
        /** Checks that it is there. */
        public Export {
            Objects.requireNonNull(file, "file");
        }
    }

    /**
     * Writes what has been made for it.
     *
     * @param file to write; empty for a name made from the cluster's and the time
     * @param extension of such a name, as {@code .svg}
     * @param content all of it
     */
    record Save(Optional<String> file, String extension, String content) implements LocalCommand {
        /** Checks that all parts are there. */
        public Save {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(extension, "extension");
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * Films the screen, or ends the film that is being made.
     *
     * @param file to write, an asciicast; empty for a name made from the cluster's and the time, or to end it
     */
    record Film(Optional<String> file) implements LocalCommand {
        /** Checks that it is there. */
        public Film {
            Objects.requireNonNull(file, "file");
        }
    }

    /** Something that is asked of a replay. */
    sealed interface Wind extends LocalCommand {

        /** Plays on, or pauses. From the end it begins again. */
        record PlayOrPause() implements Wind {}

        /**
         * Pauses, and goes by some observations.
         *
         * @param observations forward; back if negative
         */
        record Step(int observations) implements Wind {}

        /**
         * Goes by some events.
         *
         * @param events forward; back if negative
         */
        record ByEvents(int events) implements Wind {}

        /**
         * Goes by a time.
         *
         * @param time forward; back if negative
         */
        record By(Duration time) implements Wind {
            /** Checks that it is there. */
            public By {
                Objects.requireNonNull(time, "time");
            }
        }

        /**
         * Goes to a time.
         *
         * @param sinceStart from the recording's start
         */
        record To(Duration sinceStart) implements Wind {
            /** Checks that it is there. */
            public To {
                Objects.requireNonNull(sinceStart, "sinceStart");
            }
        }

        /**
         * Sets the pace.
         *
         * @param times how many times faster than it was
         */
        record Speed(double times) implements Wind {
            /** The slowest. */
            public static final double MIN = 0.1;

            /** The fastest. */
            public static final double MAX = 1000;

            /** Refuses what is no pace. */
            public Speed {
                if (!(times >= MIN && times <= MAX)) {
                    throw new IllegalArgumentException("a speed is 0.1 to 1000 times, not " + times);
                }
            }
        }
    }
}
