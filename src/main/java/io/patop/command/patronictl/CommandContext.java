package io.patop.command.patronictl;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.command.shell.Program;
import io.patop.command.shell.Prompts;
import io.patop.command.shell.Threads;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.CommandReply;
import io.patop.patroni.NodeApi;
import io.patop.patroni.NodeCommands;
import io.patop.patroni.PatroniClient;
import io.patop.text.Printable;
import io.patop.watch.rules.IdentityCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** One command under way: the cluster it is about, what it prints to, and whom it asks. */
final class CommandContext {

    private final PatroniClient client;
    private final Cluster cluster;
    private final PrintWriter out;
    private final PrintWriter err;
    private final ProcessEnvironment environment;
    private final Prompts prompts;
    private final Set<String> advised = new HashSet<>();

    private CommandContext(PatroniClient client, Cluster cluster, CommandSpec command, ProcessEnvironment environment) {
        this.client = client;
        this.cluster = cluster;
        this.out = command.commandLine().getOut();
        this.err = command.commandLine().getErr();
        this.environment = environment;
        this.prompts = new Prompts(out, environment);
    }

    static CommandContext of(Connection connection, CommandSpec command) {
        return of(connection, command, List.of());
    }

    /**
     * The same for the cluster that is named.
     *
     * @param names behind the command, the cluster's first if it is there
     */
    static CommandContext of(Connection connection, CommandSpec command, List<String> names) {
        PatroniClient client = connection.patroni(Threads.pool("patop-http"));
        ProcessEnvironment environment = ((Program) command.root().userObject()).environment();
        Cluster cluster = Cluster.of(connection, client);
        return new CommandContext(
                client, names.stream().findFirst().map(cluster::named).orElse(cluster), command, environment);
    }

    Cluster cluster() {
        return cluster;
    }

    NodeApi reads() {
        return client;
    }

    NodeCommands commands() {
        return client;
    }

    Prompts prompts() {
        return prompts;
    }

    ProcessEnvironment environment() {
        return environment;
    }

    /** What is meant for scripts and people alike. Text from outside goes through {@link Printable} first. */
    void say(String line) {
        out.println(line);
    }

    /** A whole text with its line ends, such as a table; false if nobody reads it any more. */
    boolean print(String text) {
        out.print(text);
        return !out.checkError();
    }

    /** Whole lines of patop's own: beside what patronictl prints, which scripts read. */
    void add(String text) {
        out.flush();
        err.print(text);
        err.flush();
    }

    /** What is worth knowing and not what was asked for. */
    void warn(String line) {
        out.flush();
        err.println("patop: " + Printable.line(line));
    }

    /** Where the member's API is. */
    ApiUrl url(Member member) {
        return cluster.url(member)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "member " + Printable.line(member.name())
                                + " has published no REST API: say where it is with -u "
                                + Printable.line(member.name()) + "=URL"));
    }

    /** What that one member says to the command. Sent only where it answers itself, and nobody else in its place. */
    Answer<CommandReply> tell(
            ClusterSnapshot snapshot,
            Member member,
            Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        out.flush();
        return telling(snapshot, member, command).join();
    }

    /** The same, without waiting for it. */
    CompletableFuture<Answer<CommandReply>> telling(
            ClusterSnapshot snapshot,
            Member member,
            Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        ApiUrl url = url(member);
        return whoAnswers(snapshot, member).thenCompose(there -> there.failure()
                .map(why -> CompletableFuture.<Answer<CommandReply>>completedFuture(
                        new Answer.Missing<>(why, there.took())))
                .orElseGet(() -> command.apply(url)));
    }

    /**
     * The member's own answer, or why nothing is sent to it. A node that does not tell its name is compared with the
     * addresses that are published now: since the survey, this one can have passed to another member.
     */
    private CompletableFuture<Answer<NodeStatus>> whoAnswers(ClusterSnapshot snapshot, Member member) {
        ApiUrl url = url(member);
        return client.node(url).thenApply(answer -> {
            IdentityCheck check = snapshot.identityCheck();
            if (answer.value().filter(said -> said.name().isEmpty()).isPresent()) {
                Answer<ClusterView> now = cluster.viewNow();
                if (now.failure().isPresent()) {
                    return check.beforeSending(
                            member.name(),
                            url.base(),
                            new Answer.Missing<>(now.failure().get(), now.took()));
                }
                check = new IdentityCheck(
                        check.cluster(), now.value().orElseThrow().members());
            }
            return check.beforeSending(member.name(), url.base(), answer);
        });
    }

    /**
     * What the first member says that can be reached: the leader if it can, as patronictl asks them. Another one
     * is asked only as long as nothing has been sent.
     */
    CommandReply tellAny(ClusterSnapshot snapshot, Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        return tellFirst(snapshot, cluster.leaderFirst(snapshot.listed().view()), command);
    }

    /** The same, in that order. */
    CommandReply tellFirst(
            ClusterSnapshot snapshot,
            List<Member> members,
            Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        out.flush();
        List<String> failures = new ArrayList<>();
        for (Member member : members) {
            Optional<Failure> notSent = whoAnswers(snapshot, member).join().failure();
            if (notSent.isPresent()) {
                failures.add(notSent.get().message());
                continue;
            }
            Answer<CommandReply> answer = command.apply(url(member)).join();
            if (answer.value().isPresent()) {
                return answer.value().get();
            }
            Failure failure = answer.failure().orElseThrow();
            if (NodeCommands.mayHaveArrived(failure)) {
                throw new CommandFailure(ExitCode.FAILED, failure.message());
            }
            failures.add(failure.message());
        }
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                failures.isEmpty() ? "no member has published its REST API" : String.join("; ", failures));
    }

    /** A member's reply, or a line on what went wrong instead of one. */
    Optional<CommandReply> reply(Answer<CommandReply> answer, String action, Member member) {
        answer.failure()
                .ifPresent(failure -> say("Failed: " + action + " for member " + Printable.line(member.name()) + ", ("
                        + failure.message() + ")"));
        return answer.value();
    }

    /** A refusal in patronictl's words, and what to do where patop knows. */
    void refused(CommandReply reply, String action, Member member) {
        say("Failed: " + action + " for member " + Printable.line(member.name()) + ", status code=" + reply.status()
                + ", (" + reply.text() + ")");
        advise(reply);
    }

    /** What to do about a refusal, where patop knows: once. */
    void advise(CommandReply reply) {
        reply.advice().filter(advised::add).ifPresent(this::warn);
    }
}
