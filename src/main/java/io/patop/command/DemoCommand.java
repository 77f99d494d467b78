package io.patop.command;

import io.patop.command.live.FullScreen;
import io.patop.command.live.LiveSession;
import io.patop.command.live.SessionOptions;
import io.patop.command.live.SimulatedFaults;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.probe.Dsn;
import io.patop.probe.ProbeSettings;
import io.patop.sim.Script;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedPatroni;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop demo}: the dashboard on a simulated cluster, with nothing installed. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The dashboard on a built-in simulated cluster: no Docker, no PostgreSQL, no network.")
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private PaceOption pace;

    @Mixin
    private DisplayOptions looks;

    @Mixin
    private SessionOptions session;

    @Mixin
    private ReadOnly readOnly;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many members, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description =
                    "How many times faster than real the cluster's clock runs, 0.01 to 1000. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of its chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--patroni",
            paramLabel = "VERSION",
            split = ",",
            defaultValue = "3.0.2",
            description = "2.0.1, 3.0.2 or 4.1.4; several are dealt out among the members. Default: ${DEFAULT-VALUE}.")
    private List<String> versions;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Faults at given times: a file, or one of failover, sigkill, switchover, partition,"
                    + " dcs-outage, lost-write.")
    private String script;

    @Override
    public Integer call() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.start(options())) {
            List<ApiUrl> urls = cluster.nodes().stream()
                    .map(node -> new ApiUrl(node.rest()))
                    .toList();
            PatroniClient patroni = new PatroniClient(Threads.pool("patop-http"), PatroniClient.Bounds.DEFAULT);
            DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
            try (LiveSession watching = new LiveSession(
                    patroni,
                    docker,
                    urls,
                    Map.of(),
                    pace.pace(),
                    new LiveSession.Extras(
                            new SimulatedFaults(cluster),
                            ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(cluster.haproxySocket())),
                            probe(cluster)))) {
                Runnable last = cluster::close;
                Thread tidy = new Thread(
                        () -> {
                            watching.drilling().close();
                            last.run();
                        },
                        "patop-demo-end");
                Runtime.getRuntime().addShutdownHook(tidy);
                if (script != null) {
                    watching.session()
                            .listen(ScriptStart.of(
                                    cluster, scriptOf(script), new ScriptEvents(watching.session(), watching.clock())));
                }
                return FullScreen.show(watching, looks, readOnly.isOn(), session, System.getenv());
            }
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /**
     * Returns a probe that writes through the simulated HAProxy, as an application would, and reads from its
     * replicas.
     */
    private Optional<ProbeSettings> probe(SimulatedCluster cluster) {
        if (readOnly.isOn()) {
            return Optional.empty();
        }
        String dsn = "postgresql://patop@127.0.0.1:%d/patop?sslmode=disable";
        return Optional.of(ProbeSettings.of(Dsn.parse(String.format(dsn, cluster.databasePort()), Map.of()))
                .withCreate()
                .withReads(Dsn.parse(String.format(dsn, cluster.replicaPort()), Map.of())));
    }

    private SimulationOptions options() throws SimulationException {
        List<SimulatedPatroni> chosen = new ArrayList<>();
        for (String version : versions) {
            chosen.add(SimulatedPatroni.of(version)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.USAGE, "no Patroni " + version + " to simulate: 2.0.1, 3.0.2 or 4.1.4")));
        }
        return SimulationOptions.defaults()
                .withNodes(nodes)
                .withSpeed(speed)
                .withSeed(seed)
                .withVersions(chosen.toArray(SimulatedPatroni[]::new));
    }

    private static Script scriptOf(String name) throws SimulationException {
        return Script.SCENARIOS.contains(name) ? Script.scenario(name) : Script.read(Path.of(name));
    }
}
