package io.patop.screen;

import io.patop.screen.view.ConfirmationFacts;
import io.patop.screen.view.Dialog;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.util.ArrayList;
import java.util.List;

/** Explains an action before it is confirmed: what will be done, to what, and what follows from it. */
final class Questions {

    private Questions() {}

    static Dialog.Confirmation about(Action action, Dashboard dashboard) {
        ConfirmationFacts facts = ConfirmationFacts.of(dashboard, action);
        if (action instanceof Action.OnPatroni on) {
            return new Dialog.Confirmation(action, facts, OrderQuestions.lines(on.order(), dashboard));
        }
        if (action instanceof Action.StartDrill drill) {
            return new Dialog.Confirmation(action, facts, DrillMenus.question(drill, dashboard));
        }
        if (action instanceof Action.StopDrill) {
            return new Dialog.Confirmation(
                    action,
                    facts,
                    List.of("End the drill?", "", "What it broke is put right first; the runs to come are not made."));
        }
        String cluster = dashboard.identity().scope().orElse("this cluster");
        List<String> lines = new ArrayList<>();
        lines.add(capitalized(action.words()) + "?");
        lines.add("");
        if (action instanceof Action.OnProxy onProxy) {
            lines.addAll(ProxyQuestions.lines(onProxy, dashboard));
            return new Dialog.Confirmation(action, facts, lines);
        }
        action.member().ifPresent(member -> {
            if (action instanceof Action.Simulate) {
                lines.add(
                        facts.memberLeads()
                                ? member + " is the LEADER of cluster " + cluster + ", which is simulated."
                                : member + " belongs to cluster " + cluster + ", which is simulated.");
            } else if (action.breaks()) {
                lines.add("This takes away " + member + (facts.memberLeads() ? ", the LEADER" : "") + " of cluster "
                        + cluster + ".");
                lines.add(
                        facts.memberLeads()
                                ? "Nobody can write until another member has taken over."
                                : "The leader goes on; the cluster has one replica less.");
            } else {
                lines.add("This brings " + member + " of cluster " + cluster + " back.");
            }
        });
        return new Dialog.Confirmation(action, facts, lines);
    }

    static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
