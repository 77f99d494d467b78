package io.patop.sim;

import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults at given times, as a text: a line each, {@code TIME FAULT [MEMBER]}, e.g. {@code 5s stop leader} or
 * {@code 1m30s start patroni3}. Times count from the script's beginning, in simulated time, and may be {@code ms},
 * {@code s}, {@code m} and {@code h} together. Empty lines and what follows a {@code #} are ignored. The faults are
 * those of {@link SimulatedFault.Kind}.
 *
 * @param steps the steps in the order of their times
 */
public record Script(List<Step> steps) {
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6}(?:\\.\\d{1,3})?)s)?(?:(\\d{1,9})ms)?");
    private static final int LONGEST = 1 << 20;

    /** The names of the scenarios that ship with the program. */
    public static final List<String> SCENARIOS =
            List.of("failover", "sigkill", "switchover", "partition", "dcs-outage", "lost-write");

    /**
     * One line of a script.
     *
     * @param at time from the script's beginning
     */
    public record Step(Duration at, SimulatedFault fault) {}

    /** Sorts by time; steps of one time stay in their order. */
    public Script {
        steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /**
     * Parses a script.
     *
     * @throws SimulationException naming the first line that is wrong, and why
     */
    public static Script parse(String text) throws SimulationException {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number += 1;
            String words = line.replaceFirst("#.*", "").strip();
            if (!words.isEmpty()) {
                try {
                    steps.add(step(words));
                } catch (SimulationException wrong) {
                    throw new SimulationException("line " + number + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        return new Script(steps);
    }

    private static Step step(String words) throws SimulationException {
        String[] parts = words.split("\\s+", 2);
        Duration at = time(parts[0]);
        if (parts.length < 2) {
            throw new SimulationException("a time, and no fault after it");
        }
        return new Step(at, SimulatedFault.parse(parts[1]));
    }

    private static Duration time(String text) throws SimulationException {
        Matcher matcher = TIME.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
            throw new SimulationException("bad time '" + shown + "'; write it as 5s, 1m30s or 500ms");
        }
        return Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusMillis(matcher.group(3) == null ? 0 : Math.round(Double.parseDouble(matcher.group(3)) * 1000))
                .plusMillis(number(matcher.group(4)));
    }

    private static long number(String group) {
        return group == null ? 0 : Long.parseLong(group);
    }

    /**
     * Reads a script from a file.
     *
     * @throws SimulationException if the file cannot be read, or a line is wrong
     */
    public static Script read(Path file) throws SimulationException {
        try (InputStream in = Files.newInputStream(file)) {
            return named(file.toString(), in);
        } catch (IOException unreadable) {
            throw new SimulationException(
                    "cannot read the script " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Returns one of {@link #SCENARIOS}.
     *
     * @throws SimulationException if there is none of this name
     */
    public static Script scenario(String name) throws SimulationException {
        if (!SCENARIOS.contains(name)) {
            throw new SimulationException("no scenario '" + name + "'; there are: " + String.join(", ", SCENARIOS));
        }
        try (InputStream in = Script.class.getResourceAsStream("scenarios/" + name + ".txt")) {
            return named(name, in);
        } catch (IOException unreadable) {
            throw new SimulationException("cannot read the scenario " + name, unreadable);
        }
    }

    private static Script named(String name, InputStream in) throws IOException, SimulationException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new SimulationException(name + ": a script is at most 1 MiB");
        }
        try {
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (SimulationException wrong) {
            throw new SimulationException(name + ": " + wrong.getMessage(), wrong);
        }
    }
}
