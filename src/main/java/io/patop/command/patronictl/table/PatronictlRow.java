package io.patop.command.patronictl.table;

import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.PendingRestart;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.Progress;
import io.patop.cluster.State;
import io.patop.command.shell.TableCell;
import java.util.List;
import java.util.Optional;

/**
 * The cells of one member by patronictl's rules.
 *
 * @param cluster the cluster's name
 * @param label the member's name; in a topology with the branch before it
 * @param member the member
 * @param withPort whether hosts are shown with their port
 * @param inTopology whether tags are kept on one line
 */
record PatronictlRow(String cluster, String label, Member member, boolean withPort, boolean inTopology) {

    private static final double MEBIBYTE = 1024.0 * 1024.0;
    private static final int LONGEST_REASON = 50;
    private static final String UNKNOWN = "unknown";

    TableCell clusterName() {
        return TableCell.text(cluster);
    }

    TableCell name() {
        return TableCell.text(label);
    }

    TableCell host() {
        return member.address()
                .map(address -> TableCell.text(withPort ? address.toString() : address.host()))
                .orElse(TableCell.EMPTY);
    }

    /** Returns {@code Sync Standby} for {@code sync_standby}. */
    TableCell role() {
        return TableCell.text(titleCase(member.role().word().replace('_', ' ')));
    }

    TableCell state() {
        return TableCell.text(member.state().word());
    }

    TableCell timeline() {
        return member.timeline()
                .map(timeline -> TableCell.number(timeline.number()))
                .orElse(TableCell.EMPTY);
    }

    /** Returns the lag of versions up to 4.0: {@code unknown} is shown, and nothing for the leader. */
    TableCell lag() {
        return member.lag() instanceof Lag.Unknown ? TableCell.text(UNKNOWN) : megabytes(member.lag());
    }

    TableCell receiveLsn() {
        return lsn(member.received());
    }

    TableCell receiveLag() {
        boolean only = isToldAsOne() && isStreaming();
        return megabytes(only ? member.lag() : lagOf(member.received()));
    }

    TableCell replayLsn() {
        return lsn(member.replayed());
    }

    TableCell replayLag() {
        boolean only = isToldAsOne() && !isStreaming();
        return megabytes(only ? member.lag() : lagOf(member.replayed()));
    }

    TableCell pendingRestart() {
        return member.pendingRestart().isPresent() ? TableCell.text("*") : TableCell.EMPTY;
    }

    /**
     * Returns {@code max_connections: 100->200}, a line each; for people, reasons longer than 50 characters are
     * hidden.
     */
    TableCell pendingReasons() {
        List<PendingRestart.Change> changes =
                member.pendingRestart().map(PendingRestart::reasons).orElse(List.of());
        return TableCell.lines(
                changes.stream().map(PatronictlRow::reason).toList(),
                changes.stream().map(PatronictlRow::shownReason).toList());
    }

    TableCell scheduledRestart() {
        return member.scheduledRestart()
                .map(restart -> TableCell.text(restart.at().text()
                        + restart.belowVersion()
                                .map(version -> " if version < " + version)
                                .orElse("")))
                .orElse(TableCell.EMPTY);
    }

    TableCell tags() {
        return inTopology
                ? TableCell.flow(member.tags().values())
                : TableCell.block(member.tags().values());
    }

    /** Returns whether hosts need their port: a port is not PostgreSQL's default, or two members share a host. */
    static boolean needPort(List<Member> members) {
        List<PostgresAddress> addresses =
                members.stream().flatMap(member -> member.address().stream()).toList();
        return addresses.stream().anyMatch(address -> address.port() != PostgresAddress.DEFAULT_PORT)
                || addresses.stream().map(PostgresAddress::host).distinct().count() < addresses.size();
    }

    /**
     * Returns whether the member is older than 4.1 in a cluster with newer ones: then it has one lag, for the
     * position that it published last.
     */
    private boolean isToldAsOne() {
        return member.lag() instanceof Lag.Bytes && !hasLsn(member.received()) && !hasLsn(member.replayed());
    }

    private boolean isStreaming() {
        return member.state().kind() == State.Kind.STREAMING;
    }

    private static boolean hasLsn(Optional<Progress> progress) {
        return progress.flatMap(Progress::lsn).isPresent();
    }

    private TableCell lsn(Optional<Progress> progress) {
        if (progress.isEmpty() && member.lag() instanceof Lag.None) {
            return TableCell.EMPTY;
        }
        return TableCell.text(
                progress.flatMap(Progress::lsn).map(Object::toString).orElse(UNKNOWN));
    }

    private static Lag lagOf(Optional<Progress> progress) {
        return progress.map(Progress::lag).orElse(Lag.NONE);
    }

    /** Rounds as Python does: a half to the even neighbour. */
    private static TableCell megabytes(Lag lag) {
        return lag instanceof Lag.Bytes bytes
                ? TableCell.number((long) Math.rint(bytes.count() / MEBIBYTE))
                : TableCell.EMPTY;
    }

    private static String reason(PendingRestart.Change change) {
        return change.parameter() + ": " + change.oldValue() + "->" + change.newValue();
    }

    private static String shownReason(PendingRestart.Change change) {
        String reason = reason(change);
        return reason.codePointCount(0, reason.length()) <= LONGEST_REASON
                ? reason
                : change.parameter() + ": [hidden - too long]";
    }

    /** Applies Python's {@code title()}: a letter after a letter is lower case, any other letter upper case. */
    private static String titleCase(String text) {
        StringBuilder title = new StringBuilder(text.length());
        boolean inWord = false;
        for (int point : text.codePoints().toArray()) {
            title.appendCodePoint(inWord ? Character.toLowerCase(point) : Character.toTitleCase(point));
            inWord = Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
        }
        return title.toString();
    }
}
