package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import java.util.List;
import java.util.Optional;

/**
 * The facts that a question is based on: who leads, and whether the target is still what it was. When one of
 * them changes while the question stands, the answer would be to another question. What brings a member back, or
 * ends a drill, rests on none of them: that the member has left the cluster is the reason to bring it back.
 *
 * @param leader at the time of asking
 * @param member that it will be done to
 * @param memberLeads whether that member led
 * @param present the members it is about that were in the cluster
 * @param config the configuration that a change of it is based on
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

    /** What has changed, in words; nothing while all still holds. */
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
