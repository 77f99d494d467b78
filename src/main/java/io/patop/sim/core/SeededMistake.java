package io.patop.sim.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A mistake that a simulated cluster can be given, to show that whoever checks the cluster finds it. */
public enum SeededMistake {
    /** The first member loses up to the last five seconds when it is killed: its disk said that it had synced. */
    NO_FSYNC("no-fsync"),
    /** Commits do not wait for a standby, whatever synchronous_mode says. */
    LYING_SYNC("lying-sync"),
    /** A leader that cannot reach the DCS does not demote itself, and goes on answering as the leader. */
    STALE_LEADER("stale-leader"),
    /** HAProxy never marks a server of the leader's backend down again: it goes on leading clients to the old one. */
    STALE_PROXY("stale-proxy"),
    /** Any replica takes the leader key, however far it is behind, and whether it is synchronous or not. */
    PROMOTED_BEHIND("promoted-behind");

    private final String word;

    SeededMistake(String word) {
        this.word = word;
    }

    /** Returns the mistake's name on the command line. */
    public String word() {
        return word;
    }

    /**
     * Returns the mistake of this name.
     *
     * @throws SimulationException naming those that there are
     */
    public static SeededMistake named(String name) throws SimulationException {
        return Arrays.stream(values())
                .filter(mistake -> mistake.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new SimulationException("no mistake '" + name + "'; there are: "
                        + Arrays.stream(values()).map(SeededMistake::word).collect(Collectors.joining(", "))));
    }
}
