package io.patop.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.haproxy.ProxyCommand;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import io.patop.watch.model.PatroniCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is confirmed is done by the lever for it, and reported from its beginning to its end. */
class ActorTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Action.Simulate CUT =
            new Action.Simulate("cut", Optional.of("b"), "cut the network of b", true);
    private static final Action.OnPatroni RELOAD = new Action.OnPatroni(new PatroniCommand.Reload(List.of("b")));

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void end() {
        worker.shutdownNow();
    }

    /** All that another way to break a cluster needs. */
    private record NetworkLever(Answer<String> answer) implements Lever<Action.Simulate> {
        @Override
        public Class<Action.Simulate> takes() {
            return Action.Simulate.class;
        }

        @Override
        public CompletableFuture<Answer<String>> carryOut(Action.Simulate action, Consumer<String> steps) {
            steps.accept("cutting");
            return CompletableFuture.completedFuture(answer);
        }
    }

    /** Works by itself, or is waited for; done when it is told to be. */
    private record Held<A extends Action>(Class<A> takes, boolean worksByItself, CountDownLatch go)
            implements Lever<A> {
        @Override
        public CompletableFuture<Answer<String>> carryOut(A action, Consumer<String> steps) {
            return worksByItself
                    ? CompletableFuture.supplyAsync(this::done)
                    : CompletableFuture.completedFuture(done());
        }

        private Answer<String> done() {
            try {
                assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                return given("");
            } catch (InterruptedException hurried) {
                throw new IllegalStateException(hurried);
            }
        }
    }

    @Test
    void anotherLeverIsOneClass() throws Exception {
        finish(new Actor(List.of(new NetworkLever(given("b is alone"))), this::hear, CLOCK, worker), CUT);

        assertThat(told).containsExactly("BEGUN ", "STEP cutting", "DONE b is alone");
    }

    @Test
    void whyItWasNotDoneIsReported() throws Exception {
        Answer<String> refused =
                new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, "no such network"), Duration.ZERO);
        finish(new Actor(List.of(new NetworkLever(refused)), this::hear, CLOCK, worker), CUT);

        assertThat(told).containsExactly("BEGUN ", "STEP cutting", "FAILED no such network");
    }

    @Test
    void aBugInALeverIsTheEndOfItsAction() throws Exception {
        Lever<Action.Simulate> broken = new Lever<>() {
            @Override
            public Class<Action.Simulate> takes() {
                return Action.Simulate.class;
            }

            @Override
            public CompletableFuture<Answer<String>> carryOut(Action.Simulate action, Consumer<String> steps) {
                throw new IllegalStateException("no disk");
            }
        };
        finish(new Actor(List.of(broken), this::hear, CLOCK, worker), CUT);

        assertThat(told).containsExactly("BEGUN ", "FAILED a bug: java.lang.IllegalStateException: no disk");
    }

    @Test
    void whatNoLeverDoesIsSaid() throws Exception {
        finish(new Actor(List.of(new NetworkLever(given(""))), this::hear, CLOCK, worker), RELOAD);

        assertThat(told).containsExactly("FAILED nothing here can do it");
    }

    /** A switchover may take 20 s, and a container may take 30 s to stop. */
    @Test
    void whatWorksByItselfHoldsUpNobodyAndWaitsForNobody() throws Exception {
        CountDownLatch docker = new CountDownLatch(1);
        CountDownLatch patroni = new CountDownLatch(1);
        Actor actor = new Actor(
                List.of(
                        new Held<>(Action.Simulate.class, false, docker),
                        new Held<>(Action.OnPatroni.class, true, patroni)),
                this::hear,
                CLOCK,
                worker);
        actor.accept(CUT);
        actor.accept(RELOAD);
        patroni.countDown();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(told).filteredOn("DONE "::equals).hasSize(1);

        docker.countDown();
        worker.submit(() -> {}).get(60, TimeUnit.SECONDS);
        assertThat(told).filteredOn("DONE "::equals).hasSize(2);
    }

    @Test
    void whatOnlyAsksIsNoEvent() throws Exception {
        ProxyLever lever = new ProxyLever(
                (proxy, command) -> given("a\nb\n"), observation -> told.add(observation.toString()), CLOCK);
        finish(
                new Actor(List.of(lever), this::hear, CLOCK, worker),
                new Action.OnProxy("p", ProxyCommand.typed("show info"), "run show info", Optional.empty()));

        assertThat(told).singleElement().asString().startsWith("ProxyReplied").contains("a\nb");
    }

    private void finish(Actor actor, Action action) throws Exception {
        actor.accept(action);
        worker.submit(() -> {}).get(60, TimeUnit.SECONDS);
    }

    private void hear(Observation observation) {
        ActionReported reported = (ActionReported) observation;
        told.add(reported.progress() + " " + reported.detail());
        if (reported.progress() == ActionReported.Progress.DONE) {
            done.countDown();
        }
    }

    private static Answer<String> given(String text) {
        return new Answer.Given<>(text, Duration.ZERO);
    }
}
