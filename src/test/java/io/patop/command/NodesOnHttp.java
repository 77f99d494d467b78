package io.patop.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Members' REST APIs on loopback that say what a test has them say, and remember what they were sent; and another node
 * of the cluster, {@code seed}, that is asked first and is never a command's target.
 */
final class NodesOnHttp implements AutoCloseable {

    static final String MINE = "7000000000000000001";
    static final String THEIRS = "7000000000000000002";

    /** What {@code GET /patroni} says by node; where nothing is said, the status is 500 and the body empty. */
    final Map<String, String> said = new ConcurrentHashMap<>();

    /** All that would have changed something, as {@code b: POST /restart}. */
    final Queue<String> sent = new ConcurrentLinkedQueue<>();

    /** Where each member has published its API. */
    final Map<String, String> published = new ConcurrentSkipListMap<>();

    /** Who leads, as {@code GET /cluster} has it. */
    volatile String leader = "a";

    /** Happens when the configuration is read, which some commands do after their question. */
    volatile Runnable onConfig = () -> {};

    /** Happens when something is sent, before it is answered. */
    volatile Consumer<String> onSent = request -> {};

    private final List<HttpServer> servers = new ArrayList<>();
    private final String seed;

    NodesOnHttp(String... members) throws IOException {
        for (String name : members) {
            published.put(name, serve(name) + "/patroni");
            said.put(name, status(name, MINE));
        }
        seed = serve("seed");
        said.put("seed", status("seed", MINE));
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }

    /** Runs a command line of patop's that is about these nodes. */
    Run run(String command) {
        return Run.of((command + " -u " + seed).split(" ", -1));
    }

    private String serve(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(name, exchange));
        server.start();
        servers.add(server);
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(String name, HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")) {
            String request = name + ": " + exchange.getRequestMethod() + " " + path;
            sent.add(request);
            onSent.accept(request);
            reply(exchange, 200, "done");
        } else if (path.equals("/cluster")) {
            reply(exchange, 200, cluster());
        } else if (path.equals("/config")) {
            onConfig.run();
            reply(exchange, 200, "{\"ttl\":30,\"loop_wait\":10}");
        } else if (said.containsKey(name)) {
            reply(exchange, 200, said.get(name));
        } else {
            exchange.sendResponseHeaders(500, -1);
        }
        exchange.close();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private String cluster() {
        String members = published.keySet().stream().map(this::member).collect(Collectors.joining(","));
        return "{\"members\":[" + members
                + "],\"scheduled_switchover\":{\"at\":\"2099-01-01T00:00:00+00:00\",\"from\":\"a\"}}";
    }

    private String member(String name) {
        boolean leads = name.equals(leader);
        return "{\"name\":\"" + name + "\",\"role\":\"" + (leads ? "leader" : "replica")
                + "\",\"state\":\"running\",\"api_url\":\"" + published.get(name)
                + "\",\"host\":\"127.0.0.1\",\"port\":5432,\"timeline\":1,"
                + "\"scheduled_restart\":{\"schedule\":\"2099-01-01T00:00:00+00:00\"}"
                + (leads ? "}" : ",\"lag\":0}");
    }

    /** A node that tells its name, as since Patroni 3.2; a replica that streams. */
    static String status(String name, String systemIdentifier) {
        return nameless(systemIdentifier).replace("\"patroni\":{", "\"patroni\":{\"name\":\"" + name + "\",");
    }

    /** The same before 3.2. */
    static String nameless(String systemIdentifier) {
        return "{\"state\":\"running\",\"role\":\"replica\",\"replication_state\":\"streaming\",\"timeline\":1,\"database_system_identifier\":\""
                + systemIdentifier + "\",\"patroni\":{\"scope\":\"demo\",\"version\":\"4.0.4\"}}";
    }
}
