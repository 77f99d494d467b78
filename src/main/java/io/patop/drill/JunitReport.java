package io.patop.drill;

import io.patop.text.Xml;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A report as JUnit's XML, which every CI server reads. Each run is a test case. */
public final class JunitReport {

    private JunitReport() {}

    /** The whole report as an XML document. */
    public static String of(DrillReport report) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        boolean whole = report.abandoned().isEmpty()
                && report.lostLater().count() <= report.plan().goals().maxLost();
        long failures = report.runs().stream()
                        .filter(run -> !report.plan().goals().missedBy(run).isEmpty())
                        .count()
                + (whole ? 0 : 1);
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"patop drill %s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\""
                        + " timestamp=\"%s\">\n",
                Xml.escaped(report.cluster()),
                report.runs().size() + 1,
                failures,
                seconds(report.took()),
                report.began().toString().substring(0, 19)));
        xml.append("  <properties>\n");
        property(xml, "plan", report.plan().text());
        property(xml, "goals", report.plan().goals().text());
        property(xml, "versions", report.settings().versions());
        property(xml, "settings", report.settings().text());
        property(xml, "probe", report.probe());
        xml.append("  </properties>\n");
        report.runs().forEach(run -> run(xml, report, run));
        testCase(xml, "all runs were made and nothing was lost after", Duration.ZERO, whole ? List.of() : rest(report));
        return xml.append("</testsuite>\n").toString();
    }

    private static List<String> rest(DrillReport report) {
        return report.missed().stream().filter(why -> !why.startsWith("run ")).toList();
    }

    private static void run(StringBuilder xml, DrillReport report, DrillRun run) {
        testCase(
                xml,
                "run " + run.number() + ": " + run.fault().verb() + " " + run.role() + " " + run.member(),
                run.writes().outage(),
                Stream.concat(
                                report.plan().goals().missedBy(run).stream(),
                                run.evidence().stream().map(place -> "evidence: " + place))
                        .toList());
    }

    private static void testCase(StringBuilder xml, String name, Duration took, List<String> missed) {
        xml.append("  <testcase classname=\"patop.drill\" name=\"")
                .append(Xml.escaped(name))
                .append("\" time=\"")
                .append(seconds(took))
                .append(missed.isEmpty() ? "\"/>\n" : "\">\n");
        if (!missed.isEmpty()) {
            xml.append("    <failure message=\"")
                    .append(Xml.escaped(missed.get(0)))
                    .append("\">")
                    .append(Xml.escaped(String.join("; ", missed)))
                    .append("</failure>\n  </testcase>\n");
        }
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append("    <property name=\"")
                .append(name)
                .append("\" value=\"")
                .append(Xml.escaped(value))
                .append("\"/>\n");
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.3f", span.toMillis() / 1000.0);
    }
}
