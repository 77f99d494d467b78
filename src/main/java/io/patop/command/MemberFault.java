package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.patronictl.Cluster;
import io.patop.command.patronictl.table.ListedCluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Threads;
import io.patop.control.Actor;
import io.patop.control.Availability;
import io.patop.control.DockerAvailability;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The part that {@code kill}, {@code freeze} and {@code thaw} share: the container of a member is found as the
 * dashboard finds it, and the action is done after a question.
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

    /** Does the action to each member, or to none if it is not possible for one of them. */
    int commit(Action.Verb verb) {
        consent.requireWritable(command);
        try (DockerClient docker = connection.docker()) {
            ListedCluster cluster = Cluster.of(connection, connection.patroni(Threads.pool("patop-http")))
                    .list();
            Dashboard dashboard = look(docker, cluster);
            List<Action.OnContainer> actions = members.stream()
                    .map(member -> action(dashboard, member, verb))
                    .toList();
            String what = String.join(
                    ", ",
                    actions.stream()
                            .map(action ->
                                    action.words() + " of " + action.member().orElseThrow())
                            .toList());
            if (!consent.isGiven(Printable.line("In cluster " + cluster.name() + ": " + what))) {
                return ExitCode.FAILED;
            }
            boolean failed = false;
            for (Action.OnContainer action : actions) {
                Answer<String> answer = Actor.onContainer(docker, action);
                answer.value().ifPresent(done -> System.out.println(Printable.line("done: " + action.words())));
                answer.failure().ifPresent(failure -> System.err.println("patop: " + failure.message()));
                failed |= answer.failure().isPresent();
            }
            return failed ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private static Dashboard look(DockerClient docker, ListedCluster cluster) {
        Answer<EngineView> engine = docker.view();
        EngineView view = engine.value()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE,
                        engine.failure().map(Failure::message).orElseThrow()));
        Instant now = Instant.now();
        Dashboard listed = Reducer.reduce(
                Dashboard.EMPTY,
                new Observation.ClusterAnswered(now, URI.create("http://localhost"), Duration.ZERO, cluster.view()));
        return Reducer.reduce(listed, new Observation.DockerAnswered(now, view));
    }

    private static Action.OnContainer action(Dashboard dashboard, String member, Action.Verb verb) {
        if (dashboard.member(member).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    Printable.line("no member " + member + " in the cluster: it is one of "
                            + String.join(", ", dashboard.members().keySet())));
        }
        Availability availability = DockerAvailability.onContainer(dashboard, member, verb);
        if (availability instanceof Availability.Impossible impossible) {
            throw new CommandFailure(ExitCode.FAILED, Printable.line(impossible.why()));
        }
        return (Action.OnContainer) ((Availability.Possible) availability).action();
    }
}
