package io.patop.watch;

/** The steps of a failover, in their usual order; each is reached once, at a time. */
public enum Phase {
    /** We broke it ourselves: Docker accepted the order. */
    FAULT("fault"),
    /** The old leader's REST API ceased to answer. */
    LEADER_LOST("leader lost"),
    /** Nobody holds the leader key. */
    LOCK_RELEASED("lock free"),
    /** Another member holds the leader key. */
    NEW_LEADER("new leader"),
    /** It runs as primary on the next timeline. */
    PROMOTED("promoted"),
    /** The write probe's first write after the outage was acknowledged; only where a probe runs. */
    FIRST_WRITE("first write"),
    /** All other live members stream from it. */
    REPLICAS_STREAMING("replicas"),
    /** The old leader streams from it too. */
    OLD_LEADER_BACK("old leader back");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** The phase in a word or two. */
    public String words() {
        return words;
    }
}
