package io.patop.watch;

/** What HAProxy makes of a server, beside what Patroni makes of its member. Judged in backends of the leader. */
public enum Agreement {
    /** The leader is UP, or a member that does not lead is not. */
    AGREED("agreed"),
    /** Sessions for the leader go to a member that does not lead. */
    UP_AND_NO_LEADER("UP, but no leader"),
    /** The member leads, and HAProxy sends nobody there. */
    LEADER_NOT_UP("leads, but not UP"),
    /** Nothing to compare: another purpose, no member, or nobody is known to lead. */
    NOT_JUDGED("");

    private final String words;

    Agreement(String words) {
        this.words = words;
    }

    /** In some words; empty where nothing is judged. */
    public String words() {
        return words;
    }

    /** Whether the two contradict each other. */
    public boolean isContradiction() {
        return this == UP_AND_NO_LEADER || this == LEADER_NOT_UP;
    }
}
