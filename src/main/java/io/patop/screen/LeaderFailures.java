package io.patop.screen;

import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.forecast.Forecast;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to take the leader away, each with the time in which it is expected to be written to again. */
final class LeaderFailures {

    private final Dashboard dashboard;
    private final FaultInjector faults;
    private final Forecast forecast;
    private final Optional<String> leader;

    LeaderFailures(Scene scene, FaultInjector faults) {
        this.dashboard = scene.dashboard();
        this.faults = faults;
        this.forecast = Forecast.of(dashboard, scene.now());
        this.leader = dashboard.leadership().present();
    }

    /** What is said of the gentlest way, a clean stop. */
    List<String> stopped() {
        return List.of("A clean stop, the gentlest fault" + expected(LeaderFailure.STOPPED) + ".", "");
    }

    /** The ruder ways that are possible. */
    List<Dialog.Choice> others() {
        List<Dialog.Choice> choices = new ArrayList<>();
        leader.ifPresent(name -> {
            boolean isService = faults.runMembers(dashboard).isEmpty()
                    && Optional.ofNullable(dashboard.workloads().get(name))
                            .filter(workload -> workload.kind() == Workload.Kind.SERVICE)
                            .isPresent();
            add(
                    choices,
                    isService ? "kill it (SIGKILL); Docker starts it again" : "kill it (SIGKILL)",
                    isService ? LeaderFailure.KILLED_AND_STARTED : LeaderFailure.KILLED,
                    faults.offer(MemberOperation.KILL, name, dashboard).offer());
            add(
                    choices,
                    "freeze it (SIGSTOP)",
                    LeaderFailure.FROZEN,
                    faults.offer(MemberOperation.FREEZE, name, dashboard).offer());
            add(
                    choices,
                    "crash PostgreSQL alone",
                    LeaderFailure.POSTGRES_CRASHED,
                    faults.offer(InjectedFault.POSTGRES_KILL, leader, dashboard).offer());
        });
        return choices;
    }

    private void add(
            List<Dialog.Choice> choices, String words, LeaderFailure failure, Optional<? extends Action> action) {
        action.ifPresent(possible -> choices.add(
                new Dialog.Choice(words + expected(failure), at -> at.ask(new Availability.Possible(possible)))));
    }

    private String expected(LeaderFailure failure) {
        return forecast instanceof Forecast.Takeover takeover
                ? ": written to again in " + takeover.after(failure).text()
                : "";
    }
}
