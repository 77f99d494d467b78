package io.patop.screen;

import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that act on a member: on the one that the view means, or on the leader. */
final class MemberKeys {

    private final View view;
    private final FaultInjector faults;
    private final Scene scene;
    private final ViewContext context;

    MemberKeys(View view, FaultInjector faults, Scene scene, ViewContext context) {
        this.view = view;
        this.faults = faults;
        this.scene = scene;
        this.context = context;
    }

    void details() {
        member().ifPresent(name -> context.open(new Dialog.Details(name)));
    }

    void stop() {
        ask(MemberOperation.STOP);
    }

    void start() {
        ask(MemberOperation.START);
    }

    /** Asks before the leader is stopped, and offers ruder ways to take it away, each with its predicted time. */
    void killLeader() {
        LeaderFailures ways = new LeaderFailures(scene, faults);
        context.ask(faults.stopLeader(scene.dashboard()), ways.stopped(), ways.others());
    }

    /** Opens the menu of the member's actions; if none is possible, shows the reason why the first is not. */
    void menu() {
        Optional<String> member = member();
        List<Dialog.Choice> choices = memberChoices();
        if (scene.readOnly() || choices.isEmpty()) {
            stop();
            return;
        }
        context.open(new Dialog.Menu("What to do to " + member.orElse("the cluster"), choices, 0));
    }

    /** Returns all that can be done now to the member and to the cluster. */
    List<Dialog.Choice> choices() {
        return Stream.concat(memberChoices().stream(), new PatroniCommandMenus(faults, scene).cluster().stream())
                .toList();
    }

    private List<Dialog.Choice> memberChoices() {
        Optional<String> member = member();
        List<Dialog.Choice> choices = new ArrayList<>();
        member.ifPresent(name -> {
            choices.addAll(new PatroniCommandMenus(faults, scene).member(name));
            choices.addAll(choices(faults.onMember(name, scene.dashboard())));
        });
        choices.addAll(choices(faults.actions(member, scene.dashboard())));
        return choices;
    }

    /** Opens the menu of what an earlier patop left broken, and of the faults that can be caused and mended now. */
    void faultMenu() {
        Optional<String> member = member();
        List<Action> actions = new ArrayList<>(faults.abandoned());
        faults.actions(member, scene.dashboard()).stream()
                .filter(action -> !actions.contains(action))
                .forEach(actions::add);
        if (scene.readOnly()) {
            context.ask(new Availability.Impossible(Scene.READ_ONLY));
        } else if (actions.isEmpty()) {
            context.ask(new Availability.Impossible("no fault can be caused here, and nothing is broken"));
        } else {
            context.open(new Dialog.Menu("Break or mend " + member.orElse("the cluster"), choices(actions), 0));
        }
    }

    /** Opens the menu of the cluster's actions. */
    void clusterMenu() {
        List<Dialog.Choice> choices = new PatroniCommandMenus(faults, scene).cluster();
        if (scene.readOnly() || choices.isEmpty()) {
            context.ask(new Availability.Impossible("no member has been seen yet"));
            return;
        }
        String cluster = scene.dashboard().identity().scope().orElse("?");
        context.open(new Dialog.Menu("What to do to cluster " + cluster, choices, 0));
    }

    private static List<Dialog.Choice> choices(List<? extends Action> offers) {
        return offers.stream()
                .map(offer -> new Dialog.Choice(offer.text(), at -> at.ask(new Availability.Possible(offer))))
                .toList();
    }

    private void ask(MemberOperation operation) {
        Optional<String> member = member();
        if (member.isEmpty()) {
            boolean unseen = scene.dashboard().members().isEmpty();
            context.say(unseen ? "no member has been seen yet" : "no member is selected", Ink.WARNING);
        } else {
            context.ask(faults.offer(operation, member.get(), scene.dashboard()));
        }
    }

    private Optional<String> member() {
        return view.member(scene).flatMap(scene.dashboard()::member).map(WatchedMember::name);
    }
}
