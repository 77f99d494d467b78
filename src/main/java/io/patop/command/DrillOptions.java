package io.patop.command;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.TimeSpan;
import io.patop.drill.DrillPlan;
import io.patop.drill.Objectives;
import io.patop.drill.PlannedFault;
import io.patop.drill.Target;
import io.patop.probe.SqlClients;
import io.patop.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a drill. */
final class DrillOptions {

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            defaultValue = "stop",
            completionCandidates = OptionValues.Faults.class,
            description =
                    "stop (a clean stop; a service is scaled to 0), kill (SIGKILL, and kept down), crash (SIGKILL, free to start again),"
                            + " freeze, switchover, restart, or any of patop break --list; of several each makes a run, with + between"
                            + " them they are broken together. Default:"
                            + " ${DEFAULT-VALUE}.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "WHOM",
            defaultValue = "leader",
            completionCandidates = OptionValues.Targets.class,
            description =
                    "leader, sync (a synchronous standby), each (one after the other) or a member's name. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String target = "leader";

    @Option(
            names = {"-n", "--repeat"},
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times all that, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int repetitions = 1;

    @Option(
            names = "--max-outage",
            paramLabel = "TIME",
            description = "The goal: no outage is longer, e.g. 30s, 500ms, 1m. Without it, any is good.")
    private String maxOutage;

    @Option(
            names = "--max-lost",
            paramLabel = "N",
            defaultValue = "0",
            description = "The goal: no run loses more acknowledged writes. Default: ${DEFAULT-VALUE}.")
    private long maxLost;

    @Option(
            names = {"--timeout", "--patience"},
            paramLabel = "TIME",
            defaultValue = "5m",
            description =
                    "How long a run may wait for writes to work again, and then for all members to be well. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String patience = "5m";

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "3s",
            description = "How long all must have been well before each fault. Default: ${DEFAULT-VALUE}.")
    private String settle = "3s";

    @Option(
            names = "--clients",
            paramLabel = "N",
            description =
                    "Let as many clients write beside the probe, 1 to 200, twice a second each, and report how long they"
                            + " wait before, during and after each fault. With --random: how many clients work, 1 to"
                            + " 64. Default: none; 4 with --random.")
    private Optional<Integer> clients = Optional.empty();

    /** The number of clients that write beside the probe; 0 for none. */
    int clients() {
        return clients(0, SqlClients.MOST);
    }

    /** Refuses a number of clients that cannot be, before anything is done. */
    void requireClients() {
        clients();
    }

    /** The number of clients of a random drill. */
    int randomClients() {
        return clients(4, 64);
    }

    private int clients(int unsaid, int most) {
        int wanted = clients.orElse(unsaid);
        if (wanted > most || clients.filter(number -> number < 1).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--clients is 1 to " + most + ", not " + wanted);
        }
        return wanted;
    }

    /** Returns how long the cluster may take to be well again. */
    Duration patience() {
        return plan().patience();
    }

    DrillPlan plan() {
        try {
            return new DrillPlan(
                    faults.stream().map(PlannedFault::named).toList(),
                    Target.of(target),
                    repetitions,
                    new Objectives(
                            Optional.ofNullable(maxOutage).map(text -> TimeSpan.of("--max-outage", text)), maxLost),
                    TimeSpan.of("--timeout", patience),
                    TimeSpan.of("--settle", settle));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }
}
