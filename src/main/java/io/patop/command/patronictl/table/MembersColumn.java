package io.patop.command.patronictl.table;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableCell;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All columns that patronictl's member lists have had from 2.0 to 4.1, by their names there. */
public enum MembersColumn {
    CLUSTER("Cluster", Table.Alignment.LEFT),
    MEMBER("Member", Table.Alignment.LEFT),
    HOST("Host", Table.Alignment.LEFT),
    ROLE("Role", Table.Alignment.LEFT),
    STATE("State", Table.Alignment.LEFT),
    TL("TL", Table.Alignment.RIGHT),
    LAG_IN_MB("Lag in MB", Table.Alignment.RIGHT),
    RECEIVE_LSN("Receive LSN", Table.Alignment.RIGHT),
    RECEIVE_LAG("Receive Lag", Table.Alignment.RIGHT),
    REPLAY_LSN("Replay LSN", Table.Alignment.RIGHT),
    REPLAY_LAG("Replay Lag", Table.Alignment.RIGHT),
    PENDING_RESTART("Pending restart", Table.Alignment.LEFT),
    PENDING_RESTART_REASON("Pending restart reason", Table.Alignment.LEFT),
    SCHEDULED_RESTART("Scheduled restart", Table.Alignment.LEFT),
    TAGS("Tags", Table.Alignment.LEFT);

    private final String label;
    private final Table.Alignment alignment;

    MembersColumn(String label, Table.Alignment alignment) {
        this.label = label;
        this.alignment = alignment;
    }

    /** Returns the columns for a member's place and state, in patronictl's order. */
    static List<MembersColumn> basic(boolean receiveAndReplay) {
        return receiveAndReplay
                ? List.of(CLUSTER, MEMBER, HOST, ROLE, STATE, TL, RECEIVE_LSN, RECEIVE_LAG, REPLAY_LSN, REPLAY_LAG)
                : List.of(CLUSTER, MEMBER, HOST, ROLE, STATE, TL, LAG_IN_MB);
    }

    /** Returns the columns that patronictl shows if a member has a value in them, or with {@code --extended}. */
    static List<MembersColumn> extended(boolean pendingReasons) {
        return pendingReasons
                ? List.of(PENDING_RESTART, PENDING_RESTART_REASON, SCHEDULED_RESTART, TAGS)
                : List.of(PENDING_RESTART, SCHEDULED_RESTART, TAGS);
    }

    /** Returns the column of a name: {@code Lag in MB}, {@code lag in mb}, {@code lag_in_mb} or {@code lag-in-mb}. */
    static Optional<MembersColumn> named(String name) {
        String constant =
                name.strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return Arrays.stream(values())
                .filter(column -> column.name().equals(constant))
                .findFirst();
    }

    public static List<MembersColumn> named(List<String> names) {
        return names.stream()
                .map(name -> named(name)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.USAGE,
                                "there is no column " + name + ": there are "
                                        + Arrays.stream(values())
                                                .map(column -> column.label)
                                                .collect(Collectors.joining(", ")))))
                .toList();
    }

    /** Returns the cell of this column for a member. */
    TableCell cell(PatronictlRow row) {
        return switch (this) {
            case CLUSTER -> row.clusterName();
            case MEMBER -> row.name();
            case HOST -> row.host();
            case ROLE -> row.role();
            case STATE -> row.state();
            case TL -> row.timeline();
            case LAG_IN_MB -> row.lag();
            case RECEIVE_LSN -> row.receiveLsn();
            case RECEIVE_LAG -> row.receiveLag();
            case REPLAY_LSN -> row.replayLsn();
            case REPLAY_LAG -> row.replayLag();
            case PENDING_RESTART -> row.pendingRestart();
            case PENDING_RESTART_REASON -> row.pendingReasons();
            case SCHEDULED_RESTART -> row.scheduledRestart();
            case TAGS -> row.tags();
        };
    }

    /** Returns the column with its own name as heading. */
    Table.Column column() {
        return Table.Column.of(label, alignment);
    }

    /**
     * Returns the column with patronictl's heading, which is shorter: the title tells the cluster, and the LSN before
     * a lag tells which lag it is.
     */
    Table.Column patronictlColumn() {
        return switch (this) {
            case CLUSTER -> new Table.Column(label, Optional.empty(), alignment);
            case RECEIVE_LAG, REPLAY_LAG -> new Table.Column(label, Optional.of("Lag"), alignment);
            default -> column();
        };
    }

    /** The name in the output, e.g. {@code Lag in MB}. */
    @Override
    public String toString() {
        return label;
    }
}
