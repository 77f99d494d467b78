package io.patop.sim.core;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Simulated time and its scheduled events. Events run in the order of their time, and those of one moment in the
 * order in which they were scheduled, so that a run can be repeated exactly. Not for several threads.
 */
public final class SimulatedClock {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::number));
    private long now;
    private long made;

    private record Entry(long time, long number, Runnable event) {}

    /** Returns the milliseconds since the simulation's start. */
    long now() {
        return now;
    }

    /** Schedules {@code event} in {@code delay} milliseconds; 0 is after the current event. */
    public void after(long delay, Runnable event) {
        if (delay < 0) {
            throw new IllegalArgumentException("an event lies " + -delay + " ms in the past");
        }
        entries.add(new Entry(now + delay, made++, event));
    }

    /** Returns the time of the next event, if there is one. */
    public OptionalLong next() {
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(entries.element().time());
    }

    /** Runs all events up to {@code time}, which then is the present. A time in the past changes nothing. */
    public void advanceTo(long time) {
        while (!entries.isEmpty() && entries.element().time() <= time) {
            Entry entry = entries.remove();
            now = Math.max(now, entry.time());
            entry.event().run();
        }
        now = Math.max(now, time);
    }
}
