package io.patop.drill.random;

import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.drill.random.ScheduledFault.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Faults with their moments, in the order of these. Its script has a line for each fault and for each undoing, as
 * {@code patop demo --script} takes it.
 */
public record FaultSchedule(List<ScheduledFault> faults) {

    private static final Pattern LINE = Pattern.compile(
            "(?:(\\d{1,4})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6}(?:\\.\\d{1,3})?)s)?\\s+(\\S+)(?:\\s+(\\S+))?");

    /** Most faults of a schedule that is read. */
    private static final int MOST = 10_000;

    /**
     * One line of the script.
     *
     * @param text the fault or its undoing
     * @param fault the fault that it causes or undoes
     * @param undoes whether it is the undoing
     */
    public record Step(Duration at, String text, ScheduledFault fault, boolean undoes) {}

    public FaultSchedule {
        // Those of one moment are ordered too, so that a script is read back as it was.
        faults = faults.stream()
                .sorted(Comparator.comparing(ScheduledFault::at)
                        .thenComparing(ScheduledFault::kind)
                        .thenComparing(ScheduledFault::text))
                .toList();
    }

    /** Returns the lines of its script, in the order of their times. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (ScheduledFault fault : faults) {
            steps.add(new Step(fault.at(), fault.text(), fault, false));
            fault.undoText().ifPresent(undo -> steps.add(new Step(fault.end(), undo, fault, true)));
        }
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }

    /** Returns the time of its last line. */
    public Duration end() {
        return faults.stream()
                .map(ScheduledFault::end)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Returns the script. */
    public String script() {
        return steps().stream()
                .map(step -> seconds(step.at()) + " " + step.text() + "\n")
                .collect(Collectors.joining());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0).replaceFirst("\\.?0+$", "") + "s";
    }

    /**
     * Reads a script. A fault that it does not undo lasts until its last line.
     *
     * @throws IllegalArgumentException naming the first line that is wrong
     */
    public static FaultSchedule parse(String text) {
        List<ScheduledFault> faults = new ArrayList<>();
        List<ScheduledFault> open = new ArrayList<>();
        Duration last = Duration.ZERO;
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                last = line(line, last, faults, open);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + wrong.getMessage(), wrong);
            }
        }
        for (ScheduledFault endless : open) {
            faults.add(lasting(endless, last));
        }
        return new FaultSchedule(faults);
    }

    private static Duration line(String line, Duration last, List<ScheduledFault> faults, List<ScheduledFault> open) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || line.startsWith(" ")) {
            throw new IllegalArgumentException("a line is TIME FAULT [MEMBER], such as 5s kill patroni1");
        }
        Duration at = Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusMillis(matcher.group(3) == null ? 0 : Math.round(Double.parseDouble(matcher.group(3)) * 1000));
        if (at.compareTo(last) < 0) {
            throw new IllegalArgumentException("its time is before that of the line above");
        }
        if (faults.size() + open.size() >= MOST) {
            throw new IllegalArgumentException("a schedule has " + MOST + " faults at most");
        }
        step(at, matcher.group(4), Optional.ofNullable(matcher.group(5)), faults, open);
        return at;
    }

    private static void step(
            Duration at, String word, Optional<String> member, List<ScheduledFault> faults, List<ScheduledFault> open) {
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(known -> known.word().equals(word))
                .findFirst();
        if (kind.isPresent()) {
            ScheduledFault fault = new ScheduledFault(at, Duration.ZERO, kind.get(), member);
            if (kind.get().undo().isEmpty()) {
                faults.add(fault);
            } else if (open.stream().anyMatch(fault::isOfSamePlace)) {
                throw new IllegalArgumentException("'" + fault.text() + "': what is broken there is not undone yet");
            } else {
                open.add(fault);
            }
            return;
        }
        ScheduledFault undone = open.stream()
                .filter(fault -> fault.kind().undo().filter(word::equals).isPresent()
                        && fault.member().equals(member))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + word + member.map(name -> " " + name).orElse("")
                                + "' is no fault, and undoes none of the lines above; faults: "
                                + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))));
        open.remove(undone);
        faults.add(lasting(undone, at));
    }

    private static ScheduledFault lasting(ScheduledFault fault, Duration until) {
        return new ScheduledFault(fault.at(), until.minus(fault.at()), fault.kind(), fault.member());
    }

    private static long number(String group) {
        return group == null ? 0 : Long.parseLong(group);
    }

    /**
     * Refuses a fault of a member that there is not.
     *
     * @throws IllegalArgumentException naming the first one
     */
    public void requireMembers(Collection<String> members) {
        for (ScheduledFault fault : faults) {
            String member = fault.member().orElse(ScheduledFault.LEADER);
            if (!member.equals(ScheduledFault.LEADER) && !members.contains(member)) {
                throw new IllegalArgumentException(
                        "no member '" + member + "' (" + fault.text() + "); there are: " + String.join(", ", members));
            }
        }
    }

    /** Returns whether it takes the DCS away. */
    public boolean isBrutal() {
        return faults.stream().anyMatch(fault -> fault.kind().place() == Place.DCS);
    }
}
