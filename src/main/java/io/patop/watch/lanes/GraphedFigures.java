package io.patop.watch.lanes;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of the last minutes that have a graph. Those of members are kept for at most {@link #MOST_MEMBERS}.
 *
 * @param answerTimes how long each member's API took, in milliseconds
 * @param positions of each member in the WAL, in bytes: written, else replayed
 * @param sessions of each HAProxy
 */
public record GraphedFigures(
        Map<String, Trail> answerTimes, Map<String, Trail> positions, Map<String, Trail> sessions) {

    /** How many members have figures: those that came first. */
    public static final int MOST_MEMBERS = 64;

    /** No figures. */
    public static final GraphedFigures NONE = new GraphedFigures(Map.of(), Map.of(), Map.of());

    public GraphedFigures {
        answerTimes = Map.copyOf(answerTimes);
        positions = Map.copyOf(positions);
        sessions = Map.copyOf(sessions);
    }

    public GraphedFigures withAnswerTime(String member, Instant at, double millis) {
        return new GraphedFigures(with(answerTimes, member, at, millis), positions, sessions);
    }

    public GraphedFigures withPosition(String member, Instant at, double bytes) {
        return new GraphedFigures(answerTimes, with(positions, member, at, bytes), sessions);
    }

    public GraphedFigures withSessions(String proxy, Instant at, double count) {
        return new GraphedFigures(answerTimes, positions, with(sessions, proxy, at, count));
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged trail is the same one; comparing all points would be slow
    private static Map<String, Trail> with(Map<String, Trail> trails, String name, Instant at, double value) {
        Trail before = trails.getOrDefault(name, Trail.EMPTY);
        Trail after = before.with(at, value);
        if (after == before || (!trails.containsKey(name) && trails.size() >= MOST_MEMBERS)) {
            return trails;
        }
        Map<String, Trail> changed = new TreeMap<>(trails);
        changed.put(name, after);
        return changed;
    }
}
