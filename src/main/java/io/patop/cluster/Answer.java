package io.patop.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of one request: a value, or the reason why there is none, and how long it took either way.
 *
 * @param <T> the type of the value
 */
public sealed interface Answer<T> {

    /** The time from sending the request to the end of the answer, or to giving up. */
    Duration took();

    /** The value; empty if there is none. */
    Optional<T> value();

    /** The reason why there is no value; empty if there is one. */
    Optional<Failure> failure();

    /** This answer with its value changed by the function; a failure stays as it is. */
    <R> Answer<R> map(Function<? super T, ? extends R> change);

    /** An answer with a value. */
    record Given<T>(T given, Duration took) implements Answer<T> {

        @Override
        public Optional<T> value() {
            return Optional.of(given);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public <R> Answer<R> map(Function<? super T, ? extends R> change) {
            return new Given<>(change.apply(given), took);
        }
    }

    /** A failure instead of a value. */
    record Missing<T>(Failure why, Duration took) implements Answer<T> {

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(why);
        }

        @Override
        public <R> Answer<R> map(Function<? super T, ? extends R> change) {
            return new Missing<>(why, took);
        }
    }
}
