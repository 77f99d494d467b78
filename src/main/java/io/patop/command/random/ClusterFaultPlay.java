package io.patop.command.random;

import io.patop.control.FaultInjector;
import io.patop.drill.Fault;
import io.patop.drill.FaultPlan;
import io.patop.drill.FaultPlans;
import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.SchedulePlayback;
import io.patop.drill.random.ScheduledFault;
import io.patop.text.DurationText;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Causes a schedule's faults on a running cluster, by the same actions that a person has, and undoes them. */
final class ClusterFaultPlay {

    private static final Duration AN_ACTION = Duration.ofSeconds(20);

    private final Supplier<Dashboard> dashboard;
    private final FaultInjector injector;
    private final ReportedActions actions;
    private final Consumer<String> news;
    private final SchedulePlayback playback = new SchedulePlayback();
    private final Map<ScheduledFault, List<Action>> undo = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * Makes it.
     *
     * @param news takes a line for each fault and each undoing
     */
    ClusterFaultPlay(
            Supplier<Dashboard> dashboard, FaultInjector injector, ReportedActions actions, Consumer<String> news) {
        this.dashboard = dashboard;
        this.injector = injector;
        this.actions = actions;
        this.news = news;
    }

    /** Returns the plan of a fault of that member, or of one of the cluster. */
    static FaultPlan plan(ScheduledFault.Kind kind, String member, Dashboard dashboard, FaultInjector injector) {
        return Fault.named(kind.word())
                .<FaultPlan>map(fault -> FaultPlans.of(fault, member, dashboard, injector))
                .orElseGet(() -> new FaultPlan.Impossible("there is no such fault here"));
    }

    /** Does one step of the schedule, without waiting for what comes of it. */
    void take(FaultSchedule.Step step) {
        if (step.undoes()) {
            playback.end(step.fault()).ifPresent(fault -> mend(step, fault));
        } else {
            cause(step);
        }
    }

    private void cause(FaultSchedule.Step step) {
        Dashboard now = dashboard.get();
        Optional<String> leader = now.leadership().present();
        Optional<ScheduledFault> fault = playback.begin(step.fault(), leader);
        if (fault.isEmpty()) {
            leaveOut(step, "nobody leads, or it is broken already");
            return;
        }
        String member = fault.get().member().or(() -> leader).orElse("");
        FaultPlan plan = plan(fault.get().kind(), member, now, injector);
        if (plan.possible().isEmpty()) {
            playback.leaveOut(step.fault());
            leaveOut(step, plan.hindrance().orElse(""));
            return;
        }
        String role = leader.filter(member::equals).isPresent() ? ", the leader" : "";
        news.accept(at(step) + fault.get().text() + (fault.get().member().isPresent() ? role : ""));
        broken(step.fault(), plan.possible().get().undo());
        plan.possible().get().orders().forEach(order -> order(step, order));
    }

    private void mend(FaultSchedule.Step step, ScheduledFault fault) {
        news.accept(at(step) + fault.undoText().orElse(""));
        List<CompletableFuture<Optional<String>>> results =
                undoing(step.fault()).stream().map(actions::order).toList();
        CompletableFuture<Void> unused = CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenRun(() -> {
                    List<String> failures = results.stream()
                            .flatMap(result -> result.join().stream())
                            .toList();
                    failures.forEach(why -> leaveOut(step, why));
                    if (failures.isEmpty()) {
                        mended(step.fault());
                    }
                });
    }

    private void order(FaultSchedule.Step step, Action action) {
        CompletableFuture<Void> unused =
                actions.order(action).thenAccept(failure -> failure.ifPresent(why -> leaveOut(step, why)));
    }

    private synchronized void broken(ScheduledFault fault, List<Action> undoing) {
        undo.put(fault, undoing);
    }

    private synchronized List<Action> undoing(ScheduledFault fault) {
        return undo.getOrDefault(fault, List.of());
    }

    private synchronized void mended(ScheduledFault fault) {
        undo.remove(fault);
    }

    private synchronized void leaveOut(FaultSchedule.Step step, String why) {
        leftOut.add(DurationText.text(step.at()) + " " + step.text() + ": " + why);
        news.accept(at(step) + "not " + step.text() + ": " + why);
    }

    private static String at(FaultSchedule.Step step) {
        return DurationText.text(step.at()) + "  ";
    }

    /** Undoes what is still broken, one action after the other; returns what could not be undone, with the reason. */
    List<String> mendAll() {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<ScheduledFault, List<Action>> fault : broken()) {
            List<String> failures = fault.getValue().stream()
                    .flatMap(action -> actions.perform(action, AN_ACTION).stream())
                    .toList();
            if (failures.isEmpty()) {
                mended(fault.getKey());
            } else {
                broken.add(fault.getKey().text() + ": " + String.join("; ", failures));
            }
        }
        return broken;
    }

    private synchronized List<Map.Entry<ScheduledFault, List<Action>>> broken() {
        return List.copyOf(undo.entrySet());
    }

    /** Returns what was caused so far, with the members that were hit. */
    FaultSchedule played() {
        return playback.played();
    }

    /** Returns the steps that were not possible, with the reasons. */
    synchronized List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
