package io.patop.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The faults that a drill can cause. */
public enum Fault {
    /** SIGTERM: Patroni hands the leader key over before it ends. */
    STOP("stop", "scale to 0", "scaled to 0"),
    /** SIGKILL, and kept down until another member serves, like a machine that loses its power. */
    KILL("kill", "kill", "killed"),
    /** SIGKILL only: whatever runs the member may start it again at once. */
    CRASH("crash", "crash", "killed, free to start again"),
    /** SIGSTOP: the member accepts connections and never answers. */
    FREEZE("freeze", "freeze", "frozen"),
    /** A switchover by Patroni. */
    SWITCHOVER("switchover", "switchover", "switched over"),
    /** A restart of PostgreSQL by Patroni. */
    RESTART("restart", "restart", "restarted");

    private final String word;
    private final String verb;
    private final String done;

    Fault(String word, String verb, String done) {
        this.word = word;
        this.verb = verb;
        this.done = done;
    }

    /** The fault of that name. The names that Docker and patronictl use for it are accepted too. */
    public static Optional<Fault> named(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "scale", "scale-to-0", "scale to 0" -> Optional.of(STOP);
            case "pause" -> Optional.of(FREEZE);
            default ->
                Arrays.stream(values())
                        .filter(fault -> fault.word.equals(wanted))
                        .findFirst();
        };
    }

    /** The name on the command line. */
    public String word() {
        return word;
    }

    /** The verb in a sentence: {@code scale to 0} the leader. */
    public String verb() {
        return verb;
    }

    /** The participle in a sentence: the leader is {@code scaled to 0}. */
    public String done() {
        return done;
    }
}
