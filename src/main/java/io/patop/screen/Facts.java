package io.patop.screen;

import io.patop.watch.Action;
import io.patop.watch.Dashboard;
import java.util.Optional;

/**
 * The facts that a question is based on: who leads, and whether the target is still what it was. When one of
 * them changes while the question stands, the answer would be to another question.
 *
 * @param leader at the time of asking
 * @param member that it will be done to
 * @param memberLeads whether that member led
 */
record Facts(Optional<String> leader, Optional<String> member, boolean memberLeads) {

    static Facts of(Dashboard dashboard, Action action) {
        Optional<String> leader = dashboard.leadership().present();
        return new Facts(leader, action.member(), leader.isPresent() && leader.equals(action.member()));
    }

    /** What has changed, in words; nothing while all still holds. */
    Optional<String> changed(Dashboard dashboard) {
        Optional<String> now = dashboard.leadership().present();
        if (now.equals(leader)) {
            return Optional.empty();
        }
        return Optional.of(
                "the leader changed meanwhile (" + leader.orElse("nobody") + " to " + now.orElse("nobody") + ")");
    }
}
