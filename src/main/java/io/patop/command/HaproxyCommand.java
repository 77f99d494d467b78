package io.patop.command;

import io.patop.command.live.FoundProxies;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.CsvText;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.Output;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableFormat;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.control.ProxyAvailability;
import io.patop.control.ServerAction;
import io.patop.haproxy.StatRow;
import io.patop.patroni.PatroniClient;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedProxy;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patop haproxy}: HAProxy's table beside the members; and commands to its stats socket, after a question. */
@Command(
        name = "haproxy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print HAProxy's frontends, servers and backends; or change its servers.")
final class HaproxyCommand implements Callable<Integer> {

    private static final String SERVER = "BACKEND/SERVER";

    @Mixin
    private Connection connection;

    @Mixin
    private ProxyOptions options;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            completionCandidates = OptionValues.ProxyFormats.class,
            description = "pretty, csv, tsv, json or yaml; csv, json and yaml have every column of HAProxy's."
                    + " Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(
            names = {"-p", "--proxy"},
            paramLabel = "NAME",
            description = "Only this frontend or backend. Repeatable.")
    private List<String> proxies = new ArrayList<>();

    @Option(
            names = {"-s", "--server"},
            paramLabel = "NAME",
            description = "Only this server, or FRONTEND or BACKEND. Repeatable.")
    private List<String> servers = new ArrayList<>();

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only lines that contain this text.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--columns",
            paramLabel = "SET",
            defaultValue = "status",
            description = "status, traffic, http or errors: the columns of pretty and tsv. Default: ${DEFAULT-VALUE}.")
    private ProxyTable.Columns columns;

    @Override
    public Integer call() {
        boolean csv = format.toLowerCase(Locale.ROOT).equals("csv");
        Optional<TableFormat> chosen = TableFormat.named(format);
        if (!csv && chosen.isEmpty()) {
            throw TableFormat.notOne(format, formats());
        }
        FoundProxies found = FoundProxies.of(options, connection, cluster());
        ProxyTable table = new ProxyTable(found.dashboard(), lines(found));
        print(
                csv
                        ? CsvText.of(table.all())
                        : chosen.map(as -> as.write(isForPrograms(as) ? table.all() : table.some(columns)))
                                .orElseThrow());
        return ExitCode.DONE;
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Take servers out of maintenance, after a question.")
    int enable(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.ENABLE);
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Put servers into maintenance, after a question.")
    int disable(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.DISABLE);
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Send servers no new sessions, after a question.")
    int drain(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.DRAIN);
    }

    @Command(
            name = "maint",
            mixinStandardHelpOptions = true,
            description = "Put servers into maintenance (set server … state maint), after a question.")
    int maint(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.MAINT);
    }

    @Command(
            name = "ready",
            mixinStandardHelpOptions = true,
            description = "End maintenance and drain of servers, after a question.")
    int ready(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.READY);
    }

    @Command(
            name = "shutdown-sessions",
            mixinStandardHelpOptions = true,
            description = "End all sessions of servers, after a question.")
    int shutdownSessions(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER, arity = "1..*") List<String> names) {
        return changes(own, consent).on(names, ServerAction.SHUTDOWN_SESSIONS);
    }

    @Command(
            name = "weight",
            mixinStandardHelpOptions = true,
            description = "Give servers another weight (0 to 256, or \"initial\"), after a question.")
    int weight(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = SERVER + "=WEIGHT", arity = "1..*") List<String> weights) {
        return changes(own, consent).weights(weights);
    }

    @Command(
            name = "clear-counters",
            mixinStandardHelpOptions = true,
            description = "Set the maxima back, after a question.")
    int clearCounters(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Option(names = "--all", description = "All counters too.") boolean all) {
        return changes(own, consent).whole(proxy -> ProxyAvailability.clearCounters(proxy, all));
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Run a line on the stats socket; asked first unless it is show, get or help.")
    int run(
            @Mixin ProxyOptions own,
            @Mixin Consent consent,
            @Parameters(paramLabel = "WORD", arity = "1..*") List<String> words) {
        return changes(own, consent).whole(proxy -> ProxyAvailability.typed(proxy, String.join(" ", words)));
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Print what HAProxy tells of its process (show info).")
    int info(
            @Mixin ProxyOptions own,
            @Option(
                            names = {"-f", "--format"},
                            paramLabel = "FORMAT",
                            defaultValue = "pretty",
                            completionCandidates = OptionValues.ProxyFormats.class,
                            description = "pretty, csv, tsv, json or yaml. Default: ${DEFAULT-VALUE}.")
                    String as) {
        Function<Table, String> format = as.equals("csv")
                ? CsvText::of
                : TableFormat.named(as).orElseThrow(() -> TableFormat.notOne(as, formats()))::write;
        WatchedProxy proxy =
                FoundProxies.of(nearer(own), connection, Dashboard.EMPTY).only();
        if (proxy.status().view().flatMap(view -> view.info()).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    proxy.name()
                            + " is a page, which tells nothing of the process: give a stats socket with --haproxy");
        }
        print(format.apply(ProxyTable.process(proxy)));
        return ExitCode.DONE;
    }

    private ProxyChanges changes(ProxyOptions own, Consent consent) {
        return new ProxyChanges(consent, () -> FoundProxies.of(nearer(own), connection, Dashboard.EMPTY));
    }

    /** Returns the options that stand after the command's word, else those before it. */
    private ProxyOptions nearer(ProxyOptions own) {
        return own.isGiven() ? own : options;
    }

    private static List<String> formats() {
        List<String> formats = new ArrayList<>();
        new OptionValues.ProxyFormats().forEach(formats::add);
        return formats;
    }

    private static boolean isForPrograms(TableFormat format) {
        return format == TableFormat.JSON || format == TableFormat.YAML;
    }

    private static void print(String text) {
        PrintStream out = Output.utf8();
        out.print(text);
        boolean unused = out.checkError();
    }

    private List<ProxyTable.Line> lines(FoundProxies found) {
        String sought = filter.orElse("").toLowerCase(Locale.ROOT);
        return found.all().stream()
                .flatMap(proxy -> proxy.status().view().stream()
                        .flatMap(view -> view.rows().stream())
                        .map(row -> new ProxyTable.Line(proxy, row)))
                .filter(line -> proxies.isEmpty() || proxies.contains(line.row().proxy()))
                .filter(line -> servers.isEmpty() || servers.contains(line.row().service()))
                .filter(line -> text(line.row()).contains(sought))
                .toList();
    }

    private static String text(StatRow row) {
        return (row.key() + " " + row.kind().word() + " " + row.status() + " " + row.text("check_status"))
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the dashboard of the cluster; HAProxy's table is printed even if no cluster is found. */
    private Dashboard cluster() {
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        try {
            return Cluster.of(connection, patroni).survey().dashboard();
        } catch (CommandFailure unknown) {
            System.err.println("patop: the members are not shown: " + Printable.line(Printable.message(unknown)));
            return Dashboard.EMPTY;
        }
    }
}
