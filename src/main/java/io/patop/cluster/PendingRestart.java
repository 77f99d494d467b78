package io.patop.cluster;

import java.util.List;

/**
 * A member whose PostgreSQL has to be restarted before changed settings count.
 *
 * @param reasons the settings, where Patroni tells them (3.3 and later)
 */
public record PendingRestart(List<Change> reasons) {

    /**
     * One setting that waits for the restart.
     *
     * @param parameter PostgreSQL's name of it
     * @param oldValue what counts now
     * @param newValue what will count
     */
    public record Change(String parameter, String oldValue, String newValue) {}

    /** Copies the list. */
    public PendingRestart {
        reasons = List.copyOf(reasons);
    }
}
