package io.patop.screen;

import io.patop.cluster.TypedTime;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.PatroniAvailability;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Patroni's commands as rows of a menu. A command that is not possible now is left out, or says why. */
final class PatroniCommandMenus {

    private final FaultInjector faults;
    private final Scene scene;

    /** Patroni's commands alone. */
    PatroniCommandMenus(Scene scene) {
        this(FaultInjector.NONE, scene);
    }

    PatroniCommandMenus(FaultInjector faults, Scene scene) {
        this.faults = faults;
        this.scene = scene;
    }

    /** Returns the commands for one member. */
    List<Dialog.Choice> member(String member) {
        Dashboard dashboard = scene.dashboard();
        List<Dialog.Choice> choices = new ArrayList<>();
        add(choices, "restart PostgreSQL of " + member, PatroniAvailability.restart(dashboard, member));
        add(
                choices,
                "restart it now, since settings wait for that",
                PatroniAvailability.restartIfPending(dashboard, member));
        if (PatroniAvailability.restart(dashboard, member).isPossible()
                && PatroniAvailability.scheduledRestart(dashboard, member).isEmpty()) {
            choices.add(new Dialog.Choice(
                    "restart it at a time ...",
                    context -> askTime(
                            "restart " + member,
                            context,
                            (at, then) -> then.ask(PatroniAvailability.restartAt(dashboard, member, at)))));
        }
        add(choices, "cancel its scheduled restart", PatroniAvailability.cancelRestart(dashboard, member));
        add(choices, "reload its configuration file", PatroniAvailability.reload(dashboard, member));
        add(choices, "reinitialize: copy all its data anew", PatroniAvailability.reinitialize(dashboard, member));
        if (PatroniAvailability.failover(dashboard, member).isPossible()) {
            choices.add(new Dialog.Choice(
                    "switch over or fail over to it ...", context -> new LeaderChangeMenu(scene).to(member, context)));
        } else if (dashboard.leadership().present().filter(member::equals).isPresent()) {
            choices.add(
                    new Dialog.Choice("switch over from it ...", context -> new LeaderChangeMenu(scene).open(context)));
        }
        return choices;
    }

    /** Returns the commands for the cluster. */
    List<Dialog.Choice> cluster() {
        Dashboard dashboard = scene.dashboard();
        List<Dialog.Choice> choices = new ArrayList<>();
        if (!dashboard.members().isEmpty()) {
            choices.add(new Dialog.Choice(
                    "switch over, fail over: who can take over ...",
                    context -> new LeaderChangeMenu(scene).open(context)));
            choices.add(new Dialog.Choice(
                    "failover drill: break it on purpose, measure, put it right ...",
                    context -> new DrillMenus(faults, scene, context).open()));
        }
        add(choices, "cancel the scheduled switchover", PatroniAvailability.cancelSwitchover(dashboard));
        add(
                choices,
                dashboard.paused()
                        ? "resume: automatic failover works again"
                        : "pause: no automatic failover (maintenance mode)",
                PatroniAvailability.maintenance(dashboard));
        add(choices, "rolling restart, the leader last", PatroniAvailability.rollingRestart(dashboard, false));
        add(choices, "rolling restart of those that wait for it", PatroniAvailability.rollingRestart(dashboard, true));
        add(choices, "reload all configuration files", PatroniAvailability.reloadAll(dashboard));
        for (String member : dashboard.members().keySet()) {
            if (PatroniAvailability.scheduledRestart(dashboard, member).isPresent()) {
                add(
                        choices,
                        "cancel the scheduled restart of " + member,
                        PatroniAvailability.cancelRestart(dashboard, member));
            }
        }
        return choices;
    }

    /** Lets the person type a time and goes on with it; says what is wrong with it otherwise. */
    void askTime(String mark, ViewContext context, BiConsumer<OffsetDateTime, ViewContext> then) {
        context.type(Prompt.of(mark + " at (" + TypedTime.FORMS + "): ", text -> {
            try {
                then.accept(TypedTime.upcoming(text, scene.now(), scene.zone()), context);
            } catch (IllegalArgumentException wrong) {
                context.say(Printable.message(wrong), Ink.WARNING);
            }
        }));
    }

    private static void add(List<Dialog.Choice> choices, String words, Availability availability) {
        if (availability.isPossible()) {
            choices.add(new Dialog.Choice(words, context -> context.ask(availability)));
        }
    }
}
