package io.patop.watch.bill;

/** The stages of an outage, in their order. */
public enum Stage {
    /** The leader died without a word, and its key lives on until its ttl ends. */
    KEY_EXPIRES("until the key expired"),
    /** The leader stops its PostgreSQL and gives the key away. */
    KEY_RELEASED("until the leader had stopped and released the key"),
    /** The DCS cannot be read, so that nobody may lead. */
    DCS_OUTAGE("while the DCS could not be read"),
    /** The leader alone cannot reach the DCS and demotes itself, and its key lives on until its ttl ends. */
    CUT_OFF_FROM_DCS("until the key of the leader, which could not reach the DCS, expired"),
    /** PostgreSQL of the leader has failed, and Patroni gives the key away. */
    POSTGRES_GIVEN_UP("until the leader, whose PostgreSQL had failed, released the key"),
    /** Patroni notices that its PostgreSQL does not run. */
    CRASH_NOTICED("until Patroni noticed it"),
    /** PostgreSQL starts again on the same member. */
    POSTGRES_STARTS("until PostgreSQL ran again"),
    /** The other members find out who may lead. */
    ELECTION("until a new leader was elected"),
    /** The new leader's PostgreSQL ends its recovery. */
    PROMOTION("until it was promoted"),
    /** HAProxy sees that another server is the leader. */
    ROUTE("until HAProxy routed there"),
    /** A connection pooler holds clients up with stale connections, and writes through a new one. */
    POOL("until stale pool connections were gone and a write was acknowledged"),
    /** A client connects and writes. */
    FIRST_WRITE("until a write was acknowledged");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** The stage as what its time ran to. */
    public String text() {
        return words;
    }
}
