package io.patop.command;

import io.patop.command.configuration.FleetFile;
import io.patop.command.live.FullScreen;
import io.patop.command.live.LiveSession;
import io.patop.command.live.SharedSchedulerView;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Home;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.control.FaultInjector;
import io.patop.control.journal.JournalFiles;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.patroni.Access;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.ConfigurationFiles;
import io.patop.patroni.ConfigurationMistake;
import io.patop.patroni.PatroniClient;
import io.patop.patroni.PatroniConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop fleet}: many clusters, a row each; any of them can be opened. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Many clusters at once, those in trouble first; Enter opens one, Esc goes back.")
final class FleetCommand implements Callable<Integer> {

    /** Threads that all sources of a fleet share; each answer costs them microseconds. */
    private static final int SCHEDULERS = 2;

    private static final int REQUESTS = 64;

    /** Time over which the first requests to the clusters are spread. */
    private static final Duration BEGINNING = Duration.ofSeconds(2);

    @Option(
            names = "--clusters",
            paramLabel = "FILE",
            defaultValue = "${env:PATOP_CLUSTERS}",
            description = "The file that names the clusters; ~/.config/patop/config.yaml if none is given."
                    + " [PATOP_CLUSTERS]")
    private Path file;

    @Option(
            names = {"-C", "--cluster"},
            paramLabel = "NAME",
            description = "Open this one of them.")
    private String name;

    @Mixin
    private PaceOption pace;

    @Mixin
    private DisplayOptions looks;

    @Mixin
    private ReadOnly readOnly;

    private final Map<Optional<Path>, PatroniConfiguration> configurations = new HashMap<>();
    private final Map<Optional<Path>, PatroniClient> clients = new HashMap<>();

    @Override
    public Integer call() {
        Path home = Home.of(System.getenv());
        FleetFile fleet = FleetFile.read(file != null ? file : FleetFile.standard(System.getenv(), home));
        Optional<String> first = Optional.ofNullable(name);
        if (first.isPresent()
                && fleet.entries().stream().noneMatch(entry -> entry.name().equals(name))) {
            throw new CommandFailure(ExitCode.USAGE, fleet.path() + " names no cluster " + name);
        }
        Map<FullScreen.Named, LiveSession> clusters = new LinkedHashMap<>();
        List<ScheduledExecutorService> schedulers = IntStream.range(0, SCHEDULERS)
                .mapToObj(number -> Threads.scheduler("patop-fleet"))
                .toList();
        Executor requests = Threads.bounded("patop-http", REQUESTS);
        try {
            for (FleetFile.Entry entry : fleet.entries()) {
                int number = clusters.size();
                LiveSession.InFleet place = new LiveSession.InFleet(
                        new SharedSchedulerView(schedulers.get(number % SCHEDULERS)),
                        BEGINNING.multipliedBy(number).dividedBy(fleet.entries().size()),
                        entry.dockerHost().isPresent());
                LiveSession watching = watching(entry, place, requests, home);
                watching.attend(false);
                clusters.put(
                        new FullScreen.Named(entry.name(), watching, readOnly.isOn() || entry.readOnly()), watching);
            }
            return FullScreen.show(clusters, first, looks, readOnly.isOn(), System.getenv());
        } finally {
            clusters.values().forEach(LiveSession::close);
            schedulers.forEach(ScheduledExecutorService::shutdownNow);
        }
    }

    private LiveSession watching(FleetFile.Entry entry, LiveSession.InFleet place, Executor requests, Path home) {
        PatroniConfiguration configuration =
                configurations.computeIfAbsent(entry.configFile(), named -> configuration(entry, home));
        PatroniClient client = clients.computeIfAbsent(
                entry.configFile(),
                named -> new PatroniClient(requests, PatroniClient.Bounds.DEFAULT, configuration.access()));
        List<ApiUrl> urls = entry.urls().isEmpty() ? configuration.restApis() : entry.urls();
        if (urls.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "cluster " + entry.name() + ": "
                            + entry.configFile().map(Path::toString).orElse("")
                            + " names no restapi of this machine: give urls");
        }
        JournalFiles journal = FaultJournal.of(System.getenv());
        return new LiveSession(
                client,
                docker(entry, home),
                urls,
                entry.byMember(),
                pace.pace(),
                new LiveSession.Extras(
                        ClusterFaults.of(entry, System.getenv(), journal)
                                .<FaultInjector>map(faults -> faults)
                                .orElse(FaultInjector.NONE),
                        ProxyOptions.Proxies.NONE,
                        readOnly.isOn() || entry.readOnly()
                                ? Optional.empty()
                                : entry.dsn().map(dsn -> new ProbeOptions().settings(dsn, System.getenv())),
                        journal,
                        Optional.empty()),
                place);
    }

    /** Reads only the cluster's own file: credentials from the environment or of another cluster are not for it. */
    private static PatroniConfiguration configuration(FleetFile.Entry entry, Path home) {
        if (entry.configFile().isEmpty()) {
            return new PatroniConfiguration(
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Access.OPEN);
        }
        try {
            return PatroniConfiguration.read(
                    entry.configFile(), new ConfigurationFiles(Map.of(), home, Path.of("/etc")));
        } catch (ConfigurationMistake mistake) {
            throw new CommandFailure(ExitCode.USAGE, "cluster " + entry.name() + ": " + mistake.getMessage());
        }
    }

    private static DockerClient docker(FleetFile.Entry entry, Path home) {
        try {
            return DockerClient.of(DockerEndpoint.find(entry.dockerHost(), System.getenv(), home));
        } catch (IllegalArgumentException | IOException wrong) {
            throw new CommandFailure(ExitCode.USAGE, "cluster " + entry.name() + ": " + wrong.getMessage());
        }
    }
}
