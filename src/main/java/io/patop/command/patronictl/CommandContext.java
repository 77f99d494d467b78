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

/** One running command: its cluster, its output, and the person it asks. */
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
     * Makes the context for the cluster that is named.
     *
     * @param names the words after the command, the cluster's first if it is there
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

    /** Prints a line for scripts and people alike. Text from outside must go through {@link Printable} first. */
    void say(String line) {
        out.println(line);
    }

    /** Prints a whole text with its line ends, such as a table; returns false if nobody reads it any more. */
    boolean print(String text) {
        out.print(text);
        return !out.checkError();
    }

    /** Prints patop's own lines to standard error, since scripts read patronictl's output. */
    void add(String text) {
        out.flush();
        err.print(text);
        err.flush();
    }

    /** Prints a warning to standard error. */
    void warn(String line) {
        out.flush();
        err.println("patop: " + Printable.line(line));
    }

    /** Returns the URL of the member's API. */
    ApiUrl url(Member member) {
        return cluster.url(member)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "member " + Printable.line(member.name())
                                + " has published no REST API: say where it is with -u "
                                + Printable.line(member.name()) + "=URL"));
    }

    /**
     * Sends a command to one member and returns its reply. It is sent only if the member itself answers at its
     * address.
     */
    Answer<CommandReply> tell(
            ClusterSnapshot snapshot,
            Member member,
            Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        out.flush();
        return telling(snapshot, member, command).join();
    }

    /** Sends a command as {@link #tell} does, without waiting for the reply. */
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
     * Returns the member's own answer, or why nothing may be sent to it. A node that does not tell its name is
     * checked against the addresses that are published now, since an address may have passed to another member after
     * the snapshot.
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
     * Sends a command to the first member that can be reached, the leader first as in patronictl. Another member is
     * tried only as long as nothing has been sent.
     */
    CommandReply tellAny(ClusterSnapshot snapshot, Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        return tellFirst(snapshot, cluster.leaderFirst(snapshot.listed().view()), command);
    }

    /** Sends a command to the first of these members that can be reached. */
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

    /** Returns a member's reply; if there is none, prints what went wrong. */
    Optional<CommandReply> reply(Answer<CommandReply> answer, String action, Member member) {
        answer.failure()
                .ifPresent(failure -> say("Failed: " + action + " for member " + Printable.line(member.name()) + ", ("
                        + failure.message() + ")"));
        return answer.value();
    }

    /** Prints a refusal in patronictl's words, and patop's advice if there is any. */
    void refused(CommandReply reply, String action, Member member) {
        say("Failed: " + action + " for member " + Printable.line(member.name()) + ", status code=" + reply.status()
                + ", (" + reply.text() + ")");
        advise(reply);
    }

    /** Prints patop's advice on a refusal, each advice once. */
    void advise(CommandReply reply) {
        reply.advice().filter(advised::add).ifPresent(this::warn);
    }
}
