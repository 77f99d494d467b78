package io.patop.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state of a member's PostgreSQL, as a known kind and as the word that Patroni used. An unknown word of a later
 * Patroni is kept and shown as it is, with the kind {@link Kind#OTHER}.
 *
 * @param kind the state, for rules
 * @param word Patroni's own word, e.g. {@code in archive recovery}; it may be empty, since Patroni's sometimes is
 */
public record State(Kind kind, String word) {

    /**
     * The states of Patroni: those of PostgresqlState in 4.1, which are the same words in 2.0 and 3.0, and the two of
     * replication.
     */
    public enum Kind {
        INITIALIZING("initializing new cluster"),
        INITDB_FAILED("initdb failed"),
        CUSTOM_BOOTSTRAP("running custom bootstrap script"),
        CUSTOM_BOOTSTRAP_FAILED("custom bootstrap failed"),
        CREATING_REPLICA("creating replica"),
        RUNNING("running"),
        /** A replica that receives from its upstream ({@code /cluster} of 3.0.4 and later). */
        STREAMING("streaming"),
        /** A replica that replays archived WAL ({@code /cluster} of 3.0.4 and later). */
        IN_ARCHIVE_RECOVERY("in archive recovery"),
        STARTING("starting"),
        STARTING_AFTER_BOOTSTRAP("starting after custom bootstrap"),
        START_FAILED("start failed"),
        RESTARTING("restarting"),
        RESTART_FAILED("restart failed"),
        STOPPING("stopping"),
        STOPPED("stopped"),
        STOP_FAILED("stop failed"),
        CRASHED("crashed"),
        /** Patroni thinks that PostgreSQL runs, but its query failed; or Patroni sent no word at all. */
        UNKNOWN("unknown"),
        /** A word that this version of patop does not know. */
        OTHER("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final Map<String, Kind> KINDS = Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.OTHER)
            .collect(Collectors.toUnmodifiableMap(kind -> kind.word, Function.identity()));

    /** The state for Patroni's word, known or not. {@code restart failed (…)} of 3.x is recognized by its beginning. */
    public static State of(String word) {
        if (word.isEmpty()) {
            return new State(Kind.UNKNOWN, word);
        }
        if (word.startsWith(Kind.RESTART_FAILED.word)) {
            return new State(Kind.RESTART_FAILED, word);
        }
        return new State(KINDS.getOrDefault(word, Kind.OTHER), word);
    }

    /** Whether PostgreSQL is up and answers. */
    public boolean isRunning() {
        return kind == Kind.RUNNING || kind == Kind.STREAMING || kind == Kind.IN_ARCHIVE_RECOVERY;
    }

    /** Whether PostgreSQL is being created, started or stopped, so that the state is temporary. */
    public boolean isPassing() {
        return switch (kind) {
            case INITIALIZING,
                    CUSTOM_BOOTSTRAP,
                    CREATING_REPLICA,
                    STARTING,
                    STARTING_AFTER_BOOTSTRAP,
                    RESTARTING,
                    STOPPING -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
