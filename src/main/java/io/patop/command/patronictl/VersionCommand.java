package io.patop.command.patronictl;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Version;
import io.patop.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code patop version}: prints patop's own version; with a cluster's or member's name or a URL, also Patroni's and
 * PostgreSQL's version of each member.
 */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print patop's version, and those of a cluster's members.")
public final class VersionCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Parameters(arity = "0..*", paramLabel = "[CLUSTER] MEMBER", description = "Whose versions.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine().getOut().println("patop version " + Version.number());
        if (names.isEmpty() && !connection.isGiven()) {
            return ExitCode.DONE;
        }
        CommandContext context = CommandContext.of(connection, command, names);
        ClusterSnapshot snapshot = context.cluster().survey();
        List<String> chosen = MemberNames.members(names, snapshot);
        Map<Member, CompletableFuture<Answer<NodeStatus>>> asked = new LinkedHashMap<>();
        snapshot.members().stream()
                .filter(member -> chosen.isEmpty() || chosen.contains(member.name()))
                .filter(member -> context.cluster().url(member).isPresent())
                .forEach(member -> asked.put(member, context.reads().node(context.url(member))));
        context.say("");
        asked.forEach((member, answer) -> context.say(Printable.line(member.name()) + ": " + text(answer.join())));
        return ExitCode.DONE;
    }

    private static String text(Answer<NodeStatus> answer) {
        return answer.value()
                .map(VersionCommand::text)
                .orElseGet(() -> "failed to get version: "
                        + answer.failure().map(Failure::message).orElse(""));
    }

    private static String text(NodeStatus node) {
        return "Patroni " + Printable.line(node.patroniVersion().orElse("None"))
                + node.postgresVersion()
                        .map(version -> " PostgreSQL " + version)
                        .orElse("");
    }
}
