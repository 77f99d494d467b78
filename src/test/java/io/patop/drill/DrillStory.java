package io.patop.drill;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.FaultInjector;
import io.patop.docker.Attachment;
import io.patop.docker.Container;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.probe.Numbers;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A drill on a told cluster of a, b and c, a leading, each in a Swarm service of its own. */
final class DrillStory {

    final ReducerStory told = ReducerStory.healthy();
    final Drill drill;
    private long write;
    private long acknowledged;

    DrillStory(DrillPlan plan) {
        this(plan, FaultInjector.NONE);
    }

    DrillStory(DrillPlan plan, FaultInjector injector) {
        drill = new Drill(plan, injector, told.now());
        told.docker(services(1, 1, 1));
        told.tell(new Observation.ProbeStarted(
                told.now(),
                new ProbeTarget(
                        "patop@haproxy:5000/postgres",
                        "patop_probe",
                        10,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.empty())));
        acknowledged();
    }

    static DrillPlan plan(Fault... faults) {
        return DrillPlan.of(List.of(faults), new Target.Leader(), 1, Objectives.DEFAULT);
    }

    Dashboard dashboard() {
        return told.dashboard();
    }

    Instant now() {
        return told.now();
    }

    DrillStory seconds(double passed) {
        told.seconds(passed);
        return this;
    }

    DrillStory acknowledged() {
        acknowledged++;
        return wrote(Outcome.ACKNOWLEDGED);
    }

    DrillStory refused() {
        return wrote(Outcome.REFUSED);
    }

    DrillStory unknown() {
        return wrote(Outcome.UNKNOWN);
    }

    private DrillStory wrote(Outcome outcome) {
        write++;
        Write one = new Write(
                write,
                now(),
                now(),
                outcome,
                outcome == Outcome.ACKNOWLEDGED ? "" : "connection refused",
                Optional.empty());
        told.tell(new Observation.ProbeWrote(now(), List.of(one)));
        return this;
    }

    DrillStory verified(long... lost) {
        told.tell(new Observation.ProbeVerified(
                now(),
                new Verdict(
                        now(),
                        Optional.empty(),
                        acknowledged,
                        Numbers.of(lost),
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        false)));
        return this;
    }

    /** What it wants done now, as the words of the action; empty for nothing. */
    String sees() {
        return drill.see(dashboard(), now()).map(order -> order.action().text()).orElse("");
    }

    DrillStory done(Action action) {
        told.tell(new Observation.ActionReported(now(), action, Observation.ActionReported.Progress.DONE, ""));
        drill.answered(new Answer.Given<>("", Duration.ZERO), now());
        return this;
    }

    DrillStory accepted() {
        drill.answered(new Answer.Given<>("", Duration.ZERO), now());
        return this;
    }

    DrillStory refusedBy(String why) {
        drill.answered(new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, why), Duration.ZERO), now());
        return this;
    }

    /** So long nothing happens but that writes are acknowledged. */
    DrillStory quiet(double seconds) {
        for (int i = 0; i < seconds * 2; i++) {
            seconds(0.5).acknowledged();
        }
        return this;
    }

    /** All well for as long as a plan wants it; what is wanted then. */
    String settled() {
        sees();
        quiet(4);
        return sees();
    }

    /** b takes over from a, which is gone. */
    DrillStory failsOverToB() {
        seconds(0.3);
        told.silent("a");
        refused();
        seconds(0.7);
        unknown();
        told.cluster(ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        seconds(0.5);
        told.primary("b", 2, "c").standby("c", 2);
        told.cluster(ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0));
        seconds(0.5).acknowledged();
        return this;
    }

    /** a is back as a standby of b. */
    DrillStory aIsBack() {
        quiet(8);
        told.standby("a", 2).primary("b", 2, "a", "c").standby("c", 2);
        told.cluster(ReducerStory.replica("a", 2, 0), ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0));
        return this;
    }

    static EngineView services(int a, int b, int c) {
        List<Service> services = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        List<Container> containers = new ArrayList<>();
        int[] counts = {a, b, c};
        for (int i = 0; i < 3; i++) {
            String name = List.of("a", "b", "c").get(i);
            services.add(new Service(
                    "s" + name,
                    "patroni_" + name,
                    Service.Mode.REPLICATED,
                    Optional.of(counts[i]),
                    Optional.of(counts[i]),
                    "image",
                    Optional.empty(),
                    Set.of(),
                    List.of(),
                    Optional.empty()));
            if (counts[i] > 0) {
                tasks.add(new Task(
                        "t" + name,
                        "s" + name,
                        Optional.of(1),
                        Optional.empty(),
                        "running",
                        "running",
                        "",
                        "",
                        Optional.empty(),
                        Optional.of("c" + name),
                        List.of(new Attachment("n", "net", Set.of("10.0.0." + (int) name.charAt(0))))));
                containers.add(new Container(
                        "c" + name,
                        "patroni_" + name + ".1.t" + name,
                        "image",
                        "running",
                        "Up",
                        Optional.of("t" + name),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Set.of()));
            }
        }
        return new EngineView(
                new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER),
                services,
                tasks,
                containers,
                Optional.empty());
    }
}
