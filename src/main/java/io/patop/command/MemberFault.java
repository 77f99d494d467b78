package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.patronictl.Cluster;
import io.patop.command.patronictl.ClusterSnapshot;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Threads;
import io.patop.control.Availability;
import io.patop.control.ContainerLever;
import io.patop.control.FaultInjector;
import io.patop.control.Lever;
import io.patop.control.fault.ActionJournal;
import io.patop.control.fault.JournalledLever;
import io.patop.control.journal.JournalFiles;
import io.patop.control.place.ProgramFaults;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The part that {@code kill}, {@code freeze} and {@code thaw} share: the action on a member is found as the
 * dashboard finds it, and is done after a question.
 */
final class MemberFault {

    @Mixin
    private Connection connection;

    @Mixin
    private Consent consent;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(arity = "1..*", paramLabel = "MEMBER", description = "A member by Patroni's name for it.")
    private List<String> members = new ArrayList<>();

    /** Does the operation to each member, or to none if it is not possible for one of them. */
    int commit(MemberOperation operation) {
        consent.requireWritable(command);
        connection.belongTo(command);
        JournalFiles journal = FaultJournal.of(command);
        Optional<ProgramFaults> programs = ClusterFaults.of(command, journal);
        if (programs.isPresent()) {
            try (ProgramFaults faults = programs.get()) {
                ClusterSnapshot cluster = survey();
                return commit(operation, cluster.name(), cluster.dashboard(), faults, faults);
            }
        }
        try (DockerClient docker = connection.docker()) {
            ClusterSnapshot cluster = survey();
            Dashboard dashboard = withDocker(cluster.dashboard(), docker);
            Lever<?> lever = new JournalledLever<>(
                    new ContainerLever(docker),
                    new ActionJournal(journal, () -> dashboard.docker().view(), docker.place(), Clock.systemUTC()));
            return commit(operation, cluster.name(), dashboard, FaultInjector.NONE, lever);
        }
    }

    private ClusterSnapshot survey() {
        return Cluster.of(connection, connection.patroni(Threads.pool("patop-http")))
                .survey();
    }

    private int commit(
            MemberOperation operation, String cluster, Dashboard dashboard, FaultInjector faults, Lever<?> lever) {
        List<Action> actions = members.stream()
                .map(member -> action(dashboard, member, operation, faults))
                .toList();
        String what = actions.stream().map(MemberFault::text).collect(Collectors.joining(", "));
        if (!consent.isGiven(Printable.line("In cluster " + cluster + ": " + what))) {
            return ExitCode.FAILED;
        }
        return perform(actions, lever) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** A program is shown as it will be run. */
    private static String text(Action action) {
        return action instanceof Action.OnMember
                ? action.text() + ", by: " + action.shellCommand()
                : action.text() + " of " + action.member().orElseThrow();
    }

    private static boolean perform(List<Action> actions, Lever<?> lever) {
        boolean done = true;
        for (Action action : actions) {
            Answer<String> answer = lever.perform(action, step -> System.err.println(Printable.line("patop: " + step)))
                    .join();
            answer.value().ifPresent(said -> System.out.println(Printable.line("done: " + action.text())));
            answer.failure().ifPresent(failure -> System.err.println("patop: " + failure.message()));
            done &= answer.failure().isEmpty();
        }
        return done;
    }

    /** Adds to a dashboard what Docker shows now. */
    static Dashboard withDocker(Dashboard dashboard, DockerClient docker) {
        Answer<EngineView> engine = docker.view();
        EngineView view = engine.value()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE,
                        engine.failure().map(Failure::message).orElseThrow()));
        return Reducer.reduce(
                dashboard, new Observation.DockerAnswered(Clock.systemUTC().instant(), view));
    }

    /** Fails where the cluster has no such member. */
    static void requireMember(Dashboard dashboard, String member) {
        if (dashboard.member(member).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    Printable.line("no member " + member + " in the cluster: it is one of "
                            + String.join(", ", dashboard.members().keySet())));
        }
    }

    private static Action action(Dashboard dashboard, String member, MemberOperation operation, FaultInjector faults) {
        Availability availability = faults.offer(operation, member, dashboard);
        if (!availability.isPossible()) {
            requireMember(dashboard, member);
        }
        return availability
                .offer()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, Printable.line(availability.hindrance().orElse(""))));
    }
}
