package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import io.patop.net.NameLookups;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name server that hangs, that no longer knows a name, that tells another address: bounded, said, followed. */
@Timeout(60)
class NameServerTest {

    private static final PatroniClient.Bounds BOUNDS =
            new PatroniClient.Bounds(Duration.ofMillis(300), Duration.ofSeconds(10), 1 << 20);

    /** Two, as a fleet has few: a lookup that took one would hold up others. */
    private final ExecutorService few = Executors.newFixedThreadPool(2);

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger under = new AtomicInteger();
    private SimulatedCluster cluster;
    private int port;

    private volatile NameLookups.Resolver server = host -> hang();

    private final PatroniClient client = new PatroniClient(few, BOUNDS, Access.OPEN, host -> server.addresses(host));

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.start(SimulationOptions.defaults());
        port = cluster.nodes().get(0).rest().getPort();
    }

    @AfterEach
    void end() throws Exception {
        answers.countDown();
        cluster.close();
        few.shutdownNow();
    }

    private InetAddress[] hang() {
        under.incrementAndGet();
        try {
            answers.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void hundredsOfNamesThatHangHoldUpNobodyAndGatherNoThreads() throws Exception {
        List<CompletableFuture<Answer<NodeStatus>>> hung = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int member = 0; member < 500; member++) {
                hung.add(client.node(ApiUrl.parse("member" + member + ":" + port)));
            }
        }
        Answer<NodeStatus> other =
                client.node(ApiUrl.parse("127.0.0.1:" + port)).get();
        assertThat(other.value()).isPresent();
        assertThat(hung.get(0).get().failure().orElseThrow())
                .isEqualTo(new Failure(
                        Failure.Kind.UNRESOLVED,
                        "http://member0:" + port + ": the name member0 could not be looked up within 300 ms"));
        for (CompletableFuture<Answer<NodeStatus>> one : hung) {
            assertThat(one.get().failure().orElseThrow().kind()).isEqualTo(Failure.Kind.UNRESOLVED);
        }
        assertThat(under).as("threads that hang").hasValueLessThanOrEqualTo(NameLookups.MOST);

        answers.countDown();
        assertThat(client.node(ApiUrl.parse("another:" + port)).get().value())
                .as("when the name server is back")
                .isPresent();
    }

    @Test
    void aNameThatIsNoLongerKnownIsSaidAndOneThatMovesIsFollowed() throws Exception {
        ApiUrl url = ApiUrl.parse("patroni1:" + port);
        server = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        assertThat(client.node(url).get().value()).isPresent();

        server = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(client.node(url).get().failure().orElseThrow())
                .isEqualTo(new Failure(Failure.Kind.UNRESOLVED, url + ": the name patroni1 has no address"));

        server = host -> hang();
        assertThat(client.node(url).get().failure().orElseThrow().message())
                .as("the address that it had is not asked in its name")
                .contains("could not be looked up");

        answers.countDown();
        assertThat(client.node(url).get().value())
                .as("what was under way has come")
                .isPresent();
        server = host -> new InetAddress[] {InetAddress.getByName("127.0.0.9")};
        Answer<NodeStatus> moved = client.node(url).get();
        assertThat(moved.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.REFUSED);
    }
}
