package io.patop.command.patronictl;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.State;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster as {@code list} and {@code topology} show it, and what of their layout depends on the version of
 * its Patroni: patop prints what the patronictl beside the nodes would.
 *
 * @param name the scope
 * @param systemIdentifier of the database cluster, where a node told it
 * @param patroni the highest version among the nodes, where one told it
 * @param view what the DCS holds
 */
public record ListedCluster(
        String name, Optional<String> systemIdentifier, Optional<PatroniVersion> patroni, ClusterView view) {

    public ListedCluster {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(patroni, "patroni");
        Objects.requireNonNull(view, "view");
    }

    /** {@code  Cluster: demo (7711545156687427650) }; 3.0.0 to 3.1.0 lost the identifier (patroni issue 2839). */
    String title() {
        boolean identified = !isAtLeast(3, 0, 0) || isAtLeast(3, 1, 1);
        return " Cluster: " + name + (identified ? " (" + identifier() + ")" : "") + " ";
    }

    /** Whether patronictl tells received and replayed WAL apart (4.1.0 and later). */
    boolean tellsReceiveAndReplay() {
        return isAtLeast(4, 1, 0);
    }

    /** Whether patronictl tells why a restart is pending (3.3.0 and later). */
    boolean tellsPendingReasons() {
        return isAtLeast(3, 3, 0);
    }

    /** Whether a member that has published no address counts when columns are chosen (before 3.0.0). */
    boolean countsMembersWithoutAddress() {
        return !isAtLeast(3, 0, 0);
    }

    /** What the patronictl beside the nodes says. */
    PatronictlMessages messages() {
        return new PatronictlMessages(patroni.orElseGet(this::guess));
    }

    private boolean isAtLeast(int major, int minor, int patch) {
        return patroni.orElseGet(this::guess).isAtLeast(major, minor, patch);
    }

    /** No node told its version: the members' fields do, unless the leader is all there is. */
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
