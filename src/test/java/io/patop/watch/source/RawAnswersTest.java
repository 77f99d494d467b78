package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.RawAnswer;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.RawApi;
import io.patop.watch.ReducerStory;
import io.patop.watch.source.Inspection.Check;
import io.patop.watch.source.Inspection.Checks;
import io.patop.watch.source.Inspection.Page;
import io.patop.watch.source.Inspection.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom it asks, and when, on one thread and by a clock of the test's own. */
class RawAnswersTest {

    private final List<Asked> asked = new ArrayList<>();
    private final Steps steps = new Steps();
    private final ReducerStory told = ReducerStory.healthy();
    private Instant now = ReducerStory.START;
    private int news;
    private final RawAnswers source = new RawAnswers(new Nodes(), told::dashboard, () -> news++, new Hands(), steps);

    /** A request that the test answers. */
    private record Asked(String url, CompletableFuture<Answer<RawAnswer>> answer) {
        void json(String body) {
            answer.complete(new Answer.Given<>(
                    new RawAnswer(
                            200,
                            Map.of("content-type", "application/json"),
                            body.getBytes(StandardCharsets.UTF_8),
                            false),
                    Duration.ofMillis(1)));
        }

        void text(int status, String body, boolean cut) {
            answer.complete(new Answer.Given<>(
                    new RawAnswer(
                            status, Map.of("content-type", "text/plain"), body.getBytes(StandardCharsets.UTF_8), cut),
                    Duration.ofMillis(1)));
        }

        void refuse() {
            answer.complete(new Answer.Missing<>(new Failure(Failure.Kind.REFUSED, "refused"), Duration.ZERO));
        }
    }

    private final class Nodes implements RawApi {
        @Override
        public CompletableFuture<Answer<RawAnswer>> get(ApiUrl url, String path, int bytes) {
            Asked request = new Asked(url.at(path).toString(), new CompletableFuture<>());
            asked.add(request);
            return request.answer();
        }

        @Override
        public CompletableFuture<Answer<Long>> stream(ApiUrl url, String path, Receiver receiver) {
            throw new UnsupportedOperationException("nothing is streamed to a screen");
        }
    }

    private final class Hands extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Runs what is to be run at once, and keeps what is to be run later until the test lets time pass. */
    private static final class Steps extends ScheduledThreadPoolExecutor {
        private final List<Runnable> later = new ArrayList<>();

        Steps() {
            super(1);
        }

        @Override
        public void execute(Runnable step) {
            step.run();
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            later.add(step);
            return new Never(step);
        }

        void passed() {
            List<Runnable> due = List.copyOf(later);
            later.clear();
            due.forEach(Runnable::run);
        }
    }

