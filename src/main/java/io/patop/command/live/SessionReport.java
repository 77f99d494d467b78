package io.patop.command.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.time.MeasuredDuration;
import io.patop.watch.bill.Bill;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events and failovers of a session, for an incident report.
 *
 * @param scope the cluster's name, if it is known
 * @param failovers failovers, the oldest first, a running one included
 * @param bills where the time of each failover went, by its beginning, with the settings as they were read last
 * @param events events, the oldest first
 * @param eventsSeen number of events; larger than the list if the oldest are no longer kept
 * @param flaw why the session ends before its time
 */
public record SessionReport(
        Optional<String> scope,
        List<Failover> failovers,
        Map<Instant, Bill> bills,
        List<Event> events,
        long eventsSeen,
        Optional<String> flaw) {

    /** The formats of a report. */
    public enum Format {
        /** Text for a terminal. */
        TEXT,
        /** JSON for programs. */
        JSON,
        /** Markdown for a page. */
        MARKDOWN
    }

    public SessionReport {
        failovers = List.copyOf(failovers);
        bills = Map.copyOf(bills);
        events = List.copyOf(events);
    }

    /** Makes a report of a dashboard. */
    static SessionReport of(Dashboard dashboard) {
        return of(dashboard, dashboard.events(), Optional.empty());
    }

    /** Makes a report of a dashboard with all events that led to it. */
    public static SessionReport of(Dashboard dashboard, List<Event> events, Optional<String> flaw) {
        return new SessionReport(
                dashboard.identity().scope(),
                Stream.concat(dashboard.pastFailovers().stream(), dashboard.failover().stream())
                        .toList(),
                bills(dashboard),
                events.stream().sorted(Comparator.comparing(Event::at)).toList(),
                dashboard.eventsSeen(),
                flaw);
    }

    private static Map<Instant, Bill> bills(Dashboard dashboard) {
        Map<Instant, Bill> bills = new HashMap<>();
        dashboard.config().ifPresent(config -> {
            FailoverTiming timing = FailoverTiming.of(config, dashboard);
            Stream.concat(dashboard.pastFailovers().stream(), dashboard.failover().stream())
                    .forEach(change -> Bill.of(change, Bill.outage(change, dashboard.probe()), timing)
                            .ifPresent(bill -> bills.put(change.began(), bill)));
        });
        return bills;
    }

    private List<String> billLines(Failover failover) {
        return Optional.ofNullable(bills.get(failover.began())).map(Bill::lines).orElse(List.of());
    }

    public String write(Format format, ZoneId zone) {
        return switch (format) {
            case TEXT -> text(zone);
            case JSON -> json();
            case MARKDOWN -> markdown(zone);
        };
    }

    private String text(ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("Failovers of " + Printable.line(title()) + ": " + failovers.size());
        for (Failover failover : failovers) {
            lines.add("  " + clock(failover.began(), zone) + "  " + Printable.line(headline(failover)));
            phases(failover)
                    .forEach(phase ->
                            lines.add("    " + String.format(Locale.ROOT, "%9s", phase.after()) + "  " + phase.text()));
            billLines(failover).forEach(line -> lines.add("      " + line));
        }
        lines.add("");
        lines.add("Events: " + eventsSeen + missing());
        events.forEach(event -> lines.add("  " + EventFormat.TEXT.line(event)));
        flaw.ifPresent(why -> lines.add("The recording is " + why + "."));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private String markdown(ZoneId zone) {
        StringBuilder page = new StringBuilder("# " + escaped(title()) + "\n\n");
        flaw.ifPresent(
                why -> page.append("The recording is ").append(escaped(why)).append(".\n\n"));
        page.append("## Failovers (").append(failovers.size()).append(")\n\n");
        if (!failovers.isEmpty()) {
            page.append("| at | what | phases, from the first |\n|---|---|---|\n");
        }
        for (Failover failover : failovers) {
            page.append("| ")
                    .append(clock(failover.began(), zone))
                    .append(" | ")
                    .append(escaped(headline(failover)))
                    .append(" | ")
                    .append(phases(failover).stream()
                            .map(phase -> phase.text() + " " + phase.after())
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        for (Failover failover : failovers) {
            List<String> lines = billLines(failover);
            if (!lines.isEmpty()) {
                page.append("\nWhere the time went, ")
                        .append(clock(failover.began(), zone))
                        .append(":\n\n");
                lines.forEach(line -> page.append("- ").append(escaped(line)).append("\n"));
            }
        }
        page.append("\n## Events (").append(eventsSeen).append(missing()).append(")\n\n");
        if (!events.isEmpty()) {
            page.append("| at | what |\n|---|---|\n");
        }
        for (Event event : events) {
            page.append("| ")
                    .append(clock(event.at(), zone))
                    .append(" | ")
                    .append(mark(event))
                    .append(escaped(event.text()))
                    .append(event.took()
                            .map(took -> " (after " + DurationText.text(took) + ")")
                            .orElse(""))
                    .append(" |\n");
        }
        return page.toString();
    }

    private String json() {
        JsonMapper mapper = new JsonMapper();
        ObjectNode report = mapper.createObjectNode();
        scope.ifPresent(name -> report.put("scope", name));
        flaw.ifPresent(why -> report.put("flaw", why));
        ArrayNode all = report.putArray("failovers");
        for (Failover failover : failovers) {
            ObjectNode one = all.addObject();
            one.put("began", failover.began().toString());
            one.put("outcome", failover.outcome().text());
            one.put("from", failover.oldLeader());
            failover.newLeader().ifPresent(to -> one.put("to", to));
            failover.from().ifPresent(timeline -> one.put("timeline_before", timeline.number()));
            failover.to().ifPresent(timeline -> one.put("timeline_after", timeline.number()));
            one.put("ended", failover.end().isPresent());
            ObjectNode seconds = one.putObject("seconds");
            ObjectNode least = JsonNodeFactory.instance.objectNode();
            for (Reached phase : phases(failover)) {
                String name = phase.phase().name().toLowerCase(Locale.ROOT);
                seconds.put(name, phase.span().longest().toMillis() / 1000.0);
                least.put(name, phase.span().least().toMillis() / 1000.0);
            }
            if (bills.containsKey(failover.began())) {
                ArrayNode bill = one.putArray("bill");
                billLines(failover).forEach(bill::add);
            }
            if (!least.equals(seconds)) {
                one.set("seconds_at_least", least);
            }
        }
        report.put("events_seen", eventsSeen);
        ArrayNode told = report.putArray("events");
        events.forEach(event -> told.add(EventFormat.json(event)));
        try {
            return EventFormat.harmless(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A phase, and how long after the first phase it was reached. */
    private record Reached(Phase phase, MeasuredDuration span) {
        String text() {
            return phase.text();
        }

        String after() {
            return DurationText.text(span);
        }
    }

    private static List<Reached> phases(Failover failover) {
        return failover.reached().keySet().stream()
                .map(phase -> new Reached(phase, failover.until(phase).orElseThrow()))
                .sorted(Comparator.comparing((Reached reached) -> reached.span().longest())
                        .thenComparing(Reached::phase))
                .toList();
    }

    private static String headline(Failover failover) {
        return failover.text()
                + failover.to().map(timeline -> ", timeline " + timeline).orElse("")
                + (failover.end().isPresent() ? "" : " (still under way)");
    }

    private String title() {
        return scope.orElse("an unnamed cluster");
    }

    private String missing() {
        return events.size() < eventsSeen ? ", of which the last " + events.size() + " are kept" : "";
    }

    private static String clock(Instant at, ZoneId zone) {
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                .format(at.atZone(zone));
    }

    private static String mark(Event event) {
        return event.kind().tone() == Event.Tone.BAD ? "**bad**: " : "";
    }

    /** Escapes text from outside, so that it makes no table, link or HTML of its own. */
    private static String escaped(String text) {
        return Printable.line(text)
                .replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
