package io.patop.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each format, whole, as it should be; and what it makes of names that are markup. */
class ReportsTest {

    private record Format(String extension, Function<DrillReport, String> writer) {}

    private static final Format[] FORMATS = {
        new Format("txt", TextReport::of),
        new Format("md", MarkdownReport::of),
        new Format("json", JsonReport::of),
        new Format("xml", JunitReport::of),
        new Format("svg", SvgReport::of)
    };

    static Stream<Arguments> all() {
        return Stream.of(FORMATS)
                .flatMap(format -> Stream.of(
                        Arguments.of(
                                "met." + format.extension(), format.writer().apply(Samples.met())),
                        Arguments.of(
                                "missed." + format.extension(), format.writer().apply(Samples.missed()))));
    }

    /** What is made stands in target/drill, for eyes, and to be taken over where a change is wanted. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void asItShouldBe(String name, String made) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "drill")).resolve(name);
        Files.writeString(kept, made);
        try (InputStream golden = ReportsTest.class.getResourceAsStream("/io/patop/drill/" + name)) {
            assertThat(golden).as("the golden file of " + name).isNotNull();
            assertThat(made).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void nothingFromOutsideIsAnythingButText(String name, String made) {
        assertThat(made).doesNotContain("\u001b");
        if (name.endsWith("xml") || name.endsWith("svg")) {
            assertThat(made).doesNotContain("<b>");
        }
        if (name.endsWith("md")) {
            assertThat(made.replace("\\|", "").lines().filter(line -> line.startsWith("| ")))
                    .allSatisfy(line ->
                            assertThat(line.chars().filter(sign -> sign == '|')).hasSizeGreaterThan(3));
        }
        if (name.endsWith("txt")) {
            assertThat(made.chars().filter(sign -> sign > 126 && sign != 0xFFFD))
                    .isEmpty();
        }
    }

    @Test
    void jsonAndXmlAreWellFormed() throws Exception {
        JsonNode json = new JsonMapper().readTree(JsonReport.of(Samples.missed()));
        assertThat(json.path("met").asBoolean(true)).isFalse();
        assertThat(json.path("runs").get(0).path("member").asText()).isEqualTo("a|<b>&\"c\"");
        assertThat(json.path("lost").asLong()).isEqualTo(5);
        assertThat(json.path("lost_numbers").get(0).get(1).asLong()).isEqualTo(1044);

        Document junit = xml(JunitReport.of(Samples.missed()));
        assertThat(junit.getDocumentElement().getAttribute("failures")).isEqualTo("3");
        assertThat(junit.getElementsByTagName("failure").getLength()).isEqualTo(3);
        assertThat(junit.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        Document passed = xml(JunitReport.of(Samples.met()));
        assertThat(passed.getElementsByTagName("failure").getLength()).isZero();

        Document svg = xml(SvgReport.of(Samples.met()));
        assertThat(svg.getElementsByTagName("rect").getLength()).isGreaterThan(18);
    }

    @Test
    void aPictureWithAllPhasesHasRoomForTheirWords() throws Exception {
        NodeList texts = xml(SvgReport.of(of(List.of(Samples.allPhases()), Optional.empty())))
                .getElementsByTagName("text");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            words.add(text.getTextContent());
            if (text.getAttribute("font-size").equals("12")) {
                double end = Double.parseDouble(text.getAttribute("x"))
                        + 6.2 * text.getTextContent().length();
                assertThat(end).as(text.getTextContent()).isLessThan(960);
            }
        }
        assertThat(words).contains("stale pool gone", "old leader back", "outage");
    }

    @Test
    void aDrillThatDidNothingHasAReportTooWhateverTheFormat() {
        DrillReport empty = of(List.of(), Optional.of("cancelled"));
        for (Format format : FORMATS) {
            assertThat(format.writer().apply(empty)).as(format.extension()).contains("ended early: cancelled");
        }
    }

    private static DrillReport of(List<DrillRun> runs, Optional<String> abandoned) {
        DrillReport met = Samples.met();
        return new DrillReport(
                met.plan(),
                met.cluster(),
                met.began(),
                met.ended(),
                met.settings(),
                met.probe(),
                runs,
                met.lostLater(),
                abandoned,
                List.of(),
                io.patop.watch.lanes.Lanes.EMPTY);
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
