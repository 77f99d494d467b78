package io.patop.command;

import io.patop.watch.rules.Succession;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop switchover}: a healthy leader hands over, now or at a time. */
@Command(
        name = "switchover",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Have the leader hand over to a replica.")
final class SwitchoverCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(
            names = {"--leader", "--primary", "--master"},
            paramLabel = "MEMBER",
            description = "The current leader.")
    private Optional<String> leader;

    @Option(names = "--candidate", paramLabel = "MEMBER", description = "The next leader.")
    private Optional<String> candidate;

    @Option(names = "--scheduled", paramLabel = "TIME", description = ScheduledTime.HELP)
    private Optional<String> scheduled;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        readOnly.check();
        CommandContext errand = CommandContext.of(connection, command, names.given());
        ClusterSnapshot survey = errand.cluster().survey();
        names.check(survey.name());
        return new ChangeOfLeader(
                        errand,
                        Succession.Change.SWITCHOVER,
                        new ChangeOfLeader.Wish(leader, candidate, scheduled, force.isGiven()))
                .run(survey);
    }
}
