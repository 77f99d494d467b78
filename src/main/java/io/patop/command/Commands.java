package io.patop.command;

import io.patop.command.patronictl.DemoteClusterCommand;
import io.patop.command.patronictl.DsnCommand;
import io.patop.command.patronictl.EditConfigCommand;
import io.patop.command.patronictl.FailoverCommand;
import io.patop.command.patronictl.FlushCommand;
import io.patop.command.patronictl.HistoryCommand;
import io.patop.command.patronictl.ListCommand;
import io.patop.command.patronictl.PauseCommand;
import io.patop.command.patronictl.PromoteClusterCommand;
import io.patop.command.patronictl.QueryCommand;
import io.patop.command.patronictl.ReinitCommand;
import io.patop.command.patronictl.ReloadCommand;
import io.patop.command.patronictl.RemoveCommand;
import io.patop.command.patronictl.RestartCommand;
import io.patop.command.patronictl.ResumeCommand;
import io.patop.command.patronictl.ShowConfigCommand;
import io.patop.command.patronictl.SwitchoverCommand;
import io.patop.command.patronictl.TopologyCommand;
import io.patop.command.patronictl.VersionCommand;
import java.util.Arrays;
import java.util.List;

/**
 * patop's commands by their names. Only commands that the command line may refer to are made: picocli builds its
 * model of a command by reflection, which takes as long as the command's work, and there are two dozen commands.
 */
public final class Commands {

    /** The names of all commands, in the order of the help. */
    public static final List<String> NAMES = List.of(
            "demo",
            "fleet",
            "list",
            "watch",
            "get",
            "probe",
            "record",
            "replay",
            "drill",
            "services",
            "log",
            "haproxy",
            "scale",
            "kill",
            "freeze",
            "thaw",
            "break",
            "mend",
            "topology",
            "history",
            "version",
            "dsn",
            "show-config",
            "edit-config",
            "switchover",
            "failover",
            "restart",
            "reload",
            "reinit",
            "pause",
            "resume",
            "flush",
            "demote-cluster",
            "promote-cluster",
            "remove",
            "query",
            "completion",
            "manual",
            "rehearse");

    private Commands() {}

    /** Makes a new object of the command's class. */
    static Object named(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "fleet" -> new FleetCommand();
            case "list" -> new ListCommand();
            case "watch" -> new WatchCommand();
            case "get" -> new GetCommand();
            case "probe" -> new ProbeCommand();
            case "record" -> new RecordCommand();
            case "replay" -> new ReplayCommand();
            case "drill" -> new DrillCommand();
            case "services" -> new ServicesCommand();
            case "log" -> new LogCommand();
            case "haproxy" -> new HaproxyCommand();
            case "scale" -> new ScaleCommand();
            case "kill" -> new KillCommand();
            case "freeze" -> new FreezeCommand();
            case "thaw" -> new ThawCommand();
            case "break" -> new BreakCommand();
            case "mend" -> new MendCommand();
            case "topology" -> new TopologyCommand();
            case "history" -> new HistoryCommand();
            case "version" -> new VersionCommand();
            case "dsn" -> new DsnCommand();
            case "show-config" -> new ShowConfigCommand();
            case "edit-config" -> new EditConfigCommand();
            case "switchover" -> new SwitchoverCommand();
            case "failover" -> new FailoverCommand();
            case "restart" -> new RestartCommand();
            case "reload" -> new ReloadCommand();
            case "reinit" -> new ReinitCommand();
            case "pause" -> new PauseCommand();
            case "resume" -> new ResumeCommand();
            case "flush" -> new FlushCommand();
            case "demote-cluster" -> new DemoteClusterCommand();
            case "promote-cluster" -> new PromoteClusterCommand();
            case "remove" -> new RemoveCommand();
            case "query" -> new QueryCommand();
            case "completion" -> new CompletionCommand();
            case "manual" -> new ManualCommand();
            case "rehearse" -> new RehearseCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    /**
     * Returns whether the first argument is a command: none of patop's own options stand before it, and patop's own
     * help is not asked for.
     */
    static boolean startsIn(String... arguments) {
        return arguments.length > 0
                && NAMES.contains(arguments[0])
                && Arrays.stream(arguments).noneMatch(word -> word.startsWith("@"));
    }

    /**
     * Returns the commands that the arguments name; all commands if patop's own help is asked for, or if a file of
     * arguments is given.
     */
    static List<String> in(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        int first = words.size();
        for (int i = words.size() - 1; i >= 0; i--) {
            if (NAMES.contains(words.get(i))) {
                first = i;
            }
        }
        boolean isHelpFirst = words.subList(0, first).stream().anyMatch(Commands::mayBeHelp);
        boolean hasFile = words.stream().anyMatch(word -> word.startsWith("@"));
        return isHelpFirst || hasFile
                ? NAMES
                : NAMES.stream().filter(words::contains).toList();
    }

    private static boolean mayBeHelp(String word) {
        return word.equals("--help") || word.startsWith("-h");
    }
}
