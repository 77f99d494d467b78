package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.command.configuration.ClusterChoice;
import io.patop.command.configuration.ConfigurationFile;
import io.patop.command.configuration.FleetFile;
import io.patop.command.configuration.OptionDefaults;
import io.patop.command.live.FullScreen;
import io.patop.command.live.LiveSession;
import io.patop.command.live.SessionOptions;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.FileTrouble;
import io.patop.command.shell.Home;
import io.patop.command.shell.InContainer;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.command.shell.Program;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.StandardOutput;
import io.patop.command.shell.Terminals;
import io.patop.command.shell.Threads;
import io.patop.command.shell.UsageErrors;
import io.patop.command.shell.Version;
import io.patop.control.FaultInjector;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalFiles;
import io.patop.control.place.ProgramFaults;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.net.JdkSettings;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.text.Printable;
import io.patop.watch.source.Discovery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code patop} itself: the dashboard, and the program's entry point. */
@Command(
        name = "patop",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        header = "A terminal dashboard for Patroni PostgreSQL clusters.",
        description = "%nWithout a command: the dashboard. It finds the cluster by itself where it can: by Patroni's"
                + " configuration files and environment, then by Docker's services and networks.%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for failed or was refused",
            "2:wrong usage or configuration",
            "3:nothing could be reached"
        })
public final class Patop implements Callable<Integer>, Program {

    /** The words with which nothing is said of what is broken: it is being mended, or no cluster is looked at. */
    private static final Set<String> SILENT =
            Set.of("mend", "thaw", "demo", "replay", "completion", "manual", "--help", "-h", "--version", "-V");

    @Mixin
    private Connection connection;

    @Mixin
    private ProxyOptions haproxy;

    @Mixin
    private PaceOption pace;

    @Mixin
    private DisplayOptions looks;

    @Mixin
    private ProbeOptions probe;

    @Mixin
    private SessionOptions session;

    @Mixin
    private ReadOnly readOnly = new ReadOnly();

