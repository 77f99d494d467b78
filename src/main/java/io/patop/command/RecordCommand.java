package io.patop.command;

import io.patop.command.live.LiveSession;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.control.FaultInjector;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.recording.Recorder;
import io.patop.text.ByteText;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patop record}: records a session's observations to a file, without a screen. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Record what is seen of the cluster, for patop replay, until Ctrl-C.")
final class RecordCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "To write; compressed if its name ends in .gz. Must not be there yet.")
    private Path file;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End by itself after so many seconds.")
    private Long seconds;

    @Mixin
    private Connection connection;

    @Mixin
    private PaceOption pace;

    @Mixin
    private ProxyOptions haproxy;

    @Mixin
    private ProbeOptions probe;

    @Mixin
    private ReadOnly readOnly;

    @Override
    public Integer call() throws InterruptedException {
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        List<ApiUrl> urls = connection.isGiven() ? connection.givenUrls() : Cluster.found(connection, patroni);
        CountDownLatch ended = new CountDownLatch(1);
        String[] trouble = new String[1];
        Recorder recorder = new Recorder(Version.number(), why -> {
            trouble[0] = why;
            ended.countDown();
        });
        try (LiveSession watching = new LiveSession(
                patroni,
                connection.docker(),
                urls,
                connection.urlsByMember(),
                pace.pace(),
                new LiveSession.Extras(
                        FaultInjector.NONE,
                        haproxy.proxies(),
                        readOnly.isOn() ? Optional.empty() : probe.settings(System.getenv())))) {
            start(recorder);
            watching.session().tap(recorder);
            // A signal that ends the process also writes the last lines.
            Runtime.getRuntime().addShutdownHook(new Thread(recorder::close, "patop-record-end"));
            watching.start();
            System.err.println("patop: recording to " + Printable.line(file.toString())
                    + (seconds == null ? ", Ctrl-C ends it" : ""));
            if (seconds == null) {
                ended.await();
            } else {
                boolean unused = ended.await(seconds, TimeUnit.SECONDS);
            }
            return end(recorder, watching.session().dashboard(), Optional.ofNullable(trouble[0]));
        }
    }

    private void start(Recorder recorder) {
        try {
            recorder.start(file);
        } catch (IOException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    private static int end(Recorder recorder, Dashboard dashboard, Optional<String> trouble) {
        if (trouble.isPresent()) {
            throw new CommandFailure(ExitCode.FAILED, trouble.get());
        }
        try {
            Optional<Recorder.Status> done = recorder.stop();
            System.err.println("patop: recorded " + dashboard.eventsSeen() + " events, "
                    + ByteText.text(done.map(Recorder.Status::bytes).orElse(0L)));
            return ExitCode.DONE;
        } catch (IOException wrong) {
            throw new CommandFailure(ExitCode.FAILED, Printable.message(wrong));
        }
    }
}
