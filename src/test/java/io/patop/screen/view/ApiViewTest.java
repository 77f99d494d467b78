package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.FakeInspection;
import io.patop.screen.Pictures;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API browser and the matrix of health checks, by their keys. */
class ApiViewTest {

    private static final String CLUSTER =
            """
            {"members": [{"name": "a", "lag": 0.10}, {"name": "b", "lag": 1e400}], "scope": "demo"}""";

    private final FakeInspection looked = new FakeInspection().json("a", "/cluster", CLUSTER);
    private final Pictures pictures = new Pictures(looked, Glyphs.UNICODE);
    private final Dashboard dashboard = ReducerStory.healthy().dashboard();

    @BeforeEach
    void goThere() {
        draw();
        go("api");
    }

    @Test
    void aBodyIsATreeWithItsNumbersAsSent() {
        assertThat(draw())
                .contains(
                        "a /cluster  ✓ 200 OK · 3 ms · 0s ago · 87 B · application/json",
                        "─ http://a:8091/cluster ─",
                        "▾ members: [2]",
                        "lag: 0.10",
                        "lag: 1e400",
                        "scope: \"demo\"");
        assertThat(looked.looks).contains(new Inspection.Place("a", "/cluster"));
    }

    @Test
    void partsFoldAndUnfold() {
        type("jj");
        press(KeyType.Enter);
        assertThat(draw()).contains("▸ [0]: {\"name\": \"a\", \"lag\": 0.10}").contains("lag: 1e400");
        press(KeyType.ArrowRight);
        assertThat(draw()).contains("lag: 0.10\n");

        press(KeyType.ArrowLeft);
        press(KeyType.ArrowLeft);
        press(KeyType.ArrowLeft);
        assertThat(draw()).contains("▸ members: [{\"name\": \"a\"").contains("scope");
        type("f");
        assertThat(draw()).contains("lag: 0.10\n");
    }

    @Test
    void whatChangedIsMarkedAndTheCursorStays() {
        type("jjjjj");
        String before = draw();
        assertThat(before.lines().filter(line -> line.startsWith("▸")))
                .singleElement()
                .asString()
                .contains("[1]");
        looked.json("a", "/cluster", CLUSTER.replace("1e400", "7").replace(", \"scope\": \"demo\"", ""));

        assertThat(draw().lines())
                .anyMatch(line -> line.matches(" ~ +lag: 7"))
                .anyMatch(line -> line.matches(" -.*\\{1\\}"))
                .noneMatch(line -> line.matches(" ~ +lag: 0.10"))
                .anyMatch(line -> line.matches("▸.*\\[1\\].*"));
    }

    @Test
    void aPathNarrowsWhileItIsTypedAndLapsesByEsc() {
        type(".members[].name");
        assertThat(draw()).contains("\"a\"", "\"b\"", ".members[].name").doesNotContain("lag");
        press(KeyType.Enter);
        type(".[");
        assertThat(draw()).contains("] is missing", "\"a\"");
        press(KeyType.Escape);
        assertThat(draw()).contains("─ .members[].name ─");
        press(KeyType.Escape);
        assertThat(draw()).contains("lag: 0.10");
        type(".scope.x");
        assertThat(draw()).contains("\"x\" is asked of a string", "nothing is selected");
    }

    @Test
    void searchFindsLinesAndGoesFromOneToTheNext() {
        type("/LAG");
        press(KeyType.Enter);
        assertThat(draw()).contains("\"LAG\" found in 2 of 9 lines");
        assertThat(cursorLine()).contains("lag: 0.10");
        type("n");
        assertThat(cursorLine()).contains("lag: 1e400");
        type("n");
        assertThat(cursorLine()).contains("lag: 0.10");
        type("N");
        assertThat(cursorLine()).contains("lag: 1e400");
        type("/nowhere");
        press(KeyType.Enter);
        type("n");
        assertThat(draw()).contains("\"nowhere\" is nowhere in it");
    }