    @Option(
            names = "--in-container",
            description = "Go on inside a container on the cluster's Docker network, in this terminal.")
    private boolean inContainer;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "${env:PATOP_IMAGE:-patop}",
            description = "patop's image, for --in-container. Default: ${DEFAULT-VALUE}. [PATOP_IMAGE]")
    private String image;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            defaultValue = "${env:PATOP_NETWORK:-patroni_patroni}",
            description =
                    "The cluster's Docker network, for --in-container. Default: ${DEFAULT-VALUE}. [PATOP_NETWORK]")
    private String network;

    private boolean debug;

    private final ProcessEnvironment environment;
    private final OptionDefaults defaults;
    private final Optional<String> named;
    private Optional<ConfigurationFile> configuration = Optional.empty();
    private Optional<FleetFile.Entry> cluster = Optional.empty();

    Patop(ProcessEnvironment environment, String... arguments) {
        this.environment = environment;
        this.named = ClusterChoice.named(arguments);
        this.defaults = new OptionDefaults(this::configuration, environment.variables(), this::cluster);
    }

    /** Returns the cluster of the configuration file that {@code --cluster} names. */
    Optional<FleetFile.Entry> cluster() {
        if (cluster.isEmpty()) {
            cluster = named.map(name ->
                    FleetFile.read(FleetFile.chosen(environment.variables())).named(name));
        }
        return cluster;
    }

    @Override
    public Optional<String> clusterName() {
        return named;
    }

    /** Reads patop's own configuration file, once, and only if an option needs it. */
    private ConfigurationFile configuration() {
        if (configuration.isEmpty()) {
            Map<String, String> variables = environment.variables();
            configuration = Optional.of(
                    ConfigurationFile.readIfThere(ConfigurationFile.standard(variables, Home.of(variables))));
        }
        return configuration.get();
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        try {
            System.exit(finish(arguments));
        } catch (LinkageError | VirtualMachineError unable) {
            if (List.of(arguments).contains("--debug")) {
                throw unable;
            }
            // No class of patop's own from here on: it might not be loaded either.
            System.err.println("patop: Java cannot go on: "
                    + rootOf(unable).toString().replace('\n', ' ')
                    + " (too few open files or too little memory? ulimit -a shows what is allowed)");
            System.exit(ExitCode.FAILED);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static int finish(String... arguments) {
        JdkSettings.apply();
        StandardOutput output = StandardOutput.install();
        int code = output.checked(run(arguments));
        Threads.endClients();
        return code;
    }

    static int run(String... arguments) {
        ProcessEnvironment environment = ProcessEnvironment.ofTheProcess();
        tellWhatIsBroken(environment, arguments);
        CommandLine line = commandLine(environment, arguments);
        try {
            int code = line.execute(arguments);
            line.getOut().flush();
            return code;
        } catch (CommandFailure mistake) {
            // A mistake in the configuration file is found while options are parsed, where picocli passes it on.
            System.err.println(mistake.line());
            return mistake.exitCode();
        }
    }

    /** Says what an earlier patop left broken; the dashboard says it on its own screen. */
    private static void tellWhatIsBroken(ProcessEnvironment environment, String... arguments) {
        List<String> words = List.of(arguments);
        boolean isCommand = words.stream().anyMatch(Commands.NAMES::contains);
        if (isCommand && words.stream().noneMatch(SILENT::contains)) {
            FaultJournal.line(FaultJournal.of(environment.variables()))
                    .ifPresent(line -> System.err.println("patop: " + line));
        }
    }

    /** Returns the command line with all commands. */
    public static CommandLine whole(ProcessEnvironment environment) {
        return commandLine(CommandSpec.forAnnotatedObject(new Patop(environment)), Commands.NAMES);
    }

    /**
     * Returns the part of the command line that the arguments can refer to; without patop's own options if a command
     * comes first.
     */
    static CommandLine commandLine(ProcessEnvironment environment, String... arguments) {
        Patop patop = new Patop(environment, arguments);
        CommandSpec own = Commands.startsIn(arguments)
                ? CommandSpec.wrapWithoutInspection(patop).name("patop")
                : CommandSpec.forAnnotatedObject(patop);
        return commandLine(own, Commands.in(arguments));
    }

    private static CommandLine commandLine(CommandSpec spec, List<String> commands) {
        Patop patop = (Patop) spec.userObject();
        spec.addOption(OptionSpec.builder("--debug")
                .type(boolean.class)
                .hidden(true)
                .scopeType(CommandLine.ScopeType.INHERIT)
                .description("Stack traces.")
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings("NullAway") // picocli takes no earlier value
                    public <T> T set(T value) {
                        patop.debug = Boolean.TRUE.equals(value);
                        return null;
                    }
                })
                .build());
        CommandLine line = new CommandLine(spec);
        commands.forEach(name -> line.addSubcommand(Commands.named(name)));
        line.setDefaultValueProvider(patop.defaults);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, new PathConverter());
        line.setExecutionExceptionHandler(new Complaint());
        line.setParameterExceptionHandler(new Misuse());
        line.setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
        return line;
    }

    /**
     * Refuses an empty path, which Java takes for the working directory and nobody means. This and the next two are
     * classes, since a lambda of so old an interface as picocli's would keep all its implementations out of the
     * archive of classes, with which patop starts.
     */
    private record PathConverter() implements ITypeConverter<Path> {
        @Override
        public Path convert(String name) {
            if (name.isEmpty()) {
                throw new TypeConversionException("the name of a file is empty");
            }
            return Path.of(name);
        }
    }

    private record Complaint() implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception thrown, CommandLine failing, CommandLine.ParseResult parsed)
                throws Exception {
            return complain(thrown, failing);
        }
    }

    private record Misuse() implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            return misused(wrong);
        }
    }

    @Override
    public Integer call() {
        if (inContainer) {
            return goOnInside(network);
        }
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        List<ApiUrl> urls = connection.givenUrls();
        if (urls.isEmpty()) {
            Discovery.Finding finding = look(patroni);
            if (finding instanceof Discovery.Finding.OutOfReach out && isWanted(out)) {
                return goOnInside(out.network());
            }
            if (!(finding instanceof Discovery.Finding.Found found)) {
                throw Cluster.complaint(finding);
            }
            urls = found.urls();
        }
        urls.stream().limit(1).forEach(patroni::prepare);
        JournalFiles journal = FaultJournal.of(environment.variables());
        Optional<String> broken = FaultJournal.line(journal).map(line -> line.replace("patop mend puts", ":mend puts"));
        try (LiveSession watching = new LiveSession(
                patroni,
                connection.docker(),
                urls,
                connection.urlsByMember(),
                pace.pace(),
                new LiveSession.Extras(
                        faults(journal),
                        haproxy.proxies(),
                        isReadOnly() ? Optional.empty() : probe.settings(System.getenv()),
                        journal,
                        Optional.of(FaultJournal.evidence(journal))))) {
            return FullScreen.show(watching, looks, isReadOnly(), session, System.getenv(), broken);
        }
    }

    /**
     * Faults by what the cluster's entry names, else by this Docker Engine; whether it has the helpers' image is asked
     * meanwhile.
     */
    private FaultInjector faults(Journal journal) {
        Optional<ProgramFaults> programs = programs(journal);
        if (isReadOnly()) {
            return programs.<FaultInjector>map(faults -> faults).orElse(FaultInjector.NONE);
        }
        if (programs.isPresent()) {
            return programs.get();
        }
        EngineFaults faults = new EngineFaults(connection.docker(), journal, image, Clock.systemUTC());
        Thread look = new Thread(faults.means()::lookForImage, "patop-fault-means");
        look.setDaemon(true);
        look.start();
        return faults;
    }

    private Optional<ProgramFaults> programs(Journal journal) {
        return cluster().flatMap(entry -> ClusterFaults.of(entry, environment.variables(), journal));
    }

    /** Returns the options before the command. */
    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly.isHere();
    }

    @Override
    public ProcessEnvironment environment() {
        return environment;
    }

    @Override
    public List<String> commandNames() {
        return Commands.NAMES;
    }

    private Discovery.Finding look(PatroniClient patroni) {
        try (DockerClient docker = connection.docker()) {
            return connection.discovery(patroni, docker).look();
        }
    }

    /** Says in one line that the addresses are out of reach, and asks whether to go on inside a container. */
    private static boolean isWanted(Discovery.Finding.OutOfReach out) {
        if (!Terminals.input() || !Terminals.output()) {
            return false;
        }
        System.out.print("The members are on Docker's network " + out.network()
                + ", out of reach of this shell. Go on inside a container there? [Y/n] ");
        System.out.flush();
        Scanner keyboard = new Scanner(System.in, Terminals.charset());
        String answer = keyboard.hasNextLine() ? keyboard.nextLine().strip().toLowerCase(Locale.ROOT) : "n";
        return answer.isEmpty() || answer.equals("y") || answer.equals("yes");
    }

    private int goOnInside(String there) {
        if (!(connection.dockerEndpoint() instanceof DockerEndpoint.Unix unix)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--in-container needs the Docker Engine of this host, by its unix socket");
        }
        try (DockerClient docker = connection.docker()) {
            Answer<DockerClient.Done> found = docker.image(image);
            if (found.failure().isPresent()) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        found.failure().get().message() + "; build it with: docker build -f dist/Dockerfile -t " + image
                                + " .");
            }
        }
        List<String> arguments = isReadOnly() ? List.of("--read-only") : List.of();
        return InContainer.run(InContainer.command(
                there, image, unix.path().toString(), System.getenv(), arguments, Terminals.input()));
    }

    private static int complain(Exception thrown, CommandLine failing) throws Exception {
        boolean debug = failing.getCommandSpec().root().userObject() instanceof Patop patop && patop.debug;
        if (debug) {
            throw thrown;
        }
        if (thrown instanceof CommandFailure complaint) {
            failing.getOut().flush();
            failing.getErr()
                    .print(
                            complaint.isMisuse()
                                    ? UsageErrors.lines(failing, Printable.message(complaint))
                                    : complaint.line() + '\n');
            failing.getErr().flush();
            return complaint.exitCode();
        }
        if (thrown instanceof IOException unreachable) {
            failing.getErr().println("patop: " + Printable.line(FileTrouble.text(unreachable)));
            return ExitCode.FAILED;
        }
        failing.getErr().println("patop: a bug: " + Printable.line(thrown.toString()) + " (--debug shows where)");
        return ExitCode.FAILED;
    }

    private static int misused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        Optional<String> place = command.getCommandSpec().root().userObject() instanceof Patop patop
                ? Optional.ofNullable(wrong.getArgSpec())
                        .flatMap(patop.defaults::setting)
                        .filter(setting -> setting.value().equals(wrong.getValue()))
                        .map(ConfigurationFile.Setting::place)
                : Optional.empty();
        if (place.isPresent()) {
            command.getErr().println("patop: " + place.get() + ": " + Printable.message(wrong));
            command.getErr().flush();
            return ExitCode.USAGE;
        }
        command.getErr().print(UsageErrors.lines(wrong));
        command.getErr().flush();
        return ExitCode.USAGE;
    }
}
