package io.patop.watch.lanes;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything that the lanes of a cluster show.
 *
 * @param members the lane of each member
 * @param key who holds the leader key
 * @param proxies where each HAProxy sends sessions for the leader
 * @param writes of the probe
 * @param reads of the probe; without a try if it does not read
 * @param watching when somebody watched: any state but {@link LaneState#UNWATCHED}
 * @param figures those that have a graph
 * @param latest the latest time of any observation: what comes with an earlier one, since a clock was set back, is
 *     noted at this time
 */
public record Lanes(
        Tracks members,
        Track key,
        Tracks proxies,
        AttemptHistory writes,
        AttemptHistory reads,
        Track watching,
        GraphedFigures figures,
        Instant latest) {

    /** Nothing has been observed. */
    public static final Lanes EMPTY = new Lanes(
            Tracks.NONE,
            Track.EMPTY,
            Tracks.NONE,
            AttemptHistory.NONE,
            AttemptHistory.NONE,
            Track.EMPTY,
            GraphedFigures.NONE,
            Instant.MIN);

    /** When watching began, or the oldest that is remembered; empty before the first observation. */
    public Optional<Instant> since() {
        return watching.spans().stream().findFirst().map(Span::since);
    }

    /** Whether nobody watched for some of that time: before the start, or in a monitoring gap. */
    public boolean isUnwatched(Instant from, Instant to) {
        return watching.worst(from, to)
                .filter(span -> span.state() != LaneState.UNWATCHED)
                .isEmpty();
    }

    public Lanes withMembers(Tracks now) {
        return new Lanes(now, key, proxies, writes, reads, watching, figures, latest);
    }

    public Lanes withKey(Track now) {
        return new Lanes(members, now, proxies, writes, reads, watching, figures, latest);
    }

    public Lanes withProxies(Tracks now) {
        return new Lanes(members, key, now, writes, reads, watching, figures, latest);
    }

    public Lanes withWrites(AttemptHistory now) {
        return new Lanes(members, key, proxies, now, reads, watching, figures, latest);
    }

    public Lanes withReads(AttemptHistory now) {
        return new Lanes(members, key, proxies, writes, now, watching, figures, latest);
    }

    public Lanes withWatching(Track now) {
        return new Lanes(members, key, proxies, writes, reads, now, figures, latest);
    }

    public Lanes withFigures(GraphedFigures now) {
        return new Lanes(members, key, proxies, writes, reads, watching, now, latest);
    }

    /** The lanes at that time, or at the latest one if it is earlier. */
    public Lanes at(Instant time) {
        return new Lanes(members, key, proxies, writes, reads, watching, figures, time.isAfter(latest) ? time : latest);
    }
}