    private static final class Never extends FutureTask<Void> implements ScheduledFuture<Void> {
        Never(Runnable step) {
            super(step, null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void asksWhatIsLookedAtAndShowsTheAnswer() {
        source.look(new Place("a", "/cluster"));
        assertThat(urls()).containsExactly("http://a:8091/cluster");
        asked.get(0).json("{\"x\": 0.10}");

        Page page = source.page().orElseThrow();
        assertThat(page.place()).isEqualTo(new Place("a", "/cluster"));
        assertThat(page.tree()).isPresent();
        assertThat(page.news()).isEqualTo(Inspection.News.NONE);
        assertThat(news).isEqualTo(1);
    }

    @Test
    void asksAgainWhileSomebodyLooksAndTellsWhatChanged() {
        look("a", "/cluster", 0);
        asked.get(0).json("{\"x\": 1, \"y\": 2}");
        look("a", "/cluster", 1);
        assertThat(asked).hasSize(1);
        look("a", "/cluster", 1.5);
        assertThat(asked).hasSize(2);
        asked.get(1).json("{\"x\": 1, \"y\": 3}");

        assertThat(source.page().orElseThrow().news().changes().changed()).containsExactly("/y");
    }

    @Test
    void tellsWhichLinesOfATextAreNew() {
        look("a", "/metrics", 0);
        asked.get(0).text(200, "one\ntwo\n", false);
        look("a", "/metrics", 3);
        asked.get(1).text(200, "one\n2\nthree\n", false);

        assertThat(source.page().orElseThrow().news().lines()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void nobodyLooksAndNobodyIsAsked() {
        look("a", "/cluster", 0);
        asked.get(0).json("{}");
        for (int i = 0; i < 100; i++) {
            pass(1);
        }
        assertThat(asked).hasSizeBetween(1, 3);
        assertThat(steps.later).isEmpty();
    }

    @Test
    void aHungNodeHasOneRequestAndNoMore() {
        for (int i = 0; i < 20; i++) {
            look("a", "/cluster", 1);
        }
        look("a", "/patroni", 1);
        source.again();
        source.look(new Checks(List.of("/primary", "/replica")));
        assertThat(urls().stream().filter(url -> url.startsWith("http://a:"))).hasSize(1);
        assertThat(urls()).contains("http://b:8091/primary", "http://c:8091/primary");
    }

    @Test
    void anAnswerThatComesLateDoesNotTakeThePlaceOfAnother() {
        look("a", "/cluster", 0);
        look("b", "/patroni", 0.1);
        asked.get(1).json("{\"b\": 1}");
        asked.get(0).json("{\"a\": 1}");

        assertThat(source.page().orElseThrow().place()).isEqualTo(new Place("b", "/patroni"));
    }

    @Test
    void checksAreAskedOneAfterTheOtherOfEachNode() {
        source.look(new Checks(List.of("/primary", "/replica")));
        assertThat(urls()).containsExactly("http://a:8091/primary", "http://b:8091/primary", "http://c:8091/primary");
        asked.get(0).text(200, "", false);
        assertThat(urls()).endsWith("http://a:8091/replica");
        asked.get(3).text(503, "", false);
        assertThat(asked).hasSize(4);

        assertThat(source.codes().get(new Check("a", "/primary")).answer().value())
                .contains(200);
        assertThat(source.codes().get(new Check("a", "/replica")).answer().value())
                .contains(503);
    }

    @Test
    void aNodeThatIsDownIsAskedOneCheckAndNotAll() {
        source.look(new Checks(List.of("/primary", "/replica", "/health")));
        asked.get(0).refuse();

        assertThat(urls().stream().filter(url -> url.startsWith("http://a:"))).hasSize(1);
        assertThat(source.codes().get(new Check("a", "/health")).answer().failure())
                .isPresent();
    }

    @Test
    void whatCannotBeAskedIsToldWhy() {
        look("nobody", "/cluster", 0);
        assertThat(source.page().orElseThrow().answer().failure())
                .map(Failure::message)
                .contains("no address of nobody's REST API is known");
    }

    @Test
    void whatAStrangerSaysAtAMembersAddressIsNotTheMembers() {
        told.node("a", "{\"state\":\"running\",\"role\":\"replica\",\"patroni\":{\"name\":\"z\"}}");
        look("a", "/cluster", 0);
        asked.get(0).json("{}");
        assertThat(source.page().orElseThrow().note())
                .isEqualTo("NOT OF a: http://a:8091: another member answers there: z");

        asked.clear();
        source.look(new Checks(List.of("/primary")));
        asked.forEach(request -> request.text(200, "", false));
        assertThat(source.codes().get(new Check("a", "/primary")).answer().failure())
                .hasValueSatisfying(why -> assertThat(why.kind()).isEqualTo(Failure.Kind.STRANGER));
        assertThat(source.codes().get(new Check("b", "/primary")).answer().value())
                .contains(200);
    }

    @Test
    void aCutBodyIsNoTreeAndSaysSo() {
        look("a", "/cluster", 0);
        asked.get(0).text(200, "{\"x\": 1", true);

        assertThat(source.page().orElseThrow().tree()).isEmpty();
        assertThat(source.page().orElseThrow().note()).contains("cut after").contains("patop get");
    }

    @Test
    void aBodyIsSavedAsItCameAndNothingIsOverwritten(@TempDir Path directory) throws Exception {
        look("a", "/cluster", 0);
        asked.get(0).json("{\"x\":  0.10}");
        Path file = directory.resolve("body.json");
        source.save(source.page().orElseThrow(), file.toString());
        assertThat(Files.readString(file)).isEqualTo("{\"x\":  0.10}");
        assertThat(source.saved().orElseThrow().words()).startsWith("saved 12 bytes to ");

        source.save(source.page().orElseThrow(), file.toString());
        assertThat(source.saved().orElseThrow().good()).isFalse();
        assertThat(source.saved().orElseThrow().words()).contains("exists already");
        source.save(source.page().orElseThrow(), directory.resolve("none/such").toString());
        assertThat(source.saved().orElseThrow().good()).isFalse();
    }

    private void look(String member, String path, double after) {
        now = now.plusMillis(Math.round(after * 1000));
        source.look(new Place(member, path));
        steps.passed();
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
        steps.passed();
    }

    private List<String> urls() {
        return asked.stream().map(Asked::url).toList();
    }
}
