package io.patop.watch.forecast;

import io.patop.text.DurationText;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.bill.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast of a takeover in words: one line in several lengths, and the explanation of each term. */
final class ForecastText {

    private ForecastText() {}

    /** The line, the longest form first. */
    static List<String> lines(Forecast.Takeover takeover) {
        String by = by(takeover.successors());
        String killed = takeover.after(LeaderFailure.KILLED).seconds();
        Estimate clean = takeover.after(LeaderFailure.STOPPED);
        String unknown = takeover.unknown().isEmpty()
                ? ""
                : " \u00b7 unknown: " + String.join(", ", takeover.unknown()) + " of HAProxy";
        String shortUnknown = takeover.unknown().isEmpty() ? "" : "; " + String.join(", ", takeover.unknown()) + "?";
        String risk = takeover.risk().text();
        String shortRisk = risk.replace("the last ", "").replace(", commits are synchronous", "");
        return List.of(
                "If " + takeover.leader() + " died now: written to again in " + killed + " s (stopped cleanly: "
                        + clean.text() + "), by " + by + " \u00b7 at risk: " + risk + unknown,
                "If " + takeover.leader() + " died now: written to again in " + killed + " s" + " (stopped cleanly: "
                        + clean.text() + shortUnknown + "), by " + by + " \u00b7 at risk: " + risk,
                "If " + takeover.leader() + " died: " + killed + " s (clean " + clean.seconds() + shortUnknown
                        + "), by " + by + " \u00b7 at risk " + shortRisk,
                "If " + takeover.leader() + " died: " + killed + " s (clean " + clean.seconds() + shortUnknown
                        + ") \u00b7 at risk " + shortRisk,
                "If the leader died: " + killed + " s" + shortUnknown.replace(";", ",") + " \u00b7 at risk "
                        + shortRisk);
    }

    private static String by(List<String> successors) {
        return successors.size() <= 2 ? String.join(" or ", successors) : "one of " + successors.size() + " members";
    }

    /** Each term with its bounds and its source. */
    static List<String> explanation(Forecast.Takeover takeover) {
        List<String> lines = new ArrayList<>(List.of(lines(takeover).get(0)));
        for (LeaderFailure failure : List.of(LeaderFailure.KILLED, LeaderFailure.STOPPED)) {
            lines.add("");
            lines.add("If it is " + failure.text() + ": "
                    + takeover.after(failure).text() + ", made up of");
            takeover.after(failure).terms().forEach(term -> lines.add("  " + text(term)));
        }
        lines.add("");
        lines.add("Other faults:");
        for (LeaderFailure failure : LeaderFailure.values()) {
            if (failure != LeaderFailure.KILLED && failure != LeaderFailure.STOPPED) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-26s %s",
                        failure.text(),
                        takeover.after(failure).text()));
            }
        }
        lines.add("");
        lines.add("By whom: " + by(takeover.successors()) + ", of those that may lead (tags, lag up to");
        lines.add("  maximum_lag_on_failover, synchronous mode) the one that has received most.");
        lines.add("At risk: what the leader has written (its xlog.location) and that member has not received,");
        lines.add("  and since when the leader has written it.");
        lines.add("ttl, loop_wait and primary_start_timeout are of GET /config; rise is of HAProxy's statistics,");
        lines.add("  which do not tell inter.");
        return lines;
    }

    private static String text(Term term) {
        return DurationText.text(term.least()).replace(" s", "") + " to " + DurationText.text(term.most()) + " "
                + term.stage().text() + ": " + term.rule();
    }
}
