package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import java.util.List;
import java.util.Optional;

/**
 * The facts that a question is based on: who leads, whether the members are listed, and the configuration. When one
 * of them changes while the question is open, the question lapses. Actions that bring a member back or end a drill do
 * not lapse: a member that has left the cluster is the very reason to bring it back.
 *
 * @param leader the leader when the question was asked
 * @param member the member that the action is for
 * @param memberLeads whether that member was the leader
 * @param present the action's members that were in the cluster
 * @param config the configuration that a change is based on
 * @param needed whether the question lapses when one of them changes
 */
public record ConfirmationFacts(
        Optional<String> leader,
        Optional<String> member,
        boolean memberLeads,
        List<String> present,
        Optional<DynamicConfig> config,
        boolean needed) {

    public ConfirmationFacts {
        present = List.copyOf(present);
    }

    public static ConfirmationFacts of(Dashboard dashboard, Action action) {
        Optional<String> leader = dashboard.leadership().present();
        return new ConfirmationFacts(
                leader,
                action.member(),
                leader.isPresent() && leader.equals(action.member()),
                action.members().stream()
                        .filter(name -> isListed(dashboard, name))
                        .toList(),
                action.patroniCommand().flatMap(PatroniCommand::basis),
                !action.mends());
    }

    /** Returns what has changed, for the person; empty while all facts still hold. */
    public Optional<String> changed(Dashboard dashboard) {
        if (!needed) {
            return Optional.empty();
        }
        Optional<String> now = dashboard.leadership().present();
        if (!now.equals(leader)) {
            return Optional.of(
                    "the leader changed meanwhile (" + leader.orElse("nobody") + " to " + now.orElse("nobody") + ")");
        }
        if (config.isPresent() && !config.equals(dashboard.config())) {
            return Optional.of("somebody changed the configuration meanwhile; look at it, and change it again");
        }
        return present.stream()
                .filter(name -> !isListed(dashboard, name))
                .findFirst()
                .map(name -> name + " has left the cluster meanwhile");
    }

    private static boolean isListed(Dashboard dashboard, String name) {
        return dashboard.member(name).filter(WatchedMember::isListed).isPresent();
    }
}