    @Test
    void endpointsAndMembersAreChosenFromMenus() {
        type("e");
        assertThat(draw()).contains("Which endpoint?", "/patroni", "▸ /cluster");
        type("k");
        press(KeyType.Enter);
        assertThat(draw()).contains("a /patroni  asking…");
        type("m");
        press(KeyType.Enter);
        assertThat(draw()).contains("b /patroni");
        type("e");
        press(KeyType.End);
        press(KeyType.Enter);
        type("?lag=1MB");
        press(KeyType.Enter);
        draw();
        assertThat(looked.looks).contains(new Inspection.Place("b", "/patroni?lag=1MB"));
    }

    @Test
    void anAnswerThatIsNoneIsShownAsItIs() {
        looked.text("a", "/cluster", 503, "# not\u001b[31m now\nsecond");

        assertThat(draw()).contains("✗ 503 Service Unavailable", "# not�[31m now", "second");
    }

    @Test
    void theCurlCommandAndPatopsOwnAreShown() {
        type("c");
        assertThat(draw()).contains("curl -s http://a:8091/cluster", "patop get a /cluster");
    }

    @Test
    void aBodyIsSavedUnderANameThatCanBeChanged() {
        type("w");
        assertThat(draw()).contains("save to a-cluster.json");
        press(KeyType.Enter);
        assertThat(looked.savedAs).containsExactly("a-cluster.json");
        looked.wasSaved("saved 87 bytes to /tmp/a-cluster.json");
        assertThat(draw()).contains("saved 87 bytes to /tmp/a-cluster.json");
    }

    @Test
    void theMatrixShowsWhatALoadBalancerSees() {
        looked.code("a", "/primary", 200)
                .code("b", "/primary", 503)
                .code("a", "/async", 502)
                .refused("c", "/primary");
        go("health");

        assertThat(draw())
                .containsPattern("★ a +b +c")
                .containsPattern("▸ /primary +✓ 200 +· 503 +✗ refused")
                .containsPattern("/async +! 502 +\\? +\\?");
        type("j");
        press(KeyType.ArrowRight);
        press(KeyType.Enter);
        assertThat(draw()).contains("b /leader");
    }

    @Test
    void whatIsOldStandsInBrackets() {
        looked.code("a", "/primary", 200);
        assertThat(pictures.draw(dashboard, ReducerStory.START.plusSeconds(11), 80, 24))
                .contains("(✓ 200 OK)");
        go("health");
        assertThat(pictures.draw(dashboard, ReducerStory.START.plusSeconds(11), 80, 24))
                .contains("(✓ 200)", "oldest code 11s ago");
    }

    @Test
    void aMatrixOfMoreMembersThanFitMovesWithTheSelection() {
        ReducerStory told = new ReducerStory();
        String[] members = new String[40];
        members[0] = ReducerStory.leader("node00", 1);
        for (int i = 1; i < members.length; i++) {
            members[i] = ReducerStory.replica(String.format("node%02d", i), 1, 0);
        }
        Dashboard many = told.cluster(members).dashboard();
        pictures.draw(many, ReducerStory.START, 80, 24);
        pictures.press(many, ReducerStory.START, ":health");
        pictures.press(many, ReducerStory.START, KeyType.Enter);
        assertThat(pictures.draw(many, ReducerStory.START, 80, 24)).contains("1-4 of 40", "node00");
        for (int i = 0; i < 39; i++) {
            pictures.press(many, ReducerStory.START, KeyType.ArrowRight);
        }
        assertThat(pictures.draw(many, ReducerStory.START, 80, 24)).contains("37-40 of 40", "node39");
    }

    @Test
    void anySizeCanBeDrawn() {
        for (int columns = 1; columns < 200; columns += 13) {
            for (int rows = 1; rows < 60; rows += 7) {
                for (String view : new String[] {"api", "health"}) {
                    go(view);
                    assertThat(pictures.draw(dashboard, ReducerStory.START, columns, rows)
                                    .lines())
                            .hasSize(rows);
                }
            }
        }
    }

    private String cursorLine() {
        return draw().lines().filter(line -> line.startsWith("▸")).findFirst().orElseThrow();
    }

    private String draw() {
        return pictures.draw(dashboard, ReducerStory.START, 80, 24);
    }

    private void go(String view) {
        type(":" + view);
        press(KeyType.Enter);
    }

    private void type(String keys) {
        pictures.press(dashboard, ReducerStory.START, keys);
        draw();
    }

    private void press(KeyType key) {
        pictures.press(dashboard, ReducerStory.START, key);
        draw();
    }
}
