package io.patop.command.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Continues inside a container on the cluster's network, in the same terminal, since a shell on a node cannot reach
 * the overlay network's addresses. The {@code docker} command is used because it passes on the terminal with its
 * size, signals and keys.
 */
public final class InContainer {

    private static final List<String> PASSED_ON = List.of("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "TZ");

    private InContainer() {}

    /**
     * Returns the command to run.
     *
     * @param network Docker's network
     * @param image patop's image
     * @param socket the engine's socket, on its host
     * @param environment this process's environment; variables for the terminal and for patop are passed on
     * @param arguments patop's arguments
     * @param terminal whether there is a terminal to pass on
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
                // Only the name: docker takes the value from this process's environment, so that ps does not show it.
                command.add("--env=" + name);
            }
        });
        command.add(image);
        command.addAll(arguments);
        return command;
    }

    /** Runs the command in this terminal and returns its exit code. */
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
