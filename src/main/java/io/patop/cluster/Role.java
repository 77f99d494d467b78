package io.patop.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A member's role, as a known kind and as the word that Patroni used. A word of a later Patroni is kept and
 * shown as it is, with the kind {@link Kind#OTHER}.
 *
 * @param kind the role, for rules
 * @param word Patroni's own word, e.g. {@code sync_standby}
 */
public record Role(Kind kind, String word) {

    /** The roles of Patroni 2.0 to 4.1, of {@code GET /cluster} and of {@code GET /patroni}. */
    public enum Kind {
        /** Holds the leader key, as {@code /cluster} tells; it may not be promoted yet. */
        LEADER("leader"),
        /** Leads a cluster that follows another one. */
        STANDBY_LEADER("standby_leader"),
        /** Synchronous standby. */
        SYNC_STANDBY("sync_standby"),
        /** Standby of quorum commit (4.0 and later). */
        QUORUM_STANDBY("quorum_standby"),
        /** Asynchronous standby. */
        REPLICA("replica"),
        /** PostgreSQL runs as primary, as the node's own {@code /patroni} tells from 4.0 on. */
        PRIMARY("primary"),
        /** The same in Patroni up to 3.x. */
        MASTER("master"),
        /** Was primary; has given up, or has found itself without the leader key. */
        DEMOTED("demoted"),
        /** Is being promoted. */
        PROMOTED("promoted"),
        /** Has no data yet. */
        UNINITIALIZED("uninitialized"),
        /** A word that this version does not know. */
        OTHER("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final Map<String, Kind> KINDS = Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.OTHER)
            .collect(Collectors.toUnmodifiableMap(kind -> kind.word, Function.identity()));

    /** Checks that both parts are there. */
    public Role {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(word, "word");
    }

    /** The role for Patroni's word, known or not. */
    public static Role of(String word) {
        return new Role(KINDS.getOrDefault(word, Kind.OTHER), word);
    }

    /** Whether the DCS names this member as the one that leads, of a primary or a standby cluster. */
    public boolean leads() {
        return kind == Kind.LEADER || kind == Kind.STANDBY_LEADER;
    }

    /** Whether PostgreSQL itself runs as primary, by the node's own word. */
    public boolean isPrimary() {
        return kind == Kind.PRIMARY || kind == Kind.MASTER;
    }

    /** Whether a commit may wait for this member. */
    public boolean isSynchronous() {
        return kind == Kind.SYNC_STANDBY || kind == Kind.QUORUM_STANDBY;
    }

    @Override
    public String toString() {
        return word;
    }
}
