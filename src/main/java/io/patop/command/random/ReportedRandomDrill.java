package io.patop.command.random;

import io.patop.command.live.LiveSession;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Output;
import io.patop.command.shell.Terminals;
import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomDrillReport;
import io.patop.drill.random.RandomDrillReport.Shrunk;
import io.patop.drill.random.RandomDrillText;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.RandomSchedule;
import io.patop.probe.ProbeSettings;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code patop drill --random} as a person sees it: plays a schedule on a cluster, and shrinks it if it fails. */
public final class ReportedRandomDrill {

    /** Longest wait at a signal: for what is broken to be undone, and for the report. */
    private static final Duration WAY_OUT = Duration.ofSeconds(60);

    private final RandomDrillOptions asked;
    private final long seed;
    private final int clients;
    private final Duration patience;
    private final List<Path> files;
    private final PrintStream out = Output.utf8();
    private final boolean live = Terminals.output();
    private final AtomicBoolean cut = new AtomicBoolean();
    private final CountDownLatch reported = new CountDownLatch(1);

    /**
     * The drill with those options.
     *
     * @param patience how long nobody may be able to write, and how long the cluster may take to be well again
     * @param files take the report
     */
    public ReportedRandomDrill(RandomDrillOptions asked, long seed, int clients, Duration patience, List<Path> files) {
        this.asked = asked;
        this.seed = seed;
        this.clients = clients;
        this.patience = patience;
        this.files = List.copyOf(files);
    }

    /** Runs it on a simulated cluster, in its own time, as fast as the machine can. */
    public int onSimulation() {
        try {
            SimulationOptions options = asked.simulation(seed);
            options.validate();
            return run(new SimulatedRandomDrill(options, clients, patience, new Simulated()), " of its time");
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Returns why a running cluster is not ready for it, the worst first; empty if it is. */
    public static List<String> troubles(Dashboard dashboard) {
        return ClusterRandomDrill.troubles(dashboard);
    }

    /** Runs it on a cluster that is ready. */
    public int onCluster(LiveSession watching, ProbeSettings database) {
        return run(new ClusterRandomDrill(watching, database, clients, seed, patience, new Running()), "");
    }

    /** Runs the drill and reports; a signal cuts it short, and what there is is checked and told. */
    private int run(DrilledCluster cluster, String time) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cut.set(true);
                            awaitReport();
                        },
                        "patop-drill-end"));
        try {
            RandomDrillReport report = report(cluster, time);
            out.print(clear() + RandomDrillText.of(report));
            boolean closed = out.checkError();
            boolean unwritten = false;
            for (Path file : files) {
                Optional<String> failure = RandomDrillReports.write(report, file);
                failure.ifPresent(why -> System.err.println("patop: " + why));
                unwritten |= failure.isPresent();
            }
            return report.isGood() && !unwritten && !closed ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            reported.countDown();
        }
    }

    private void awaitReport() {
        try {
            boolean unused = reported.await(WAY_OUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private RandomDrillReport report(DrilledCluster cluster, String time) {
        Instant began = Instant.now();
        Optional<FaultSchedule> script = asked.schedule();
        Duration length =
                script.isPresent() && asked.length().isZero() ? Shrinking.length(script.get()) : asked.length();
        FaultSchedule schedule = script.orElseGet(
                () -> RandomSchedule.of(seed, length, cluster.members(), cluster.kinds(), asked.isBrutal()));
        int faults = schedule.faults().size();
        out.print("Playing " + (faults == 1 ? "1 fault" : faults + " faults") + " on cluster "
                + Printable.line(cluster.name()) + ", " + DurationText.text(length) + time
                + "; Ctrl-C ends it and tells what was found.\n\n");
        out.flush();
        RandomRun run = cluster.run(schedule, length);
        Optional<Shrunk> shrunk = run.check().violations().isEmpty() || cut.get()
                ? Optional.empty()
                : new Shrinking(cluster).shrink(run.schedule());
        List<String> settings = new ArrayList<>(cluster.settings());
        asked.mistake().ifPresent(mistake -> settings.add("with a mistake on purpose: " + mistake));
        return new RandomDrillReport(
                cluster.name(),
                settings,
                "seed " + seed + ", " + clients + (clients == 1 ? " client" : " clients")
                        + (asked.isBrutal() ? ", brutal" : "") + ", " + DurationText.text(length)
                        + (script.isPresent() ? " of a script" : ""),
                cluster.claims(),
                began,
                Duration.between(began, Instant.now()),
                run,
                shrunk,
                asked.again(seed, clients));
    }

    private String clear() {
        return live ? "\r\u001b[K" : "";
    }

    /** Shows a simulated cluster's time. */
    private final class Simulated implements DrilledCluster.Watcher {
        @Override
        public boolean goesOn(Duration elapsed) {
            if (live && elapsed.toSeconds() % 20 == 0 && elapsed.toMillisPart() < 500) {
                out.print(clear() + DurationText.text(elapsed) + " simulated");
                out.flush();
            }
            return !cut.get();
        }
    }

    /** Shows what is done to a running cluster; ends the run when nobody reads it any more. */
    private final class Running implements DrilledCluster.Watcher {
        private long told = -1;

        @Override
        public synchronized boolean goesOn(Duration elapsed) {
            if (live && elapsed.toSeconds() != told) {
                told = elapsed.toSeconds();
                out.print(clear() + DurationText.text(Duration.ofSeconds(told)));
            }
            return !cut.get() && !out.checkError();
        }

        @Override
        public synchronized void tell(String line) {
            out.print(clear() + Printable.line(line) + "\n");
            out.flush();
        }
    }
}
