package io.patop.watch.model;

/** The phases of a failover, in their usual order. Each is reached at most once. */
public enum Phase {
    /** A fault of patop's own was ordered. */
    FAULT("fault"),
    /** The old leader's PostgreSQL is stopping, by its own word. */
    LEADER_STOPPING("leader stops"),
    /** The old leader's REST API stopped answering; the time is that of its last answer, not the end of a timeout. */
    LEADER_LOST("leader lost"),
    /** Nobody holds the leader key. */
    LOCK_RELEASED("lock free"),
    /** Another member holds the leader key. */
    NEW_LEADER("new leader"),
    /** The new leader runs as primary on the next timeline. */
    PROMOTED("promoted"),
    /** Every watched HAProxy sends sessions for the leader to the new leader only. */
    PROXY_ROUTES("proxy routes to it"),
    /**
     * A write was acknowledged through a connection pooler, which had held it up with stale connections since the new
     * leader was promoted and HAProxy routed there; reached only behind a pooler.
     */
    POOL_SERVES("stale pool gone"),
    /** The write probe's first write after the outage was acknowledged; reached only if a probe runs. */
    FIRST_WRITE("first write"),
    /** All other live members stream on the new leader's timeline. */
    REPLICAS_STREAMING("replicas"),
    /** The old leader streams on the new leader's timeline too. */
    OLD_LEADER_BACK("old leader back");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** The phase in one or a few words. */
    public String text() {
        return words;
    }
}
