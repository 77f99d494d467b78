package io.patop.drill.random;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Shrinks a schedule to one that still fails and has no fault too many, by delta debugging (ddmin, Zeller and
 * Hildebrandt 2002); then its faults are moved together. Each try runs the schedule, so their number is bounded.
 */
public final class ScheduleShrinker {

    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Predicate<FaultSchedule> fails;
    private int triesLeft;

    /**
     * Makes a shrinker.
     *
     * @param fails whether a schedule still fails
     * @param tries the most schedules that are tried
     */
    public ScheduleShrinker(Predicate<FaultSchedule> fails, int tries) {
        this.fails = fails;
        this.triesLeft = tries;
    }

    /** Returns the shortest schedule that was found to fail; the given one, which does, if no shorter one does. */
    public FaultSchedule shrink(FaultSchedule failing) {
        List<ScheduledFault> faults = failing.faults();
        int parts = 2;
        while (faults.size() > 1 && triesLeft > 0) {
            Optional<List<ScheduledFault>> smaller = smaller(faults, parts);
            if (smaller.isPresent()) {
                parts = Math.max(2, Math.min(parts - 1, smaller.get().size()));
                faults = smaller.get();
            } else if (parts >= faults.size()) {
                break;
            } else {
                parts = Math.min(faults.size(), 2 * parts);
            }
        }
        return earlier(new FaultSchedule(faults));
    }

    /** Returns one part of the faults that fails alone, or all but one part. */
    private Optional<List<ScheduledFault>> smaller(List<ScheduledFault> faults, int parts) {
        for (boolean without : new boolean[] {false, true}) {
            for (int part = 0; part < parts; part++) {
                int from = faults.size() * part / parts;
                int to = faults.size() * (part + 1) / parts;
                List<ScheduledFault> tried = new ArrayList<>(without ? faults : faults.subList(from, to));
                if (without) {
                    tried.subList(from, to).clear();
                }
                if (!tried.isEmpty() && tried.size() < faults.size() && fails(new FaultSchedule(tried))) {
                    return Optional.of(tried);
                }
            }
        }
        return Optional.empty();
    }

    /** Lets the first fault begin soon, if that fails too. */
    private FaultSchedule earlier(FaultSchedule schedule) {
        Duration by = schedule.faults().get(0).at().minus(FIRST);
        if (by.isNegative() || by.isZero()) {
            return schedule;
        }
        FaultSchedule moved = new FaultSchedule(schedule.faults().stream()
                .map(fault -> new ScheduledFault(fault.at().minus(by), fault.lasts(), fault.kind(), fault.member()))
                .toList());
        return fails(moved) ? moved : schedule;
    }

    private boolean fails(FaultSchedule schedule) {
        triesLeft -= 1;
        return triesLeft >= 0 && fails.test(schedule);
    }
}
