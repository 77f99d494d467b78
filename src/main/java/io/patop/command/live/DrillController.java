package io.patop.command.live;

import io.patop.control.FaultInjector;
import io.patop.drill.DrillPlan;
import io.patop.drill.DrillReport;
import io.patop.drill.DrillRunner;
import io.patop.drill.Evidence;
import io.patop.probe.Clients;
import io.patop.text.Printable;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Runs drills on one watched cluster, one at a time. Closing it ends the drill and waits until what the drill broke
 * is repaired, or says what could not be, so that no end of the process leaves a cluster broken.
 */
public final class DrillController implements AutoCloseable {

    /** Longest wait for a drill's end; a cancelled drill gives up by itself before that. */
    private static final Duration WAY_OUT = Duration.ofSeconds(20);

    private final Session session;
    private final Consumer<Action> actor;
    private final Runnable verify;
    private final Clock clock;
    private final FaultInjector injector;
    private final Evidence evidence;
    private final IntFunction<Optional<Clients>> starter;
    private final AtomicBoolean hooked = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<DrillRunner> runner = Optional.empty();

    /**
     * Makes a controller without a drill.
     *
     * @param session the cluster's session; takes the drill's reports
     * @param actor takes the drill's actions
     * @param verify makes the probe read back for the last time; blocks for a bounded time
     * @param injector causes the faults that are none of Docker's own verbs
     * @param evidence keeps what shows why the cluster did not recover
     * @param starter starts that many clients for a drill from the dashboard; gives none where there is no probe
     * @param clock the session's clock
     */
    public DrillController(
            Session session,
            Consumer<Action> actor,
            Runnable verify,
            FaultInjector injector,
            Evidence evidence,
            IntFunction<Optional<Clients>> starter,
            Clock clock) {
        this.session = session;
        this.actor = actor;
        this.verify = verify;
        this.injector = injector;
        this.evidence = evidence;
        this.starter = starter;
        this.clock = clock;
        session.listen(dashboard -> present().ifPresent(DrillRunner::wake));
        session.tap((before, observation) -> {
            if (observation instanceof ActionReported reported) {
                present().ifPresent(running -> running.hear(reported));
            }
        });
    }

    /**
     * Starts a drill on a thread of its own; empty if one runs already.
     *
     * @param clients write too; they are not ended with it
     */
    public Optional<DrillRunner> start(DrillPlan plan, Optional<Clients> clients) {
        return start(plan, clients, () -> {});
    }

    private synchronized Optional<DrillRunner> start(DrillPlan plan, Optional<Clients> clients, Runnable after) {
        if (runner.filter(running -> running.report().isEmpty()).isPresent()) {
            return Optional.empty();
        }
        DrillRunner begun = new DrillRunner(plan, new World(clients), clock);
        runner = Optional.of(begun);
        Thread thread = new Thread(
                () -> {
                    begun.run();
                    after.run();
                },
                "patop-drill");
        thread.setDaemon(true);
        thread.start();
        return runner;
    }

    /** Starts a drill that is ended before the process ends, whatever ends the process; its clients end with it. */
    void order(DrillPlan plan, int clients) {
        if (hooked.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "patop-drill-end"));
        }
        Optional<Clients> writing = clients == 0 ? Optional.empty() : starter.apply(clients);
        Runnable end = () -> writing.ifPresent(Clients::close);
        if (start(plan, writing, end).isEmpty()) {
            end.run();
        }
    }

    /** Asks the running drill to repair what it broke and to end. Returns at once. */
    public void cancel() {
        present().ifPresent(DrillRunner::cancel);
    }

    /** Ends the running drill, and waits until it has repaired what it broke; says what it could not repair. */
    @Override
    public void close() {
        Optional<DrillRunner> running = present();
        if (running.isEmpty()) {
            return;
        }
        boolean first = closed.compareAndSet(false, true);
        if (first && running.get().report().isEmpty()) {
            System.err.println("patop: ending the drill, and putting right what it broke");
        }
        running.get().cancel();
        try {
            boolean ended = running.get().await(WAY_OUT);
            if (!first) {
                return;
            }
            List<String> broken = ended
                    ? running.get().report().map(DrillReport::broken).orElse(List.of())
                    : session.dashboard().drill().map(drill -> drill.undo()).orElse(List.of());
            broken.forEach(command -> System.err.println(
                    "patop: the drill could not put right what it broke; this does: " + Printable.line(command)));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<DrillRunner> present() {
        return runner;
    }

    private final class World implements DrillRunner.World {
        private final Optional<Clients> clients;

        World(Optional<Clients> clients) {
            this.clients = clients;
        }

        @Override
        public Optional<Clients> clients() {
            return clients;
        }

        @Override
        public Dashboard dashboard() {
            return session.dashboard();
        }

        @Override
        public void perform(Action action) {
            actor.accept(action);
        }

        @Override
        public void observe(Observation observation) {
            session.accept(observation);
        }

        @Override
        public FaultInjector injector() {
            return injector;
        }

        @Override
        public Evidence evidence() {
            return evidence;
        }

        @Override
        public void verify() {
            verify.run();
        }
    }
}
