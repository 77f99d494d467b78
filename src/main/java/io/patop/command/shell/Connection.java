package io.patop.command.shell;

import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.patroni.Access;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.ConfigurationFiles;
import io.patop.patroni.ConfigurationMistake;
import io.patop.patroni.NodeApi;
import io.patop.patroni.PatroniClient;
import io.patop.patroni.PatroniConfiguration;
import io.patop.patroni.Tls;
import io.patop.text.Printable;
import io.patop.watch.source.DiscoveredAddresses;
import io.patop.watch.source.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for reaching the cluster and Docker, the same for every command. */
public final class Connection {

    private static final String DISCOVERY_HOSTS = "PATOP_DISCOVERY_HOSTS";

    /** A value in place of host names: no usual host of this machine or network is tried. */
    private static final String NO_HOSTS = "none";

    @Option(
            names = {"-u", "--url"},
            paramLabel = "[NAME=]URL",
            split = ",",
            defaultValue = "${env:PATOP_URL}",
            description = "Any member's REST API; the rest is discovered. With NAME= the member of that name is always"
                    + " asked there, whatever address it published. Repeatable. [PATOP_URL]")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = {"-C", "--cluster"},
            paramLabel = "NAME",
            description = "A cluster of patop's configuration file, with its urls, and how its members are broken.")
    private String cluster;

    @Option(
            names = {"-c", "--config-file"},
            paramLabel = "FILE",
            defaultValue = "${env:PATOP_CONFIG_FILE}",
            description = "Patroni's or patronictl's own YAML file, for addresses, certificates and credentials."
                    + " [PATOP_CONFIG_FILE, PATRONICTL_CONFIG_FILE]")
    private Path configFile;

    @Option(
            names = "--docker-host",
            paramLabel = "HOST",
            defaultValue = "${env:PATOP_DOCKER_HOST}",
            description = "unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST of a Docker Engine. [PATOP_DOCKER_HOST,"
                    + " DOCKER_HOST, Docker's contexts]")
    private String dockerHost;

    @Option(
            names = {"-k", "--insecure"},
            description = "Trust any certificate; with a client certificate of one's own, any host's name.")
    private boolean insecure;

    private static final PatroniConfiguration NOTHING =
            new PatroniConfiguration(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Access.OPEN);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Optional<PatroniConfiguration> read = Optional.empty();

    /** Says which command these options belong to, where they are mixed into another mixin, which is none. */
    public void belongTo(CommandSpec whole) {
        command = whole;
    }

    /** Returns whether the person said where the cluster is. */
    public boolean isGiven() {
        return !given().isEmpty();
    }

    /** Returns all given URLs, those with a member's name included. */
    public List<ApiUrl> givenUrls() {
        return given().stream()
                .map(text -> url(text.substring(text.indexOf('=') + 1)))
                .toList();
    }

    /** Returns the URLs that were given for members by name. */
    public Map<String, ApiUrl> urlsByMember() {
        Map<String, ApiUrl> named = new LinkedHashMap<>();
        for (String text : given()) {
            int equals = text.indexOf('=');
            if (equals > 0) {
                named.put(text.substring(0, equals), url(text.substring(equals + 1)));
            }
        }
        return named;
    }

    public PatroniConfiguration configuration() {
        if (read.isEmpty()) {
            try {
                Optional<Path> file = Optional.ofNullable(said("--config-file").configFile);
                Path home = Home.of(System.getenv());
                // Credentials of the environment, or of another cluster's file, are not for a cluster of a fleet.
                Map<String, String> environment = isClusterNamed() ? Map.of() : System.getenv();
                read = Optional.of(
                        isClusterNamed() && file.isEmpty()
                                ? NOTHING
                                : PatroniConfiguration.read(
                                        file, new ConfigurationFiles(environment, home, Path.of("/etc"))));
            } catch (ConfigurationMistake mistake) {
                throw new CommandFailure(ExitCode.USAGE, Printable.message(mistake));
            }
        }
        return read.get();
    }

    public PatroniClient patroni(Executor executor) {
        PatroniClient client = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT, access());
        client.given(givenUrls());
        client.given(configuration().restApis());
        return client;
    }

    private Access access() {
        Access configured = configuration().access();
        return said("--insecure").insecure
                ? new Access(
                        configured.credentials(),
                        new Tls(
                                true,
                                configured.tls().cacert(),
                                configured.tls().client()))
                : configured;
    }

    /**
     * Returns these options, or those before the command if the option was given only there:
     * {@code patop -c FILE list}.
     */
    private Connection said(String option) {
        CommandLine program = command.root().commandLine();
        boolean here = command.commandLine().getParseResult() != null
                && command.commandLine().getParseResult().hasMatchedOption(option);
        boolean before =
                program.getParseResult() != null && program.getParseResult().hasMatchedOption(option);
        return !here && before && command.root().userObject() instanceof Program root ? root.connection() : this;
    }

    public DockerEndpoint dockerEndpoint() {
        try {
            return DockerEndpoint.find(
                    Optional.ofNullable(said("--docker-host").dockerHost), System.getenv(), Home.of(System.getenv()));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    public DockerClient docker() {
        try {
            return DockerClient.of(dockerEndpoint());
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(unreadable));
        }
    }

    /** Returns a client that waits longer for a busy engine, for what breaks or mends something. */
    public DockerClient patientDocker() {
        try {
            return DockerClient.patient(dockerEndpoint());
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(unreadable));
        }
    }

    /** Returns the search for a cluster, for the case that no address was given. */
    public Discovery discovery(NodeApi api, DockerClient docker) {
        return new Discovery(api, docker::view, configuration().restApis(), usualHosts());
    }

    /**
     * Returns the usual hosts, unless the environment names others or none, so that tests see nothing of their
     * machine.
     */
    private static DiscoveredAddresses usualHosts() {
        String hosts = System.getenv().getOrDefault(DISCOVERY_HOSTS, "").strip();
        if (hosts.isEmpty()) {
            return DiscoveredAddresses.usual();
        }
        try {
            return DiscoveredAddresses.at(hosts.equals(NO_HOSTS) ? List.of() : List.of(hosts.split("\\s*,\\s*")));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, DISCOVERY_HOSTS + ": " + wrong.getMessage());
        }
    }

    private boolean isClusterNamed() {
        return command.root().userObject() instanceof Program program
                && program.clusterName().isPresent();
    }

    /** The addresses of one cluster are not mixed with the means to break another. */
    private void requireOneCluster() {
        Optional<String> known =
                command.root().userObject() instanceof Program program ? program.clusterName() : Optional.empty();
        Optional<String> typed = Optional.ofNullable(said("--cluster").cluster);
        if (!typed.equals(known)) {
            throw new CommandFailure(ExitCode.USAGE, "write --cluster NAME or -C NAME as two words, and once");
        }
        if (known.isPresent() && (isTyped("--url") || isTyped("--config-file"))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--cluster names the addresses of a cluster already: leave out --url and --config-file");
        }
    }

    private boolean isTyped(String option) {
        CommandLine here = command.commandLine();
        CommandLine program = command.root().commandLine();
        return (here.getParseResult() != null && here.getParseResult().hasMatchedOption(option))
                || (program.getParseResult() != null && program.getParseResult().hasMatchedOption(option));
    }

    private List<String> given() {
        requireOneCluster();
        return said("--url").urls.stream()
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .toList();
    }

    private static ApiUrl url(String text) {
        try {
            return ApiUrl.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }
}
