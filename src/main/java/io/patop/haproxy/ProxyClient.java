package io.patop.haproxy;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one HAProxy. Each request runs in a thread of its own and its caller waits no longer than the bound, since a
 * name lookup has no bound by itself. For any thread.
 */
public final class ProxyClient implements AutoCloseable {

    /** Largest number of requests at one time; more are refused, so that they do not pile up before a hung proxy. */
    private static final int MOST_REQUESTS = 4;

    /** All commands on one connection. Each answer ends with an empty line; newer commands go last. */
    private static final String ALL = "show info;show stat;show servers state;show cli level";

    /**
     * The bounds of a request.
     *
     * @param answer longest time for connecting and the whole answer
     * @param bytes largest size of an answer
     */
    public record Bounds(Duration answer, int bytes) {
        /** 5 s; 16 MiB, which is some twenty thousand servers. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(5), 16 << 20);

        String text() {
            return answer.toMillis() % 1000 == 0 ? answer.toSeconds() + " s" : answer.toMillis() + " ms";
        }
    }

    private final ProxyEndpoint endpoint;
    private final PageTrust trust;
    private final Bounds bounds;
    private final ProxyFailures failures;
    private final ExecutorService requests =
            new ThreadPoolExecutor(0, MOST_REQUESTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "patop-haproxy");
                thread.setDaemon(true);
                return thread;
            });

    private Optional<StatsPage> page = Optional.empty();

    /** Makes a client that has asked nothing yet. */
    public ProxyClient(ProxyEndpoint endpoint, PageTrust trust, Bounds bounds) {
        this.endpoint = endpoint;
        this.trust = trust;
        this.bounds = bounds;
        this.failures = new ProxyFailures(endpoint);
    }

    public ProxyEndpoint endpoint() {
        return endpoint;
    }

    /** Returns what the proxy tells now. */
    public Answer<ProxyView> view() {
        return bounded(() -> endpoint instanceof ProxyEndpoint.Page ? ofPage() : ofSocket());
    }

    /**
     * Runs one line on the stats socket.
     *
     * @return what HAProxy said, without the empty lines at its end; often nothing, which means success
     */
    public Answer<String> run(ProxyCommand command) {
        if (endpoint instanceof ProxyEndpoint.Page) {
            return new Answer.Missing<>(noSocket(), Duration.ZERO);
        }
        return bounded(() -> socket().ask(command.text(), bounds.answer()).stripTrailing());
    }

    @Override
    public void close() {
        requests.shutdownNow();
    }

    private Failure noSocket() {
        return failures.failure(
                Failure.Kind.REJECTED, "the statistics page takes no commands; they need a stats socket");
    }

    private ProxyView ofSocket() throws IOException, TimeoutException {
        String[] parts = socket().ask(ALL, bounds.answer()).split("\n\n", 4);
        if (parts.length < 2 || !StatsText.isCsv(parts[1].stripLeading())) {
            throw new StatsText.NotStatistics("what answers there is no stats socket of HAProxy");
        }
        return new ProxyView(
                StatsText.rows(parts[1].stripLeading()),
                Optional.of(StatsText.info(parts[0])),
                parts.length > 2 ? StatsText.states(parts[2]) : List.of(),
                parts.length > 3 ? AdminLevel.of(parts[3]) : AdminLevel.UNKNOWN);
    }

    private ProxyView ofPage() throws IOException, InterruptedException, TimeoutException, Refused {
        StatsPage.Reply reply = page().ask(bounds.answer());
        if (reply.status() != 200) {
            throw new Refused(failures.status(reply.status()));
        }
        return new ProxyView(StatsText.rows(reply.body()), Optional.empty(), List.of(), AdminLevel.NONE);
    }

    private StatsSocket socket() {
        return new StatsSocket(endpoint, bounds.bytes());
    }

    private synchronized StatsPage page() {
        if (page.isEmpty()) {
            page = Optional.of(new StatsPage((ProxyEndpoint.Page) endpoint, trust, bounds.bytes()));
        }
        return page.get();
    }

    private <T> Answer<T> bounded(Callable<T> request) {
        long start = System.nanoTime();
        Future<T> running;
        try {
            running = requests.submit(request);
        } catch (RejectedExecutionException full) {
            return new Answer.Missing<>(
                    failures.failure(Failure.Kind.TIMED_OUT, "earlier requests still hang"), Duration.ZERO);
        }
        try {
            return new Answer.Given<>(running.get(bounds.answer().toNanos(), TimeUnit.NANOSECONDS), since(start));
        } catch (TimeoutException late) {
            return missing(running, late, start);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return missing(running, stopped, start);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof Refused refused) {
                return new Answer.Missing<>(refused.why(), since(start));
            }
            if (!ProxyFailures.isExpected(cause)) {
                throw ProxyFailures.bug(cause);
            }
            return missing(running, cause, start);
        }
    }

    private <T> Answer<T> missing(Future<?> running, Throwable why, long start) {
        running.cancel(true);
        return new Answer.Missing<>(failures.of(why, bounds), since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The page refused the request, for a reason that has its own message. */
    private static final class Refused extends Exception {
        private final transient Failure why;

        Refused(Failure why) {
            super(why.message());
            this.why = why;
        }

        Failure why() {
            return why;
        }
    }
}
