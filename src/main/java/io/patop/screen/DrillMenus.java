package io.patop.screen;

import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.drill.DrillPlan;
import io.patop.drill.Fault;
import io.patop.drill.FaultCombination;
import io.patop.drill.PlannedFault;
import io.patop.drill.Readiness;
import io.patop.drill.Target;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Menus for a failover drill: the fault, the target and the number of runs are chosen, then confirmed. While a drill
 * runs, it is shown instead.
 */
final class DrillMenus {

    private static final List<Integer> TIMES = List.of(1, 2, 3, 5, 10, 20);
    private static final List<Integer> CLIENTS = List.of(10, 30, 60, 200);

    private final FaultInjector injector;
    private final Scene scene;
    private final ViewContext context;

    DrillMenus(FaultInjector injector, Scene scene, ViewContext context) {
        this.injector = injector;
        this.scene = scene;
        this.context = context;
    }

    void open() {
        if (scene.dashboard().drill().filter(DrillProgress::isRunning).isPresent()) {
            context.open(new Dialog.Drill(0));
            return;
        }
        if (scene.readOnly()) {
            context.ask(new Availability.Impossible(Scene.READ_ONLY));
            return;
        }
        List<Dialog.Choice> choices = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (!isOffered(fault)) {
                continue;
            }
            choices.add(choice(text(fault), () -> targets(List.of(fault))));
        }
        List<Fault> three = List.of(Fault.STOP, Fault.KILL, Fault.SWITCHOVER);
        choices.add(choice("stop, then kill, then switchover", () -> targets(three)));
        choices.add(choice("several at the same time ...", () -> together(List.of())));
        if (scene.dashboard().drill().isPresent()) {
            choices.add(choice("what came of the last drill", () -> context.open(new Dialog.Drill(0))));
        }
        context.open(new Dialog.Menu("Failover drill: which fault?", choices, 0));
    }

    /** Whether the fault has its means here; who is hit is chosen later. */
    private boolean isOffered(Fault fault) {
        if (fault == Fault.KILL && !injector.canKeepKilledDown()) {
            return false;
        }
        return fault.injected().isEmpty()
                || fault.injected()
                        .map(injected -> injector.offer(
                                injected,
                                scene.dashboard()
                                        .leadership()
                                        .present()
                                        .filter(leader -> injected.on() == InjectedFault.On.MEMBER),
                                scene.dashboard()))
                        .filter(Availability::isPossible)
                        .isPresent();
    }

    /** Lets the person choose one fault after the other, of those that go together, until that is all. */
    private void together(List<Fault> chosen) {
        List<Dialog.Choice> choices = new ArrayList<>();
        if (chosen.size() > 1) {
            choices.add(choice("that is all", () -> targets(List.of(PlannedFault.of(chosen)))));
        }
        for (Fault fault : Fault.values()) {
            if (isOffered(fault) && FaultCombination.goesWith(chosen, fault)) {
                List<Fault> more =
                        Stream.concat(chosen.stream(), Stream.of(fault)).toList();
                choices.add(choice(text(fault), () -> together(more)));
            }
        }
        if (choices.isEmpty()) {
            context.ask(new Availability.Impossible("no drill: nothing here can be broken together with that"));
            return;
        }
        String title = chosen.isEmpty()
                ? "which at the same time?"
                : PlannedFault.of(chosen).verb() + ", and?";
        context.open(new Dialog.Menu("Failover drill: " + title, choices, 0));
    }

    private void targets(List<? extends PlannedFault> faults) {
        List<Dialog.Choice> choices = new ArrayList<>();
        for (String target : List.of("leader", "sync", "each")) {
            choices.add(choice(Target.of(target).text(), () -> times(faults, target, 0)));
        }
        for (String member : scene.dashboard().members().keySet()) {
            choices.add(choice(member, () -> times(faults, member, 0)));
        }
        context.open(new Dialog.Menu("Failover drill: to whom?", choices, 0));
    }

    /** Lets the person choose how often; clients can write only where the probe does. */
    private void times(List<? extends PlannedFault> faults, String target, int clients) {
        List<Dialog.Choice> choices = new ArrayList<>();
        for (int times : TIMES) {
            choices.add(choice(times == 1 ? "once" : times + " times", () -> ask(faults, target, times, clients)));
        }
        if (clients == 0 && scene.dashboard().probe().isPresent()) {
            choices.add(choice("with clients that write too ...", () -> clients(faults, target)));
        }
        String title = clients == 0 ? "how often?" : clients + " clients write too; how often?";
        context.open(new Dialog.Menu("Failover drill: " + title, choices, 0));
    }

    private void clients(List<? extends PlannedFault> faults, String target) {
        context.open(new Dialog.Menu(
                "Failover drill: how many clients?",
                CLIENTS.stream()
                        .map(clients -> choice(String.valueOf(clients), () -> times(faults, target, clients)))
                        .toList(),
                0));
    }

    /** Asks for confirmation, or says at once why the drill cannot run. The drill checks again before each fault. */
    private void ask(List<? extends PlannedFault> faults, String target, int times, int clients) {
        DrillPlan plan = DrillPlan.of(new Action.StartDrill(words(faults), target, times, clients, ""))
                .with(injector);
        List<String> troubles = Readiness.troubles(plan, scene.dashboard(), injector);
        context.ask(
                troubles.isEmpty()
                        ? new Availability.Possible(new Action.StartDrill(
                                words(plan.faults()), target, times, clients, "drill " + plan.text()))
                        : new Availability.Impossible("no drill: " + troubles.get(0)));
    }

    private static List<String> words(List<? extends PlannedFault> faults) {
        return faults.stream().<String>map(PlannedFault::word).toList();
    }

    private static Dialog.Choice choice(String words, Runnable chosen) {
        Consumer<ViewContext> effect = at -> chosen.run();
        return new Dialog.Choice(words, effect);
    }

    private static String text(Fault fault) {
        return switch (fault) {
            case STOP -> "stop";
            case KILL -> "kill (SIGKILL), and keep down until another serves";
            case CRASH -> "crash (SIGKILL), free to start again";
            case FREEZE -> "freeze: it accepts connections and never answers";
            case SWITCHOVER -> "switchover";
            case RESTART -> "restart PostgreSQL";
            default -> fault.injected().orElseThrow().text();
        };
    }

    /** Returns the text of the question before a drill. */
    static List<String> question(Action.StartDrill drill, Dashboard dashboard) {
        DrillPlan plan = DrillPlan.of(drill);
        int runs = plan.turns(dashboard.members().keySet()).size();
        String cluster = dashboard.identity().scope().orElse("this cluster");
        return List.of(
                "Break cluster " + cluster + " " + (runs == 1 ? "once" : runs + " times") + " on purpose?",
                "",
                plan.text() + (drill.clients() == 0 ? "." : "; " + drill.clients() + " clients write too."),
                "The leader is " + dashboard.leadership().present().orElse("nobody") + ". Nobody can write until",
                "another has taken over. Each time it is put right again.");
    }
}
