package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Version;
import io.patop.docker.DockerClient;
import io.patop.docker.Scaled;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patop scale SERVICE=N…}: scales services as {@code docker service scale} does, after a question. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Scale Docker services, after a question.")
final class ScaleCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Consent consent;

    @Spec
    private CommandSpec command;

    @Parameters(arity = "1..*", paramLabel = "SERVICE=N", description = "A service and how many tasks it is to run.")
    private List<String> targets = new ArrayList<>();

    @Override
    public Integer call() {
        Map<String, Integer> wanted = wanted();
        consent.requireWritable();
        if (!consent.isGiven("Scale " + String.join(" ", targets))) {
            return ExitCode.FAILED;
        }
        boolean failed = false;
        try (DockerClient docker = connection.docker()) {
            for (Map.Entry<String, Integer> target : wanted.entrySet()) {
                Answer<Scaled> answer =
                        FaultJournal.scaled(FaultJournal.of(command), docker, target.getKey(), target.getValue());
                answer.value().ifPresent(ScaleCommand::print);
                answer.failure().ifPresent(failure -> System.err.println("patop: " + failure.message()));
                failed |= answer.failure().isPresent();
                if (answer.failure().filter(ScaleCommand::isUnreachable).isPresent()) {
                    return ExitCode.UNREACHABLE;
                }
            }
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static void print(Scaled scaled) {
        System.out.println(
                Printable.line(scaled.service()) + " scaled from " + scaled.before() + " to " + scaled.now());
        scaled.warnings().forEach(warning -> System.err.println("patop: " + Printable.line(warning)));
    }

    private static boolean isUnreachable(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED, TIMED_OUT, UNRESOLVED, UNREACHABLE, TLS, NOT_UNDERSTOOD -> true;
            default -> false;
        };
    }

    private Map<String, Integer> wanted() {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (String target : targets) {
            int equals = target.lastIndexOf('=');
            try {
                int replicas = Integer.parseInt(target.substring(equals + 1));
                if (equals < 1 || replicas < 0) {
                    throw new NumberFormatException();
                }
                wanted.put(target.substring(0, equals), replicas);
            } catch (NumberFormatException notANumber) {
                throw new CommandFailure(ExitCode.USAGE, "say SERVICE=N with N of 0 or more, not " + target);
            }
        }
        return wanted;
    }
}
