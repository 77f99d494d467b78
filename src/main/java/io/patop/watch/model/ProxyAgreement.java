package io.patop.watch.model;

/**
 * What HAProxy makes of a server, beside what Patroni makes of its member. In a backend of replicas nothing is a
 * contradiction: a replica may be held out for its lag, and the leader let in on purpose.
 */
public enum ProxyAgreement {
    /** The leader alone is UP, or among replicas the leader alone is not. */
    AGREED("agreed"),
    /** Sessions for the leader go to a member that does not lead. */
    UP_AND_NO_LEADER("UP, but no leader"),
    /** The member leads, and HAProxy sends nobody there. */
    LEADER_NOT_UP("leads, but not UP"),
    /** Nothing to compare: no purpose is known, no member, or nobody is known to lead. */
    NOT_JUDGED("");

    private final String words;

    ProxyAgreement(String words) {
        this.words = words;
    }

    /** In some words; empty where nothing is judged. */
    public String text() {
        return words;
    }

    /** Whether the two contradict each other. */
    public boolean isContradiction() {
        return this == UP_AND_NO_LEADER || this == LEADER_NOT_UP;
    }
}
