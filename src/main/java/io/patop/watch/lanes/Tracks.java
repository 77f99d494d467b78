package io.patop.watch.lanes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Lanes by name, which share a bounded number of spans: the more lanes, the fewer spans for each. A change copies one
 * list.
 *
 * @param all sorted by name
 */
public record Tracks(List<NamedTrack> all) {

    /** No lanes. */
    public static final Tracks NONE = new Tracks(List.of());

    /** How many spans a lane of a small cluster keeps. */
    static final int MOST = 600;

    /** How many spans a lane keeps however many lanes there are. */
    static final int FEWEST = 12;

    private static final int SHARED = 12_000;
    private static final Comparator<NamedTrack> BY_NAME = Comparator.comparing(NamedTrack::name);

    public Tracks {
        all = List.copyOf(all);
    }

    /** The lane of that name; an empty one if there is none. */
    public Track track(String name) {
        int index = index(name);
        return index < 0 ? Track.EMPTY : all.get(index).track();
    }

    /** The lanes after a state of one of them began. */
    public Tracks with(String name, Span next) {
        return with(Map.of(name, next));
    }

    /** The lanes after a state of some of them began, by the names of these. */
    @SuppressWarnings("ReferenceEquality") // an unchanged track is the same one; comparing a day would be slow
    public Tracks with(Map<String, Span> next) {
        List<NamedTrack> changed = all;
        List<NamedTrack> joined = new ArrayList<>();
        for (Map.Entry<String, Span> entry : next.entrySet()) {
            int index = index(entry.getKey());
            Track before = index < 0 ? Track.EMPTY : all.get(index).track();
            Track after = before.with(entry.getValue(), most());
            if (index < 0) {
                joined.add(new NamedTrack(entry.getKey(), after));
            } else if (after != before) {
                changed = changed == all ? new ArrayList<>(all) : changed;
                changed.set(index, new NamedTrack(entry.getKey(), after));
            }
        }
        if (joined.isEmpty()) {
            return changed == all ? this : new Tracks(changed);
        }
        List<NamedTrack> longer = new ArrayList<>(changed);
        longer.addAll(joined);
        longer.sort(BY_NAME);
        return new Tracks(longer);
    }

    /** The lanes whose name is still wanted. */
    public Tracks only(Predicate<String> wanted) {
        return new Tracks(
                all.stream().filter(named -> wanted.test(named.name())).toList());
    }

    private int most() {
        return Math.max(FEWEST, Math.min(MOST, SHARED / Math.max(1, all.size())));
    }

    private int index(String name) {
        return Collections.binarySearch(all, new NamedTrack(name, Track.EMPTY), BY_NAME);
    }
}
