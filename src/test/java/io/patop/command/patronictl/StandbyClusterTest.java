package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patop.command.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** demote-cluster where another member than the old leader becomes the standby leader (seen on Patroni 4.1.4). */
@Timeout(120)
class StandbyClusterTest {

    private final AtomicInteger looksAfterPatch = new AtomicInteger(-1);
    private HttpServer first;
    private HttpServer second;

    @BeforeEach
    void start() throws IOException {
        first = node("node1");
        second = node("node2");
    }

    @AfterEach
    void stop() {
        first.stop(0);
        second.stop(0);
    }

    @Test
    void anotherMembersLeadEndsTheWait() {
        Run demoted = Run.of("demote-cluster", "pgb", "--host", "elsewhere", "--force", "-u", url(first));
        assertThat(demoted.code()).as(demoted.toString()).isZero();
        assertThat(demoted.out())
                .startsWith("Current cluster topology\n+ Cluster: pgb (1) ")
                .containsPattern(
                        "20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d cluster is unlocked: True, leader role: None,"
                                + " leader state: None\n")
                .containsPattern(
                        " cluster is unlocked: False, leader role: standby_leader, leader state: running, previous"
                                + " leader state: 'stopped'\n20")
                .containsPattern(" cluster is successfully demoted\n\\+ Cluster: pgb \\(1\\) ")
                .contains("| node2  | 10.0.0.2 | Standby Leader |");
    }

    private HttpServer node(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cluster", exchange -> answer(exchange, cluster()));
        server.createContext("/config", exchange -> {
            if (exchange.getRequestMethod().equals("PATCH")) {
                looksAfterPatch.set(0);
            }
            answer(exchange, "{\"ttl\": 30}");
        });
        server.createContext("/patroni", exchange -> answer(exchange, patroni(name)));
        server.start();
        return server;
    }

    /** Who leads, by how often it has been looked since: node1, nobody, then node2 while node1 stops and runs again. */
    private String cluster() {
        int look = looksAfterPatch.get() < 0 ? -1 : looksAfterPatch.getAndIncrement();
        String old = look < 0 ? "leader" : "replica";
        String next = look < 1 ? "replica" : "standby_leader";
        String state = look == 0 || look == 1 ? "stopped" : "running";
        return "{\"scope\": \"pgb\", \"members\": [" + member("node1", first, 1, old, state) + ", "
                + member("node2", second, 2, next, "running") + "]}";
    }

    private static String member(String name, HttpServer at, int number, String role, String state) {
        return "{\"name\": \"%s\", \"role\": \"%s\", \"state\": \"%s\", \"api_url\": \"%s/patroni\", \"host\": \"10.0.0.%d\", \"port\": 5432, \"timeline\": 1}"
                .formatted(name, role, state, url(at), number);
    }

    private String patroni(String name) {
        boolean demoted = looksAfterPatch.get() >= 0;
        String role = name.equals("node2") ? demoted ? "standby_leader" : "replica" : demoted ? "replica" : "primary";
        return "{\"state\": \"running\", \"role\": \"" + role + "\", \"server_version\": 180000,"
                + " \"database_system_identifier\": \"1\", \"patroni\": {\"version\": \"4.1.4\", \"scope\": \"pgb\", \"name\": \""
                + name + "\"}}";
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
