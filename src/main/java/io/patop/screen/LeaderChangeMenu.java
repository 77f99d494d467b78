package io.patop.screen;

import io.patop.control.Availability;
import io.patop.control.PatroniAvailability;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import io.patop.watch.model.Dashboard;
import io.patop.watch.rules.Succession;
import io.patop.watch.rules.Succession.Prospect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The menus before a switchover or failover: which members can take over, why the others cannot, and when it is to
 * happen.
 */
final class LeaderChangeMenu {

    private final Scene scene;
    private final Dashboard dashboard;

    LeaderChangeMenu(Scene scene) {
        this.scene = scene;
        this.dashboard = scene.dashboard();
    }

    /** Opens the menu of all members, those that can take over first. */
    void open(ViewContext context) {
        Optional<String> leader = dashboard.leadership().present();
        Succession succession = Succession.of(change(), dashboard);
        List<Dialog.Choice> choices = new ArrayList<>();
        for (Prospect prospect : succession.prospects()) {
            if (prospect.canTakeOver()) {
                choices.add(choice(prospect));
            }
        }
        if (leader.isPresent() && !succession.able().isEmpty() && !dashboard.paused()) {
            choices.add(new Dialog.Choice("whom Patroni elects", at -> when(Optional.empty(), at)));
        }
        for (Prospect prospect : succession.prospects()) {
            if (!prospect.canTakeOver()) {
                choices.add(choice(prospect));
            }
        }
        if (choices.isEmpty()) {
            context.say("there is no other member that could take over", Ink.WARNING);
            return;
        }
        context.open(new Dialog.Menu(
                "Who shall lead" + leader.map(name -> " in place of " + name).orElse(", since nobody does"),
                choices,
                0));
    }

    /** Offers a switchover to a member that can take over, and a failover by force to one that cannot. */
    void to(String member, ViewContext context) {
        Optional<Prospect> prospect = Succession.of(change(), dashboard).prospect(member);
        boolean able = prospect.filter(Prospect::canTakeOver).isPresent();
        if (able && dashboard.leadership().present().isPresent()) {
            when(Optional.of(member), context);
            return;
        }
        Availability failover = PatroniAvailability.failover(dashboard, member);
        if (able || !failover.isPossible()) {
            context.ask(failover);
            return;
        }
        List<Dialog.Choice> choices = new ArrayList<>();
        choices.add(new Dialog.Choice("leave it", at -> at.say("nothing was done", Ink.DIM)));
        Availability offer = PatroniAvailability.switchover(dashboard, Optional.of(member), Optional.empty());
        if (offer.isPossible()) {
            choices.add(
                    new Dialog.Choice("ask for a switchover to it; Patroni will hardly do it", at -> at.ask(offer)));
        }
        choices.add(new Dialog.Choice("fail over to it by force; WAL that it lacks is lost", at -> at.ask(failover)));
        context.open(new Dialog.Menu(member + " " + prospect.map(Prospect::text).orElse("is not known"), choices, 0));
    }

    private Dialog.Choice choice(Prospect prospect) {
        return new Dialog.Choice(prospect.member() + "  " + prospect.text(), context -> to(prospect.member(), context));
    }

    private void when(Optional<String> candidate, ViewContext context) {
        Availability now = PatroniAvailability.switchover(dashboard, candidate, Optional.empty());
        if (dashboard.paused() || !now.isPossible()) {
            context.ask(now);
            return;
        }
        String whom = candidate.orElse("whom Patroni elects");
        context.open(new Dialog.Menu(
                "Switch over to " + whom,
                List.of(
                        new Dialog.Choice("now", at -> at.ask(now)),
                        new Dialog.Choice("at a time ...", at -> new PatroniCommandMenus(scene)
                                .askTime(
                                        "switch over to " + whom,
                                        at,
                                        (time, then) -> then.ask(PatroniAvailability.switchover(
                                                dashboard, candidate, Optional.of(time)))))),
                0));
    }

    private Succession.Change change() {
        return dashboard.leadership().present().isPresent() ? Succession.Change.SWITCHOVER : Succession.Change.FAILOVER;
    }
}
