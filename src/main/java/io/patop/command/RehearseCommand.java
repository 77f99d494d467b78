package io.patop.command;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.screen.DashboardScreen;
import io.patop.sim.Options;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.SimulationException;
import io.patop.watch.FaultInjector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code patop rehearse}: does once what each start does (lists a simulated cluster, draws it), on no terminal,
 * so that Java can write down which classes that takes. {@code dist/archive} makes an archive of them.
 */
@Command(name = "rehearse", hidden = true, description = "Load what a start loads; for dist/archive.")
final class RehearseCommand implements Callable<Integer> {

    private static final long LONGEST_SECONDS = 60;

    @Mixin
    private PaceOption pace;

    @Mixin
    private Looks looks;

    @Override
    public Integer call() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.defaults())) {
            String url = cluster.nodes().get(0).rest().toString();
            int listed = Patop.run("list", "-u", url);
            return listed == ExitCode.DONE && isDrawn(cluster, url) ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SimulationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the dashboard came to show a leader. */
    private boolean isDrawn(SimulatedCluster cluster, String url) throws IOException {
        DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
        PatroniClient patroni = new PatroniClient(Threads.pool("patop-http"), PatroniClient.Bounds.DEFAULT);
        try (Watching watching = new Watching(
                patroni,
                docker,
                List.of(ApiUrl.parse(url)),
                Map.of(),
                pace.pace(),
                new Watching.Beside(
                        FaultInjector.NONE,
                        ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(cluster.haproxySocket())),
                        Optional.empty()))) {
            Paper paper = new Paper();
            DashboardScreen screen = new DashboardScreen(
                    new Nowhere(paper),
                    List.of(new FullScreen.Named("", watching, true).subject(looking -> {})),
                    Optional.empty(),
                    new DashboardScreen.Style(
                            looks.theme(Map.of("TERM", "xterm-256color")),
                            looks.glyphs(StandardCharsets.UTF_8),
                            true,
                            ZoneId.systemDefault()),
                    new EditorProcess(Map.of()),
                    watching.clock());
            paper.then = screen::end;
            watching.session().listen(dashboard -> screen.wake());
            ScheduledExecutorService bound = Threads.scheduler("patop-bound");
            ScheduledFuture<?> tooLong = bound.schedule(screen::end, LONGEST_SECONDS, TimeUnit.SECONDS);
            watching.start();
            screen.run();
            tooLong.cancel(false);
            return paper.hasLeader;
        }
    }

    /** A terminal of which nobody sees anything and on which nobody types. */
    private static final class Nowhere extends ANSITerminal {
        Nowhere(OutputStream out) {
            super(new Silence(), out, StandardCharsets.UTF_8);
        }

        @Override
        protected TerminalSize findTerminalSize() {
            return new TerminalSize(120, 40);
        }
    }

    /** What is drawn; tells when a leader was. */
    private static final class Paper extends ByteArrayOutputStream {
        private Runnable then = () -> {};
        private volatile boolean hasLeader;

        @Override
        public void flush() {
            if (toString(StandardCharsets.UTF_8).contains("Leader")) {
                hasLeader = true;
                then.run();
            }
        }
    }

    /** Input that never comes. */
    private static final class Silence extends InputStream {
        @Override
        public int read() throws IOException {
            try {
                new CountDownLatch(1).await();
                return -1;
            } catch (InterruptedException ended) {
                throw new InterruptedIOException();
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }
}
