package io.patop.command;

import io.patop.command.configuration.FleetFile;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.control.journal.Journal;
import io.patop.control.journal.Repair;
import io.patop.control.place.LocalPrograms;
import io.patop.control.place.ProgramFaults;
import io.patop.text.Printable;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The faults of a cluster whose entry in the configuration file says how its members are broken. */
final class ClusterFaults {

    private ClusterFaults() {}

    /** Returns those of the cluster that {@code --cluster} names; empty where Docker is the means. */
    static Optional<ProgramFaults> of(CommandSpec command, Journal journal) {
        return command.root().userObject() instanceof Patop patop
                ? patop.cluster().flatMap(entry -> of(entry, patop.environment().variables(), journal))
                : Optional.empty();
    }

    /**
     * Returns those of a cluster; empty where Docker is the means.
     *
     * @param environment in which its programs are run
     */
    static Optional<ProgramFaults> of(FleetFile.Entry entry, Map<String, String> environment, Journal journal) {
        Map<String, String> hosts = new HashMap<>();
        entry.byMember().forEach((name, url) -> hosts.put(name, url.host()));
        return entry.place()
                .map(place -> new ProgramFaults(
                        entry.name(), place, hosts, journal, new LocalPrograms(environment), Clock.systemUTC()));
    }

    /** Returns what mends an entry of the journal: by the configuration file of now, whoever broke it. */
    static ProgramFaults mending(Repair.OnMember repair, Map<String, String> environment, Journal journal) {
        return of(FleetFile.read(FleetFile.chosen(environment)).named(repair.cluster()), environment, journal)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "cluster " + Printable.line(repair.cluster())
                                + " has no break in the configuration file any more, which said how it is mended"));
    }
}
