package io.patop.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a drill does to a member. */
public enum Fault {
    /** SIGTERM: Patroni hands the leader key over before it ends. */
    STOP("stop", "scale to 0", "scaled to 0"),
    /** SIGKILL, and kept down until another serves: as a machine that loses its power. */
    KILL("kill", "kill", "killed"),
    /** SIGKILL alone: whatever runs the member may start it again at once. */
    CRASH("crash", "crash", "killed, free to start again"),
    /** SIGSTOP: it accepts connections and never answers. */
    FREEZE("freeze", "freeze", "frozen"),
    /** Patroni's planned change of leader. */
    SWITCHOVER("switchover", "switchover", "switched over"),
    /** Patroni restarts PostgreSQL. */
    RESTART("restart", "restart", "restarted");

    private final String word;
    private final String verb;
    private final String done;

    Fault(String word, String verb, String done) {
        this.word = word;
        this.verb = verb;
        this.done = done;
    }

    /** The fault that a person named; the words of {@code docker} and of patronictl for it count too. */
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

    /** As on the command line. */
    public String word() {
        return word;
    }

    /** For a sentence: {@code scale to 0} the leader. */
    public String verb() {
        return verb;
    }

    /** For a sentence: the leader is {@code scaled to 0}. */
    public String done() {
        return done;
    }

    /** Whether it goes through Docker, and so needs a service or container to be aimed at. */
    public boolean isOfDocker() {
        return this != SWITCHOVER && this != RESTART;
    }
}
