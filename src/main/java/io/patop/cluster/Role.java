package io.patop.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A member's role, as a known kind and as the word that Patroni used. An unknown word of a later Patroni is kept and
 * shown as it is, with the kind {@link Kind#OTHER}.
 *
 * @param kind the role, for rules
 * @param word Patroni's own word, e.g. {@code sync_standby}
 */
public record Role(Kind kind, String word) {

    /** The roles of Patroni 2.0 to 4.1, as reported by {@code GET /cluster} and {@code GET /patroni}. */
    public enum Kind {
        /** The member holds the leader key, by {@code /cluster}; it may not have been promoted yet. */
        LEADER("leader"),
        /** The leader of a cluster that follows another one. */
        STANDBY_LEADER("standby_leader"),
        /** Synchronous standby. */
        SYNC_STANDBY("sync_standby"),
        /** Standby of quorum commit (4.0 and later). */
        QUORUM_STANDBY("quorum_standby"),
        /** Asynchronous standby. */
        REPLICA("replica"),
        /** PostgreSQL runs as primary, by the node's own {@code /patroni} from 4.0 on. */
        PRIMARY("primary"),
        /** PostgreSQL runs as primary, by the node's own {@code /patroni} up to 3.x. */
        MASTER("master"),
        /** The member was primary, and has given up or found itself without the leader key. */
        DEMOTED("demoted"),
        /** The member is being promoted. */
        PROMOTED("promoted"),
        /** The member has no data yet. */
        UNINITIALIZED("uninitialized"),
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

    /** The role for Patroni's word, known or not. */
    public static Role of(String word) {
        return new Role(KINDS.getOrDefault(word, Kind.OTHER), word);
    }

    /** Whether the DCS names this member as the leader, of a primary or a standby cluster. */
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
