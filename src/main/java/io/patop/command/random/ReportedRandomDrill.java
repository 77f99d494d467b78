package io.patop.command.random;

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
import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code patop drill --demo --random} as a person sees it: plays a schedule on a simulated cluster in its own time, as
 * fast as the machine can, and shrinks it if it fails.
 */
public final class ReportedRandomDrill {

    private static final Duration WAY_OUT = Duration.ofSeconds(30);

    private final RandomDrillOptions asked;
    private final SimulationOptions options;
    private final int clients;
    private final Duration patience;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final CountDownLatch reported = new CountDownLatch(1);
    private final boolean live = Terminals.output();

    /** The drill with those options, of that many clients. */
    public ReportedRandomDrill(RandomDrillOptions asked, long seed, int clients, Duration patience) {
        this.asked = asked;
        this.clients = clients;
        this.patience = patience;
        try {
            this.options = asked.simulation(seed);
            options.validate();
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Runs the drill and reports; a signal cuts it short, and what there is is checked and told. */
    public int run(List<Path> files) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cut.set(true);
                            awaitReport();
                        },
                        "patop-drill-end"));
        try {
            PrintStream out = Output.utf8();
            RandomDrillReport report = report(out);
            out.print((live ? "\r\u001b[K" : "") + RandomDrillText.of(report));
            boolean closed = out.checkError();
            boolean unwritten = false;
            for (Path file : files) {
                Optional<String> failure = RandomDrillReports.write(report, file);
                failure.ifPresent(why -> System.err.println("patop: " + why));
                unwritten |= failure.isPresent();
            }
            return report.isGood() && !unwritten && !closed ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
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

    private RandomDrillReport report(PrintStream out) throws SimulationException {
        Instant began = Instant.now();
        Optional<FaultSchedule> script = asked.schedule();
        Duration length = script.isPresent() && asked.length().isZero()
                ? SimulatedShrinking.length(script.get())
                : asked.length();
        FaultSchedule schedule = script.orElseGet(() ->
                RandomSchedule.of(options.seed(), length, names(), Arrays.asList(Kind.values()), asked.isBrutal()));
        out.print("Playing " + schedule.faults().size() + " faults on a simulated cluster, " + DurationText.text(length)
                + " of its time; Ctrl-C ends it and tells what was found.\n\n");
        out.flush();
        RandomRun run = drill("").run(schedule, length);
        Optional<Shrunk> shrunk = run.check().violations().isEmpty() || cut.get()
                ? Optional.empty()
                : new SimulatedShrinking(drill("shrinking: ")).shrink(run.schedule());
        return new RandomDrillReport(
                options.scope() + " (simulated)",
                settings(),
                "seed " + options.seed() + ", " + clients + (clients == 1 ? " client" : " clients")
                        + (asked.isBrutal() ? ", brutal" : "") + ", " + DurationText.text(length)
                        + (script.isPresent() ? " of a script" : ""),
                drill("").claims(),
                began,
                Duration.between(began, Instant.now()),
                run,
                shrunk,
                asked.again(options.seed(), clients));
    }

    private SimulatedRandomDrill drill(String doing) {
        return new SimulatedRandomDrill(options, clients, patience, elapsed -> {
            if (live && elapsed.toSeconds() % 20 == 0 && elapsed.toMillisPart() < 500) {
                System.out.print("\r\u001b[K" + doing + DurationText.text(elapsed) + " simulated");
                System.out.flush();
            }
            return !cut.get();
        });
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= options.nodes(); number++) {
            names.add("patroni" + number);
        }
        return names;
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>();
        settings.add(String.join(", ", names()));
        settings.add("ttl " + options.ttl().toSeconds() + " s, loop_wait "
                + options.loopWait().toSeconds() + " s, retry_timeout "
                + options.retryTimeout().toSeconds() + " s, synchronous_mode "
                + options.synchronous().name().toLowerCase(Locale.ROOT));
        asked.mistake().ifPresent(mistake -> settings.add("with a mistake on purpose: " + mistake));
        return settings;
    }
}
