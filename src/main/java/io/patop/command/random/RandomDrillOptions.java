package io.patop.command.random;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.TimeSpan;
import io.patop.drill.random.FaultSchedule;
import io.patop.sim.core.SeededMistake;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.core.SimulationOptions.Synchronous;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of a drill with random faults and clients whose history is checked. */
public final class RandomDrillOptions {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int LONGEST_SCRIPT = 1 << 20;

    /** The options of other drills that mean nothing here, and those that mean nothing elsewhere. */
    private static final List<String> NOT_HERE =
            List.of("--fault", "--target", "--repeat", "--max-outage", "--max-lost", "--settle", "--speed");

    private static final List<String> ONLY_HERE =
            List.of("--for", "--brutal", "--script", "--mistake", "--synchronous");

    @Option(
            names = "--random",
            description = "Faults at random moments, alone and overlapping, while clients write numbers, read them back"
                    + " and move money; their history is checked for lost, doubled and refused writes, two primaries,"
                    + " reads that go back and a changed sum.")
    private boolean random;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "With --random: how long, up to 24h. Default: 10m, or the length of the script.")
    private String length;

    @Option(
            names = "--brutal",
            description = "With --random: take the DCS away too; without it, its majority is always left.")
    private boolean brutal;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description =
                    "With --random: play these faults instead of random ones, a line each such as 5s kill patroni1.")
    private Path script;

    @Option(
            names = "--mistake",
            paramLabel = "NAME",
            description = "With --demo --random: give the simulated cluster a mistake that must be found: no-fsync,"
                    + " lying-sync, stale-leader, stale-proxy or promoted-behind.")
    private String mistake;

    @Option(
            names = "--synchronous",
            paramLabel = "MODE",
            description = "With --demo --random: the simulated cluster's synchronous_mode: off, on or strict."
                    + " Default: strict.")
    private String synchronous;

    private boolean demo;

    /** Returns whether a random drill is asked for. */
    public boolean isGiven() {
        return random;
    }

    /** Refuses options that would be ignored. */
    public void check(ParseResult parsed, boolean demo) {
        this.demo = demo;
        for (String option : random ? NOT_HERE : ONLY_HERE) {
            if (parsed.hasMatchedOption(option)) {
                throw new CommandFailure(
                        ExitCode.USAGE, option + (random ? " means nothing with --random" : " needs --random"));
            }
        }
        if (!demo && (mistake != null || synchronous != null)) {
            throw new CommandFailure(ExitCode.USAGE, "--mistake and --synchronous are for --demo");
        }
        requireLength();
    }

    private void requireLength() {
        length();
    }

    boolean isBrutal() {
        return brutal;
    }

    /** Returns how long the clients work; zero if that is the script's matter. */
    Duration length() {
        if (length == null) {
            return script == null ? Duration.ofMinutes(10) : Duration.ZERO;
        }
        try {
            Duration given = TimeSpan.of("--for", length);
            if (given.compareTo(Duration.ofSeconds(10)) < 0 || given.compareTo(LONGEST) > 0) {
                throw new CommandFailure(ExitCode.USAGE, "--for is 10s to 24h, not " + length);
            }
            return given;
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Returns the schedule of the script, if one is given. */
    Optional<FaultSchedule> schedule() {
        if (script == null) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(script)) {
            byte[] bytes = in.readNBytes(LONGEST_SCRIPT + 1);
            if (bytes.length > LONGEST_SCRIPT) {
                throw new CommandFailure(ExitCode.USAGE, script + ": a script is at most 1 MiB");
            }
            FaultSchedule schedule = FaultSchedule.parse(new String(bytes, StandardCharsets.UTF_8));
            if (schedule.isBrutal() && !brutal) {
                throw new CommandFailure(ExitCode.USAGE, script + ": it takes the DCS away, which needs --brutal");
            }
            return Optional.of(schedule);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot read the script " + script + ": " + Printable.message(unreadable));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, script + ": " + Printable.message(wrong));
        }
    }

    /** Returns the simulated cluster's options. */
    SimulationOptions simulation(long seed) throws SimulationException {
        SimulationOptions options =
                SimulationOptions.defaults().withScope("demo").withSeed(seed).withSynchronous(synchronous());
        return mistake == null ? options : options.withMistake(SeededMistake.named(mistake));
    }

    private Synchronous synchronous() {
        List<Synchronous> known = List.of(Synchronous.OFF, Synchronous.ON, Synchronous.STRICT);
        String name = synchronous == null ? "strict" : synchronous;
        return known.stream()
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "--synchronous is "
                                + known.stream()
                                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + ", not " + name));
    }

    /** Returns the words that play a script as this drill did. */
    String again(long seed, int clients) {
        return "patop drill " + (demo ? "--demo " : "") + "--random --script FILE --seed " + seed + " --clients "
                + clients
                + (synchronous == null ? "" : " --synchronous " + synchronous)
                + (mistake == null ? "" : " --mistake " + mistake) + (brutal ? " --brutal" : "");
    }

    /** Returns the mistake in words; empty if there is none. */
    Optional<String> mistake() {
        return Optional.ofNullable(mistake);
    }
}
