package io.patop.command.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes on inside a container on the cluster's network, in the same terminal: in a node's own shell the
 * overlay's addresses are out of reach. The {@code docker} command does it, since it hands over the terminal
 * with its size, its signals and its keys.
 */
public final class InContainer {

    private static final List<String> PASSED_ON = List.of("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "TZ");

    private InContainer() {}

    /**
     * The command.
     *
     * @param network of Docker's
     * @param image of patop
     * @param socket of the engine, on its host
     * @param environment of this process; of it what concerns terminal and patop is passed on
     * @param arguments of patop
     * @param terminal whether there is one to hand over
     */
    public static List<String> command(
            String network,
            String image,
            String socket,
            Map<String, String> environment,
            List<String> arguments,
            boolean terminal) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", terminal ? "-ti" : "-i"));
        command.add("--network=" + network);
        command.add("--volume=" + socket + ":/var/run/docker.sock");
        new TreeMap<>(environment).forEach((name, value) -> {
            boolean ours =
                    name.startsWith("PATOP_") && !name.equals("PATOP_IMAGE") && !name.equals("PATOP_DOCKER_HOST");
            if (ours || PASSED_ON.contains(name)) {
                // Only the name: docker takes the value from our environment, and nobody reads it in ps.
                command.add("--env=" + name);
            }
        });
        command.add(image);
        command.addAll(arguments);
        return command;
    }

    /** Runs it in this terminal and tells its exit code. */
    public static int run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException missing) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the docker command is needed to go on inside a container, and is not on the PATH");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }
}
