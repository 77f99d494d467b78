package io.patop.command;

import io.patop.screen.terminal.Glyphs;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import java.time.Instant;

/**
 * The last line of the terminal while the probe runs: the last seconds, the counts and the outage. It is drawn again
 * in place.
 *
 * @param glyphs the screen's glyphs
 */
record LiveLine(Glyphs glyphs) {

    private static final int SECONDS = 20;

    /** Goes to the line's beginning and erases the line. */
    private static final String AGAIN = "\r\u001b[K";

    String gone() {
        return AGAIN;
    }

    String of(ProbeStatus probe, Instant now) {
        ProbeTally writes = probe.writes();
        StringBuilder line = new StringBuilder(AGAIN);
        long last = now.getEpochSecond();
        long first = Math.max(last - SECONDS + 1, writes.began().getEpochSecond());
        for (long second = first; second <= last; second++) {
            line.append(glyphs.second(writes.strip().at(second)));
        }
        line.append("  ")
                .append(writes.acknowledged())
                .append(" ok, ")
                .append(writes.refused())
                .append(" refused, ")
                .append(writes.unknown())
                .append(" unknown");
        if (writes.isOut(now)) {
            line.append("  OUTAGE ").append(DurationText.text(writes.outFor(now)));
        } else {
            writes.longest().flatMap(Outage::length).ifPresent(longest -> line.append("  longest ")
                    .append(DurationText.text(longest)));
        }
        return AGAIN + Printable.line(line.substring(AGAIN.length()));
    }
}
