package io.patop.docker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last lines of a log.
 *
 * @param lines the oldest first
 * @param isCut whether there may be older lines that were left out
 * @param troubles what the engine says about lines that it could not get, a line each
 */
public record LogLines(List<LogLine> lines, boolean isCut, List<String> troubles) {

    public LogLines {
        lines = List.copyOf(lines);
        troubles = List.copyOf(troubles);
    }

    /** Returns several logs as one, in the order of time, with its last lines alone. */
    public static LogLines merged(List<LogLines> logs, int most) {
        List<LogLine> all = new ArrayList<>();
        logs.forEach(log -> all.addAll(log.lines()));
        // Stable, so that lines of one time, or of none, stay in the order of their own log.
        all.sort(Comparator.comparing(
                (LogLine line) -> line.at().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder())));
        boolean cut = all.size() > most || logs.stream().anyMatch(LogLines::isCut);
        List<String> troubles =
                logs.stream().flatMap(log -> log.troubles().stream()).toList();
        return new LogLines(all.subList(Math.max(0, all.size() - most), all.size()), cut, troubles);
    }
}
