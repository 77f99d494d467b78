package io.patop.watch.model;

/**
 * The agreement between HAProxy's state of a server and Patroni's state of its member. In a backend of replicas
 * nothing counts as a contradiction: a replica may be kept out for its lag, and the leader let in on purpose.
 */
public enum ProxyAgreement {
    /** HAProxy fits Patroni: the leader alone is UP, or, among replicas, only the leader is not UP. */
    AGREED("agreed"),
    /** Sessions for the leader go to a member that does not lead. */
    UP_AND_NO_LEADER("UP, but no leader"),
    /** The member leads, and HAProxy sends no session to it. */
    LEADER_NOT_UP("leads, but not UP"),
    /** There is nothing to compare: the purpose, the member or the leader is not known. */
    NOT_JUDGED("");

    private final String words;

    ProxyAgreement(String words) {
        this.words = words;
    }

    /** The agreement in a few words; empty if nothing is judged. */
    public String text() {
        return words;
    }

    /** Whether HAProxy and Patroni contradict each other. */
    public boolean isContradiction() {
        return this == UP_AND_NO_LEADER || this == LEADER_NOT_UP;
    }
}
