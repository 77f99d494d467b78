package io.patop.cluster;

import java.util.List;

/**
 * The pending restart of a member: its PostgreSQL must be restarted before changed settings take effect.
 *
 * @param reasons the settings, if Patroni reports them (3.3 and later)
 */
public record PendingRestart(List<Change> reasons) {

    /**
     * One setting that waits for the restart.
     *
     * @param parameter PostgreSQL's name of the setting
     * @param oldValue the value in effect now
     * @param newValue the value after the restart
     */
    public record Change(String parameter, String oldValue, String newValue) {}

    public PendingRestart {
        reasons = List.copyOf(reasons);
    }
}
