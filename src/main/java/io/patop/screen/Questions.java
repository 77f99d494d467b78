package io.patop.screen;

import io.patop.control.InjectedFault;
import io.patop.screen.view.ConfirmationFacts;
import io.patop.screen.view.Dialog;
import io.patop.text.LineWrap;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words in which something is asked before it is done: what, to whom, and what will come of it. */
final class Questions implements Action.Cases<Dialog.Confirmation> {

    /** What fits into the box of a question on a screen of 80 columns. */
    private static final int COMMAND_WIDTH = 72;

    private final Dashboard dashboard;
    private final ConfirmationFacts facts;
    private final boolean leads;
    private final String cluster;

    private Questions(Dashboard dashboard, ConfirmationFacts facts) {
        this.dashboard = dashboard;
        this.facts = facts;
        this.leads = facts.memberLeads();
        this.cluster = dashboard.identity().scope().orElse("this cluster");
    }

    static Dialog.Confirmation about(Action action, Dashboard dashboard) {
        return action.choose(new Questions(dashboard, ConfirmationFacts.of(dashboard, action)));
    }

    @Override
    public Dialog.Confirmation scaleService(Action.ScaleService action) {
        return byDocker(action);
    }

    @Override
    public Dialog.Confirmation onContainer(Action.OnContainer action) {
        return byDocker(action);
    }

    @Override
    public Dialog.Confirmation onMember(Action.OnMember action) {
        List<String> lines = headed(action);
        lines.addAll(takenAway(action));
        lines.add("");
        lines.add("This is run:");
        LineWrap.lines(action.shellCommand(), COMMAND_WIDTH).forEach(line -> lines.add("  " + line));
        return question(action, lines);
    }

    @Override
    public Dialog.Confirmation simulate(Action.Simulate action) {
        List<String> lines = headed(action);
        action.member()
                .ifPresent(member -> lines.add(member + (leads ? " is the LEADER of" : " belongs to") + " cluster "
                        + cluster + ", which is simulated."));
        return question(action, lines);
    }

    @Override
    public Dialog.Confirmation inject(Action.Inject action) {
        List<String> lines = headed(action);
        action.member()
                .ifPresentOrElse(
                        member -> lines.add(
                                member + (leads ? " is the LEADER of" : " belongs to") + " cluster " + cluster + "."),
                        () -> lines.add("This is aimed at cluster " + cluster + ", not at one member."));
        lines.add(
                InjectedFault.named(action.fault())
                                .filter(fault -> !fault.lasts())
                                .isPresent()
                        ? "patop does not undo it: Patroni, or what supervises it, must start it again."
                        : "It lasts until it is undone: by the menu of actions, by patop mend, or when patop ends.");
        return question(action, lines);
    }

    @Override
    public Dialog.Confirmation mend(Action.Mend action) {
        List<String> lines = headed(action);
        lines.add("This puts right what the journal says is broken.");
        return question(action, lines);
    }

    @Override
    public Dialog.Confirmation onPatroni(Action.OnPatroni action) {
        return question(action, PatroniCommandQuestions.lines(action.order(), dashboard));
    }

    @Override
    public Dialog.Confirmation onProxy(Action.OnProxy action) {
        List<String> lines = headed(action);
        lines.addAll(ProxyQuestions.lines(action, dashboard));
        return question(action, lines);
    }

    @Override
    public Dialog.Confirmation startDrill(Action.StartDrill action) {
        List<String> lines = DrillMenus.question(action, dashboard);
        return new Dialog.Confirmation(action, facts, lines, Optional.of(new Dialog.Drill(0)), List.of());
    }

    @Override
    public Dialog.Confirmation stopDrill(Action.StopDrill action) {
        return question(
                action,
                List.of("End the drill?", "", "What it broke is put right first; the runs to come are not made."));
    }

    private Dialog.Confirmation byDocker(Action action) {
        List<String> lines = headed(action);
        lines.addAll(takenAway(action));
        return question(action, lines);
    }

    private List<String> takenAway(Action action) {
        List<String> lines = new ArrayList<>();
        action.member().ifPresent(member -> {
            if (action.breaks()) {
                lines.add("This takes away " + member + (leads ? ", the LEADER" : "") + " of cluster " + cluster + ".");
                lines.add(
                        leads
                                ? "Nobody can write until another member has taken over."
                                : "The leader goes on; the cluster has one replica less.");
            } else {
                lines.add("This brings " + member + " of cluster " + cluster + " back.");
            }
        });
        return lines;
    }

    private Dialog.Confirmation question(Action action, List<String> lines) {
        return new Dialog.Confirmation(action, facts, lines, Optional.empty(), List.of());
    }

    private static List<String> headed(Action action) {
        List<String> lines = new ArrayList<>();
        lines.add(capitalized(action.text()) + "?");
        lines.add("");
        return lines;
    }

    static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
