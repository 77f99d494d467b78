package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What patop told of one fault, beside the truth.
 *
 * @param row of the table
 * @param wrong what is not true, or was not told
 */
record Verdict(String row, List<String> wrong) {

    private static final String HEAD =
            """
            | fault | truth: nobody could write | through HAProxy | patop without a probe | events | patop's probe | events |
            |---|---|---|---|---|---|---|
            """;

    static Verdict of(Fault fault, Path folder) throws IOException {
        Truth truth = new Truth(Testimony.read(folder));
        List<String> wrong = new ArrayList<>();
        Optional<Duration> any = truth.longestOutage(false);
        Optional<Duration> proxied = truth.longestOutage(true);
        List<String> row = new ArrayList<>(List.of(fault.name(), text(any), text(proxied)));
        for (boolean probe : new boolean[] {false, true}) {
            Report made = Report.of(folder, probe);
            JsonNode report = made.read();
            List<ReducerStory> events = ReducerStory.read(report);
            List<String> here = new ArrayList<>();
            List<String> untrue = new EventJudge(truth, made.polls()).falseOnes(events);
            untrue.forEach(event -> here.add("false: " + event));
            fault.kinds().stream()
                    .filter(kind ->
                            events.stream().noneMatch(event -> event.kind().equals(kind)))
                    .forEach(kind -> here.add("not told: " + kind));
            here.addAll(Outages.wrong(report, events, truth, probe));
            changes(report, fault, truth.leaderChanges()).ifPresent(here::add);
            here.forEach(why -> wrong.add((probe ? "with" : "without") + " probe: " + why));
            row.add(Outages.told(report, events, probe));
            row.add(events.size() + (untrue.isEmpty() ? "" : ", " + untrue.size() + " false"));
        }
        return new Verdict("| " + String.join(" | ", row) + " |", wrong);
    }

    /** As many changes of leader as there were, called by their names; on a busy machine there may be one more. */
    private static Optional<String> changes(JsonNode report, Fault fault, int changes) {
        List<String> outcomes = StreamSupport.stream(report.path("failovers").spliterator(), false)
                .map(failover -> failover.path("outcome").asText())
                .filter(outcome -> !outcome.equals("no failover"))
                .toList();
        boolean right = (outcomes.size() == changes || outcomes.equals(fault.changes()))
                && (changes > 1 || fault.changes().isEmpty() || fault.changes().containsAll(outcomes));
        return right
                ? Optional.empty()
                : Optional.of("stopwatch: " + outcomes + " where the leader key changed hands " + changes
                        + " times; expected was one of " + fault.changes());
    }

    private static String text(Optional<Duration> outage) {
        return outage.map(Span::text).orElse("none");
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("row"), row + "\n");
        Files.write(folder.resolve("wrong.txt"), wrong);
    }

    /** The table of all faults that have been judged, and what is wrong. */
    static String table(Path all) throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        StringBuilder wrong = new StringBuilder("\n");
        for (Fault fault : Fault.all()) {
            Path row = all.resolve(fault.id()).resolve("row");
            if (Files.exists(row)) {
                table.append(Files.readString(row));
                Files.readAllLines(row.resolveSibling("wrong.txt")).forEach(line -> wrong.append(fault.name())
                        .append(": ")
                        .append(line)
                        .append('\n'));
            }
        }
        Files.writeString(all.resolve("table.md"), table);
        return table.append(wrong).toString();
    }

    /** Judges again what is in a folder of such, for whoever changes the rules of it. */
    public static void main(String[] arguments) throws IOException {
        Path all = Path.of(arguments[0]);
        for (Fault fault : Fault.all()) {
            Path folder = all.resolve(fault.id());
            if (Files.exists(Report.of(folder, true).recording())) {
                of(fault, folder).write(folder);
            }
        }
        System.out.println(table(all));
    }
}
