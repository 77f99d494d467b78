package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import io.patop.docker.LogLine;
import io.patop.screen.Pictures;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A member's log on the screen, and what the logs say of a change of leader. */
class LogViewTest {

    private final FakeLogs logs = new FakeLogs();
    private final Pictures pictures = new Pictures(Inspection.NONE, logs, Glyphs.UNICODE);
    private final ReducerStory told = ReducerStory.healthy();

    /** Logs that a test tells; they know what was looked at. */
    private static final class FakeLogs implements MemberLogs {
        final List<Subject> looks = new ArrayList<>();
        Optional<Page> page = Optional.empty();

        @Override
        public void look(Subject subject) {
            looks.add(subject);
        }

        @Override
        public Optional<Page> page() {
            return page;
        }
    }

    @Test
    void theColonOpensTheLogOfThatMember() {
        type(":log b");
        assertThat(draw()).contains("Log of b").contains("reading…");
        assertThat(logs.looks).last().isEqualTo(new MemberLogs.Tail("b"));
    }

    @Test
    void withoutANameItIsTheSelectedMembers() {
        draw();
        type(":log");
        draw();
        assertThat(logs.looks).last().isEqualTo(new MemberLogs.Tail("a"));
    }

    @Test
    void aNameThatNobodyHasIsRefused() {
        type(":log nobody");
        assertThat(draw()).contains("the view Log shows no \"nobody\"");
    }

    @Test
    void theNewestLineIsAtTheBottomAndTheRestIsScrolledTo() {
        tail("a", IntStream.range(0, 100).mapToObj(i -> "line " + i).toArray(String[]::new));
        type(":log a");
        assertThat(draw()).contains("line 99").doesNotContain("line 10\n");
        pictures.press(told.dashboard(), told.now(), KeyType.Home);
        assertThat(draw()).contains("line 0\n").contains("99 below");
    }

    @Test
    void theFilterAndTheTopicsLeaveLinesOut() {
        tail(
                "a",
                "2026-11-24 12:00:00,123 INFO: no action. I am (a), the leader with the lock",
                "LOG:  checkpoint starting",
                "LOG:  ready");
        type(":log a");
        type("/checkpoint");
        assertThat(draw())
                .contains("checkpoint starting")
                .contains("1 of 3 lines")
                .doesNotContain("ready");
        pictures.press(told.dashboard(), told.now(), "/");
        pictures.press(told.dashboard(), told.now(), KeyType.Escape);
        pictures.press(told.dashboard(), told.now(), "w");
        assertThat(draw()).contains("12:00:00 INFO: no action. I am (a)").doesNotContain("checkpoint");
    }

    @Test
    void whyALogIsMissingIsSaid() {
        logs.page = Optional.of(new MemberLogs.Page(
                new MemberLogs.Tail("a"), told.now(), List.of(), List.of("a: no Docker socket at /x")));
        type(":log a");
        assertThat(draw()).contains("a: no Docker socket at /x");
    }

    @Test
    void aReplayHasNoLogs() {
        Pictures replay = new Pictures(Inspection.NONE, Glyphs.UNICODE);
        replay.press(told.dashboard(), told.now(), ":log");
        replay.press(told.dashboard(), told.now(), KeyType.Enter);
        assertThat(replay.draw(told.dashboard(), told.now(), 100, 30)).contains("a recording has none");
    }

    @Test
    void beforeAFailoverNothingIsExplained() {
        type(":events");
        pictures.press(told.dashboard(), told.now(), KeyType.Enter);
        assertThat(draw()).contains("no change of leader has been seen yet");
    }

    @Test
    void besideAFailoverStandTheLinesThatExplainIt() {
        Dashboard after = failedOver();
        type(":events");
        pictures.press(after, told.now(), KeyType.Enter);
        pictures.draw(after, told.now(), 100, 30);
        MemberLogs.Explanation look = (MemberLogs.Explanation) logs.looks.get(logs.looks.size() - 1);
        assertThat(look.from()).isBefore(ReducerStory.START);
        assertThat(look.to()).isAfter(told.now());
        logs.page = Optional.of(new MemberLogs.Page(
                look,
                told.now(),
                List.of(
                        said("a", "INFO: demoted self because failed to update leader lock in DCS"),
                        said("b", "INFO: promoted self to leader by acquiring session lock")),
                List.of()));
        assertThat(pictures.draw(after, told.now(), 100, 30))
                .contains("Why: ")
                .contains(" of a to b at 11:59:59")
                .contains("12:00:00 a INFO: demoted self because failed to update leader lock in DCS")
                .contains("12:00:00 b INFO: promoted self to leader by acquiring session lock");
    }

    private Dashboard failedOver() {
        return told.seconds(1)
                .silent("a")
                .seconds(1)
                .cluster(ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0))
                .primary("b", 2, "c")
                .standby("c", 2)
                .dashboard();
    }

    private void tail(String member, String... lines) {
        logs.page = Optional.of(new MemberLogs.Page(
                new MemberLogs.Tail(member),
                told.now(),
                java.util.Arrays.stream(lines).map(line -> said(member, line)).toList(),
                List.of()));
    }

    private static MemberLogs.Said said(String member, String text) {
        Instant at = ReducerStory.START;
        return MemberLogs.Said.of(member, new LogLine(Optional.of(at), LogLine.Stream.ERR, text));
    }

    private void type(String text) {
        pictures.press(told.dashboard(), told.now(), text);
        pictures.press(told.dashboard(), told.now(), KeyType.Enter);
    }

    private String draw() {
        return pictures.draw(told.dashboard(), told.now(), 100, 30);
    }
}
