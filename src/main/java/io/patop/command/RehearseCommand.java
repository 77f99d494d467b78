package io.patop.command;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import io.patop.command.live.EditorProcess;
import io.patop.command.live.FullScreen;
import io.patop.command.live.LiveSession;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.control.FaultInjector;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.screen.DashboardScreen;
import io.patop.screen.terminal.KeyBindings;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
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
import java.util.PrimitiveIterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code patop rehearse}: does once what each start does (lists a simulated cluster, draws it, opens all views),
 * without a terminal, so that Java can write down which classes that takes. {@code dist/archive} makes an archive of
 * them.
 */
@Command(name = "rehearse", hidden = true, description = "Load what a start loads; for dist/archive.")
final class RehearseCommand implements Callable<Integer> {

    private static final long LONGEST_SECONDS = 60;

    @Option(names = "--serve", description = "Only print a simulated cluster's URL, and serve it until input ends.")
    private boolean serve;

    @Mixin
    private PaceOption pace;

    @Mixin
    private DisplayOptions looks;

    @Override
    public Integer call() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            String url = cluster.nodes().get(0).rest().toString();
            if (serve) {
                return served(url);
            }
            int listed = Patop.run("list", "-u", url);
            return listed == ExitCode.DONE && isDrawn(cluster, url) ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SimulationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int served(String url) throws IOException {
        System.out.println(url);
        System.out.flush();
        long unused = System.in.transferTo(OutputStream.nullOutputStream());
        return ExitCode.DONE;
    }

    /** Returns whether the dashboard came to show a leader. */
    private boolean isDrawn(SimulatedCluster cluster, String url) throws IOException {
        Patop.commandLine(ProcessEnvironment.ofTheProcess()).parseArgs();
        DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
        PatroniClient patroni = new PatroniClient(Threads.pool("patop-http"), PatroniClient.Bounds.DEFAULT);
        try (LiveSession watching = new LiveSession(
                patroni,
                docker,
                List.of(ApiUrl.parse(url)),
                Map.of(),
                pace.pace(),
                new LiveSession.Extras(
                        FaultInjector.NONE,
                        ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(cluster.haproxySocket())),
                        Optional.empty()))) {
            Paper paper = new Paper();
            DashboardScreen screen = new DashboardScreen(
                    new Nowhere(new Typing(paper), paper),
                    List.of(new FullScreen.Named("", watching, true).subject(looking -> {})),
                    Optional.empty(),
                    new DashboardScreen.Style(
                            looks.theme(Map.of("TERM", "xterm-256color")),
                            looks.glyphs(StandardCharsets.UTF_8),
                            KeyBindings.STANDARD,
                            true,
                            ZoneId.systemDefault()),
                    new EditorProcess(Map.of()),
                    watching.clock());
            watching.session().listen(dashboard -> screen.wake());
            ScheduledExecutorService bound = Threads.scheduler("patop-bound");
            ScheduledFuture<?> tooLong = bound.schedule(screen::end, LONGEST_SECONDS, TimeUnit.SECONDS);
            watching.start();
            screen.run();
            tooLong.cancel(false);
            return paper.hasLeader();
        }
    }

    /** A terminal that shows nothing. */
    private static final class Nowhere extends ANSITerminal {
        Nowhere(InputStream in, OutputStream out) {
            super(in, out, StandardCharsets.UTF_8);
        }

        @Override
        protected TerminalSize findTerminalSize() {
            return new TerminalSize(120, 40);
        }
    }

    /** Takes what is drawn, and tells when a leader was drawn. */
    private static final class Paper extends ByteArrayOutputStream {
        private final CountDownLatch leader = new CountDownLatch(1);

        @Override
        public void flush() {
            if (toString(StandardCharsets.UTF_8).contains("Leader")) {
                leader.countDown();
            }
        }

        boolean hasLeader() {
            return leader.getCount() == 0;
        }
    }

    /** Types the keys of all views and of the help once a leader is drawn; then the input ends. */
    private static final class Typing extends InputStream {
        private final Paper paper;
        private final PrimitiveIterator.OfInt keys = "jk2345678901?".chars().iterator();

        Typing(Paper paper) {
            this.paper = paper;
        }

        @Override
        public int read() throws IOException {
            try {
                paper.leader.await();
            } catch (InterruptedException ended) {
                throw new InterruptedIOException();
            }
            return keys.hasNext() ? keys.nextInt() : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int key = read();
            if (key >= 0) {
                buffer[offset] = (byte) key;
            }
            return key < 0 ? -1 : 1;
        }
    }
}
