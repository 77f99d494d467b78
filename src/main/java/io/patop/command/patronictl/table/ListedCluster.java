package io.patop.command.patronictl.table;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.State;
import java.util.Optional;

/**
 * A cluster as {@code list} and {@code topology} show it, and the parts of their layout that depend on Patroni's
 * version: patop prints what the patronictl of the nodes' version would.
 *
 * @param name the scope
 * @param systemIdentifier identifier of the database cluster, if a node told it
 * @param patroni the highest version among the nodes, if one told it
 * @param view what the DCS holds
 */
public record ListedCluster(
        String name, Optional<String> systemIdentifier, Optional<PatroniVersion> patroni, ClusterView view) {

    /**
     * Returns {@code  Cluster: demo (7711545156687427650) }; 3.0.0 to 3.1.0 lost the identifier (patroni issue 2839).
     */
    String title() {
        boolean identified = !isAtLeast(3, 0, 0) || isAtLeast(3, 1, 1);
        return " Cluster: " + name + (identified ? " (" + identifier() + ")" : "") + " ";
    }

    /** Returns whether patronictl shows received and replayed WAL apart (4.1.0 and later). */
    boolean tellsReceiveAndReplay() {
        return isAtLeast(4, 1, 0);
    }

    /** Returns whether patronictl shows why a restart is pending (3.3.0 and later). */
    boolean tellsPendingReasons() {
        return isAtLeast(3, 3, 0);
    }

    /** Returns whether a member that has published no address counts when columns are chosen (before 3.0.0). */
    boolean countsMembersWithoutAddress() {
        return !isAtLeast(3, 0, 0);
    }

    /** Returns the messages of the nodes' version of patronictl. */
    public PatronictlMessages messages() {
        return new PatronictlMessages(patroni.orElseGet(this::guess));
    }

    private boolean isAtLeast(int major, int minor, int patch) {
        return patroni.orElseGet(this::guess).isAtLeast(major, minor, patch);
    }

    /**
     * Guesses the version from the members' fields, since no node told it; impossible if the leader is the only
     * member.
     */
    private PatroniVersion guess() {
        boolean progress =
                view.members().stream().anyMatch(member -> member.received().isPresent());
        boolean lag = view.members().stream().map(Member::lag).anyMatch(value -> !(value instanceof Lag.None));
        return progress || !lag ? new PatroniVersion(4, 1, 0) : new PatroniVersion(4, 0, 0);
    }

    private String identifier() {
        return systemIdentifier.orElseGet(
                () -> view.members().stream().anyMatch(ListedCluster::isBootstrapping) ? "initializing" : "unknown");
    }

    private static boolean isBootstrapping(Member member) {
        return member.state().kind() == State.Kind.INITIALIZING
                || member.state().kind() == State.Kind.CUSTOM_BOOTSTRAP;
    }
}
