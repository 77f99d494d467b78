package io.patop.watch.rules;

import io.patop.watch.model.Action;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.UnderWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules for a person's actions: they become events, and an action aimed at the leader is the first phase of a
 * failover.
 */
final class ActionRules {

    private ActionRules() {}

    static void reported(DashboardBuilder draft, Observation.ActionReported reported) {
        Action action = reported.action();
        String detail = reported.detail().isEmpty() ? "" : ": " + reported.detail();
        underWay(draft, reported);
        switch (reported.progress()) {
            case STEP -> event(draft, Event.Kind.ACTION_STEP, action, action.text() + detail);
            case BEGUN -> {
                event(draft, Event.Kind.ACTION_BEGUN, action, "you asked to " + action.text());
                fault(draft, action);
            }
            case FAILED -> {
                event(
                        draft,
                        Event.Kind.ACTION_FAILED,
                        action,
                        "failed to " + action.text() + detail + explained(draft, action));
                if (action.breaks()) {
                    FailoverRules.noFault(draft);
                }
            }
            case DONE -> {
                event(draft, Event.Kind.ACTION_DONE, action, "done: " + action.text() + detail);
                fault(draft, action);
            }
        }
    }

    /** Starts the failover when the fault is sent, since Docker answers a stop only after the container has gone. */
    private static void fault(DashboardBuilder draft, Action action) {
        boolean atLeader = draft.leadership
                .present()
                .filter(leader -> action.member().filter(leader::equals).isPresent())
                .isPresent();
        if (action.breaks() && atLeader) {
            FailoverRules.reach(draft, Phase.FAULT, draft.at);
        }
    }

    /**
     * Names who could take over and why each other member could not, since Patroni itself only says that there are no
     * good candidates.
     */
    private static String explained(DashboardBuilder draft, Action action) {
        List<String> all = action.patroniCommand().flatMap(order -> order.choose(new WantedChange())).stream()
                .flatMap(change -> Succession.of(change, draft.done()).prospects().stream())
                .map(prospect -> prospect.member() + " " + prospect.text())
                .toList();
        return all.isEmpty() ? "" : ". " + String.join(". ", all);
    }

    /** Updates the list of actions that were sent and have not ended. Of two equal ones the older ends first. */
    private static void underWay(DashboardBuilder draft, Observation.ActionReported reported) {
        List<UnderWay> all = new ArrayList<>(draft.underWay);
        Optional<UnderWay> known = all.stream()
                .filter(one -> one.action().equals(reported.action()))
                .findFirst();
        switch (reported.progress()) {
            case BEGUN -> all.add(new UnderWay(reported.action(), reported.at(), ""));
            case STEP ->
                known.ifPresent(
                        one -> all.set(all.indexOf(one), new UnderWay(one.action(), one.since(), reported.detail())));
            case DONE, FAILED -> known.ifPresent(all::remove);
        }
        draft.underWay = all;
    }

    private static void event(DashboardBuilder draft, Event.Kind kind, Action action, String text) {
        if (action.member().isPresent()) {
            draft.event(kind, action.member().get(), text);
        } else {
            draft.event(kind, text);
        }
    }
}
