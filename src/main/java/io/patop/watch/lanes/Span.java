package io.patop.watch.lanes;

import java.time.Instant;
import java.util.Optional;

/**
 * The beginning of a state in a lane. It lasts until the next span of the lane begins.
 *
 * @param since when the state began
 * @param state the state
 * @param member who holds the key, or gets the sessions; empty in every other state, and if several get them
 */
public record Span(Instant since, LaneState state, Optional<String> member) {

    /** A state that names no member. */
    public static Span of(Instant since, LaneState state) {
        return new Span(since, state, Optional.empty());
    }

    /** Whether the other span has the same state and member. */
    boolean isLike(Span other) {
        return state == other.state && member.equals(other.member);
    }

    Span at(Instant later) {
        return later.equals(since) ? this : new Span(later, state, member);
    }

    /** The worse of the two; the other, later one if neither is. */
    Span worse(Span other) {
        return state.isWorseThan(other.state) ? this : other;
    }
}
