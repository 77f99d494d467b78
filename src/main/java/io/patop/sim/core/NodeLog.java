package io.patop.sim.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a node's log, in Patroni's words. */
public final class NodeLog {

    private static final int MOST = 2000;

    private final SimulatedClock agenda;
    private final Deque<Line> lines = new ArrayDeque<>();

    /**
     * One line.
     *
     * @param at simulated time in milliseconds
     * @param level Python's name of the level
     * @param text the message
     */
    public record Line(long at, String level, String text) {}

    NodeLog(SimulatedClock agenda) {
        this.agenda = agenda;
    }

    void info(String text) {
        add("INFO", text);
    }

    void error(String text) {
        add("ERROR", text);
    }

    private void add(String level, String text) {
        lines.add(new Line(agenda.now(), level, text));
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
    }

    /** Returns the lines, the oldest first. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
