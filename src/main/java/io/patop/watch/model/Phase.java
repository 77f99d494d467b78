package io.patop.watch.model;

/** The steps of a failover, in their usual order; each is reached once, at a time. */
public enum Phase {
    /** We broke it ourselves: the order was sent. */
    FAULT("fault"),
    /** The old leader's PostgreSQL is being stopped, by its own word. */
    LEADER_STOPPING("leader stops"),
    /** The old leader's REST API ceased to answer; from its last answer on, not from the end of a timeout. */
    LEADER_LOST("leader lost"),
    /** Nobody holds the leader key. */
    LOCK_RELEASED("lock free"),
    /** Another member holds the leader key. */
    NEW_LEADER("new leader"),
    /** It runs as primary on the next timeline. */
    PROMOTED("promoted"),
    /** Every HAProxy that is watched sends sessions for the leader to it, and to nobody else. */
    PROXY_ROUTES("proxy routes to it"),
    /** The write probe's first write after the outage was acknowledged; only where a probe runs. */
    FIRST_WRITE("first write"),
    /** All other live members stream on its timeline. */
    REPLICAS_STREAMING("replicas"),
    /** The old leader streams on its timeline too. */
    OLD_LEADER_BACK("old leader back");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** The phase in a word or two. */
    public String text() {
        return words;
    }
}
