package io.patop.drill;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.FaultInjector;
import io.patop.probe.Clients;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a {@link Drill}: gives it the session's dashboards, has its orders carried out, and reports its progress as
 * observations. It uses one thread of its own, which ends with the drill.
 */
public final class DrillRunner {

    /** How often the drill is called without a new dashboard, so that a wait can end. */
    private static final Duration TICK = Duration.ofMillis(100);

    /** How long a cancelled drill tries to undo what it broke. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private sealed interface Signal {
        void reach(DrillRunner runner);

        record News() implements Signal {
            @Override
            public void reach(DrillRunner runner) {
                runner.newsWaiting.set(false);
            }
        }

        record Reported(ActionReported report) implements Signal {
            @Override
            public void reach(DrillRunner runner) {
                runner.heard(report);
            }
        }

        record Cancelled() implements Signal {
            @Override
            public void reach(DrillRunner runner) {
                runner.cancelNow();
            }
        }
    }

    /** The surroundings that a runner works with. */
    public interface World {

        /** The present dashboard. */
        Dashboard dashboard();

        /** Carries out the action, without waiting for it. The result is passed to {@link DrillRunner#hear}. */
        void perform(Action action);

        /** Takes the drill's reports. */
        void observe(Observation observation);

        /** Causes the faults that are none of Docker's own verbs. */
        default FaultInjector injector() {
            return FaultInjector.NONE;
        }

        /** Keeps the evidence of a run in which the cluster did not recover. */
        default Evidence evidence() {
            return Evidence.NONE;
        }

        /** The clients that write during the drill; empty if there are none. */
        default Optional<Clients> clients() {
            return Optional.empty();
        }

        /** Reads all writes back for the last time. Returns when that is done, after a bounded time. */
        default void verify() {}
    }

    private final Drill drill;
    private final World world;
    private final Clock clock;
    private final Instant began;
    private final Dashboard first;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final AtomicBoolean newsWaiting = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<Action> performing = Optional.empty();
    private Optional<Instant> deadline = Optional.empty();
    private Optional<DrillProgress> told = Optional.empty();
    private volatile Optional<DrillReport> report = Optional.empty();

    /** A runner that does nothing until {@link #run}. */
    public DrillRunner(DrillPlan plan, World world, Clock clock) {
        this.world = world;
        this.clock = clock;
        this.began = clock.instant();
        this.first = world.dashboard();
        this.drill = new Drill(plan, world.injector(), began);
    }

    /** Runs the drill to its end, and blocks until then. May be called once. */
    public void run() {
        try {
            while (!drill.isOver()) {
                take();
                Instant now = clock.instant();
                if (deadline.filter(now::isAfter).isPresent()) {
                    drill.giveUp(now);
                }
                Dashboard dashboard = world.dashboard();
                int ended = drill.runs().size();
                Optional<DrillOrder> order = drill.see(dashboard, now);
                world.clients()
                        .ifPresent(clients -> follow(clients, drill.runs().size() > ended));
                drill.unrecovered()
                        .flatMap(what -> world.evidence().keep(what, dashboard))
                        .ifPresent(drill::keptEvidence);
                order.ifPresent(this::perform);
                tell(drill.progress());
            }
            world.verify();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            drill.giveUp(clock.instant());
        } finally {
            conclude();
        }
    }

    /** Tells the runner that the dashboard has changed. For any thread. */
    public void wake() {
        if (newsWaiting.compareAndSet(false, true)) {
            signals.add(new Signal.News());
        }
    }

    /** Takes the progress of any action; one that the drill did not order is ignored. For any thread. */
    public void hear(ActionReported reported) {
        signals.add(new Signal.Reported(reported));
    }

    /** Ends the drill early, after it has undone what it broke or has tried for long enough. For any thread. */
    public void cancel() {
        signals.add(new Signal.Cancelled());
    }

    /** Waits for the end for at most that time; returns whether the drill has ended. For any thread. */
    public boolean await(Duration most) throws InterruptedException {
        return over.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The report, once the drill has ended. For any thread. */
    public Optional<DrillReport> report() {
        return report;
    }

    private void take() throws InterruptedException {
        Signal signal = signals.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        while (signal != null) {
            signal.reach(this);
            signal = signals.poll();
        }
    }

    private void cancelNow() {
        Instant now = clock.instant();
        deadline = deadline.or(() -> Optional.of(now.plus(GRACE)));
        drill.cancel(now);
    }

    private void heard(ActionReported reported) {
        if (performing.filter(reported.action()::equals).isEmpty()) {
            return;
        }
        switch (reported.progress()) {
            case DONE -> answered(new Answer.Given<>(reported.detail(), Duration.ZERO));
            case FAILED ->
                answered(new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, reported.detail()), Duration.ZERO));
            default -> {}
        }
    }

    /** Tells the clients how far the run is. */
    private void follow(Clients clients, boolean hasEnded) {
        if (hasEnded) {
            drill.measured(clients.take());
        }
        clients.enter(
                switch (drill.progress().stage()) {
                    case CHECK -> Clients.Period.BEFORE;
                    case FAULT, OUTAGE -> Clients.Period.DURING;
                    case RESTORE, RECOVERY, ENDED -> Clients.Period.AFTER;
                });
    }

    private void answered(Answer<String> answer) {
        performing = Optional.empty();
        drill.answered(answer, clock.instant());
    }

    private void perform(DrillOrder order) {
        performing = Optional.of(order.action());
        tell(drill.progress());
        world.perform(order.action());
    }

    private void tell(DrillProgress progress) {
        if (!told.equals(Optional.of(progress))) {
            told = Optional.of(progress);
            world.observe(new Observation.DrillReported(clock.instant(), progress));
        }
    }

    private void conclude() {
        DrillReport made = DrillReport.of(drill, first, began, world.dashboard(), clock.instant());
        report = Optional.of(made);
        DrillProgress last = drill.progress();
        world.observe(new Observation.DrillReported(
                clock.instant(),
                new DrillProgress(
                        last.plan(),
                        last.run(),
                        last.runs(),
                        DrillProgress.Stage.ENDED,
                        last.detail(),
                        last.since(),
                        Optional.empty(),
                        Optional.empty(),
                        last.undo(),
                        last.done(),
                        Optional.of(new DrillProgress.Result(
                                new DrillProgress.Line(made.verdict(), made.isMet()),
                                made.isMet(),
                                TextReport.of(made).lines().toList())))));
        over.countDown();
    }
}
