package io.patop.command.patronictl;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniVersion;
import io.patop.command.patronictl.table.ListedCluster;
import io.patop.command.patronictl.table.MembersTable;
import io.patop.command.patronictl.table.PatronictlMessages;
import io.patop.command.shell.TableFormat;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.IdentityCheck;
import io.patop.watch.rules.Reducer;
import io.patop.watch.rules.Succession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster at the time it was asked: what the DCS holds and what each node says of itself.
 *
 * @param listed as patronictl would list it
 * @param nodes what members say, by name; those that do not answer, or in whose place another does, are left out
 * @param silent the names of those that are left out
 * @param identityCheck who may answer at a member's address
 * @param seen the same as observations
 */
public record ClusterSnapshot(
        ListedCluster listed,
        Map<String, NodeStatus> nodes,
        Set<String> silent,
        IdentityCheck identityCheck,
        List<Observation> seen) {

    public ClusterSnapshot {
        nodes = Map.copyOf(nodes);
        silent = Set.copyOf(silent);
        seen = List.copyOf(seen);
    }

    /** The dashboard after this one look. */
    public Dashboard dashboard() {
        Dashboard dashboard = Dashboard.EMPTY;
        for (Observation observation : seen) {
            dashboard = Reducer.reduce(dashboard, observation);
        }
        return dashboard;
    }

    /** The cluster's name. */
    public String name() {
        return listed.name();
    }

    PatronictlMessages messages() {
        return listed.messages();
    }

    List<Member> members() {
        return listed.view().members();
    }

    Optional<Member> leader() {
        return listed.view().leader();
    }

    /** Returns the version of a member's Patroni, else the newest in the cluster. */
    Optional<PatroniVersion> version(Member member) {
        return Optional.ofNullable(nodes.get(member.name()))
                .flatMap(NodeStatus::patroniVersion)
                .flatMap(PatroniVersion::parse)
                .or(listed::patroni);
    }

    Succession succession(Succession.Change change, Optional<DynamicConfig> config) {
        return Succession.of(change, listed.view(), nodes, silent, config);
    }

    /** Returns the table that patronictl prints before it asks. */
    String table() {
        return MembersTable.list(listed, MembersTable.Selection.DEFAULT, TableFormat.PRETTY);
    }
}
