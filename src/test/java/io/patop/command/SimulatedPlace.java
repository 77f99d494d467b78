package io.patop.command;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The place of a simulated cluster's members: a program, {@code control VERB MEMBER}, leaves an order in a folder and
 * waits until this has carried it out by the simulator's own means, and a configuration file names it.
 */
final class SimulatedPlace implements AutoCloseable {

    private final SimulatedCluster cluster;
    private final Path folder;
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final Thread worker = new Thread(this::work, "test-place");
    private volatile boolean ended;

    SimulatedPlace(SimulatedCluster cluster, Path folder) throws IOException {
        this.cluster = cluster;
        this.folder = folder;
        Files.createDirectory(folder.resolve("orders"));
        Path program = folder.resolve("control");
        Files.writeString(
                program,
                """
                #!/bin/sh
                cd %s/orders || exit 2
                echo "$1 $2" > .$$
                mv .$$ $$.order
                while [ -e $$.order ]; do sleep 0.05; done
                [ ! -e $$.failed ] || { cat $$.failed >&2; exit 1; }
                """
                        .formatted(folder));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        worker.start();
    }

    /** Writes the configuration file in which the cluster is called lab. */
    Path configuration() throws IOException {
        String program = folder.resolve("control").toString();
        StringBuilder text = new StringBuilder(addresses()).append("    break:\n      commands:\n");
        for (String verb : List.of("stop", "start", "kill", "freeze", "thaw", "partition", "heal")) {
            text.append("        %s: [%s, %s, '{name}']%n".formatted(verb, program, verb));
        }
        return Files.writeString(folder.resolve("clusters.yaml"), text);
    }

    /** Makes a program systemctl in a folder, whose units patroni@MEMBER are the members. */
    Path systemctl() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("there"));
        Path program = Files.writeString(
                programs.resolve("systemctl"),
                """
                #!/bin/sh
                verb=$1
                for unit in "$@"; do :; done
                exec %s/control "$verb" "${unit#patroni@}"
                """
                        .formatted(folder));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }

    /** Writes the configuration file in which the cluster is called lab and is run by systemd. */
    Path configurationOfSystemd() throws IOException {
        return Files.writeString(
                folder.resolve("clusters.yaml"),
                addresses()
                        + "    break: {systemd: {ssh: '%s@{host}', unit: 'patroni@{name}', sudo: false}}%n"
                                .formatted(System.getProperty("user.name")));
    }

    /** Writes the configuration file in which the cluster is called lab and is run by an engine that ssh reaches. */
    Path configurationOfDocker() throws IOException {
        return Files.writeString(
                folder.resolve("clusters.yaml"),
                addresses()
                        + "    break: {docker: 'ssh://%s@127.0.0.1%s'}%n"
                                .formatted(System.getProperty("user.name"), cluster.dockerSocket()));
    }

    /**
     * Makes a program in place of kubectl, to which every member is a pod of a StatefulSet, and writes the configuration
     * file in which the cluster is called lab and is run by Kubernetes. As the kubelet and a StatefulSet do, it starts a
     * killed member and a deleted one again, after that many seconds.
     */
    Path configurationOfKubernetes(String seconds) throws IOException {
        Path program = Files.writeString(
                folder.resolve("kubectl"),
                """
                #!/bin/sh
                control=%s/control
                again() { (sleep %s; "$control" start "$1") > /dev/null 2>&1 < /dev/null & }
                echo "$*" >> %s/kubectl.calls
                echo 'W1129 a warning, as plug-ins that log in print it' >&2
                [ "$1 $2" = '--namespace prod' ] && shift 2 || exit 2
                case "$*" in
                'get pods -l cluster-name=demo --field-selector metadata.name='*)
                    echo "${6#metadata.name=} hostPID= owner=StatefulSet" ;;
                "delete pod $3 --wait=false") "$control" stop "$3" && again "$3" ;;
                "wait pod/"*" --for=jsonpath={.status.phase}=Running --timeout=50s") ;;
                "exec $2 -c postgres -- kill -KILL -- -1")
                    "$control" kill "$2" && again "$2"
                    echo 'command terminated with exit code 137' >&2; exit 137 ;;
                "exec $2 -c postgres -- kill -STOP -- -1") "$control" freeze "$2" ;;
                "exec $2 -c postgres -- kill -CONT -- -1") "$control" thaw "$2" ;;
                *) echo "error: unknown: $*" >&2; exit 1 ;;
                esac
                """
                        .formatted(folder, seconds, folder));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.writeString(
                folder.resolve("clusters.yaml"),
                addresses()
                        + "    break: {kubernetes: {namespace: prod, labels: cluster-name=demo, program: '%s'}}%n"
                                .formatted(program));
    }

    private String addresses() {
        StringBuilder text = new StringBuilder("clusters:\n  lab:\n    urls:\n");
        cluster.nodes()
                .forEach(node -> text.append("      - ").append(node.rest()).append('\n'));
        return text + "    dsn: postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/patop\n";
    }

    /** What was asked for, in this order, e.g. {@code stop patroni1}. */
    List<String> orders() {
        return List.copyOf(orders);
    }

    private void work() {
        while (!ended) {
            try (Stream<Path> files = Files.list(folder.resolve("orders"))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".order")).toList()) {
                    carryOut(file);
                }
            } catch (IOException gone) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void carryOut(Path file) throws IOException {
        String order = Files.readString(file).strip();
        orders.add(order);
        try {
            cluster.apply(SimulatedFault.parse(order));
        } catch (SimulationException impossible) {
            Path failed = Files.writeString(folder.resolve("orders/.failed"), impossible.getMessage());
            Files.move(
                    failed,
                    file.resolveSibling(file.getFileName().toString().replace(".order", ".failed")),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        Files.delete(file);
    }

    @Override
    public void close() {
        ended = true;
    }
}
