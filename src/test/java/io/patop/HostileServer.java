package io.patop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Patroni node, an HAProxy's page and a Docker Engine in one, whose every text would do something to a terminal:
 * set its title and its clipboard, colour it, ask it to answer, turn the direction of writing.
 */
final class HostileServer implements AutoCloseable {

    /** What no terminal may get, followed by what is wide and what combines. */
    static final String EVIL = "\u001b]0;PWNED\u0007\u001b]52;c;UFdORUQ=\u0007\u001b[38;5;201m\u001b[6n\u001b[2J"
            + "\u001bP1$r\u001b\\\u009b31m\u009d0;PWNED\u009c\u0000\u0008\r\u007f\u202e\u2066\u200b\ufeff";

    /** Two columns each, and one that combines. */
    static final String WIDE = "日本e\u0301";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    private HostileServer(HttpServer server) {
        this.server = server;
    }

    static HostileServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HostileServer hostile = new HostileServer(http);
        http.setExecutor(hostile.threads);
        http.createContext("/", hostile::answer);
        http.start();
        return hostile;
    }

    String place() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = body(path.replaceFirst("^/v1\\.\\d+", ""));
        byte[] bytes = (body.isEmpty() ? "<h1>" + evil("error") + "</h1>\n" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", body.startsWith("#") ? "text/plain" : "application/json");
        exchange.getResponseHeaders().set("Api-Version", "1.41");
        exchange.sendResponseHeaders(body.isEmpty() ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String body(String path) throws IOException {
        return switch (path) {
            case "/cluster" -> json(cluster());
            case "/patroni", "/" -> json(node());
            case "/history" ->
                json(List.of(
                        List.of(1, 67381760, evil("reason"), "2026-11-24T01:40:00+00:00", evil("n1")),
                        List.of(2, 67381760, "reason", evil("time"), evil("n2"))));
            case "/config" ->
                json(Map.of(
                        "ttl",
                        30,
                        evil("key"),
                        evil("value"),
                        "postgresql",
                        Map.of("parameters", Map.of(evil("p"), evil("v")))));
            case "/haproxy;csv", "/haproxy/;csv", "/haproxy", "/haproxy/" -> csv();
            case "/version" -> json(Map.of("ApiVersion", "1.41", "MinAPIVersion", "1.24", "Version", evil("v")));
            case "/info" ->
                json(Map.of(
                        "Name",
                        evil("engine"),
                        "ServerVersion",
                        evil("v"),
                        "Swarm",
                        Map.of("NodeID", "x", "LocalNodeState", "active", "ControlAvailable", true)));
            case "/services" -> json(List.of(service("1"), service("2")));
            case "/tasks" ->
                json(List.of(Map.of(
                        "ID",
                        "t",
                        "ServiceID",
                        "s1",
                        "Slot",
                        1,
                        "Status",
                        Map.of("State", evil("state"), "Message", evil("message"), "Err", evil("err")),
                        "DesiredState",
                        "running")));
            case "/containers/json" ->
                json(List.of(Map.of(
                        "Id",
                        "c",
                        "Names",
                        List.of("/" + evil("c")),
                        "State",
                        evil("state"),
                        "Status",
                        evil("Up"),
                        "Image",
                        evil("i"))));
            case "/networks" -> json(List.of(Map.of("Id", "n", "Name", evil("net"), "Driver", evil("d"))));
            default -> "";
        };
    }

    private Map<String, Object> cluster() {
        List<Object> members = new ArrayList<>();
        for (String name : List.of("n1", "n2", "n3")) {
            boolean leads = name.equals("n1");
            Map<String, Object> member = new LinkedHashMap<>();
            member.put("name", evil(name));
            member.put("role", leads ? "leader" : name.equals("n2") ? "replica" : evil("role"));
            member.put("state", leads ? "running" : evil("state"));
            member.put("host", name.equals("n2") ? evil("host") : "127.0.0.1");
            member.put("port", 5432);
            member.put("api_url", "http://" + place() + "/patroni");
            member.put("timeline", name.equals("n3") ? Long.MAX_VALUE : 77);
            member.put(
                    "lag", leads ? evil("lag") : name.equals("n2") ? Long.MAX_VALUE : new BigInteger("9".repeat(300)));
            member.put("pending_restart", true);
            member.put(
                    "pending_restart_reason",
                    Map.of(evil("max"), Map.of("old_value", evil("1"), "new_value", evil("2"))));
            member.put("tags", Map.of(evil("tag"), evil("value"), "replicatefrom", evil("n1")));
            members.add(member);
        }
        return Map.of(
                "members",
                members,
                "scope",
                evil("scope"),
                "scheduled_switchover",
                Map.of("at", evil("at"), "from", evil("n1"), "to", evil("n2")));
    }

    private Map<String, Object> node() {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("state", evil("state"));
        node.put("postmaster_start_time", evil("time"));
        node.put("role", evil("role"));
        node.put("server_version", 150004);
        node.put("timeline", 77);
        node.put("patroni", Map.of("version", evil("3.0"), "scope", evil("scope"), "name", evil("n1")));
        node.put("database_system_identifier", evil("id"));
        node.put("replication", List.of(Map.of("application_name", evil("n2"), "state", evil("streaming"))));
        return node;
    }

    private static Map<String, Object> service(String number) {
        return Map.of(
                "ID",
                "s" + number,
                "Spec",
                Map.of(
                        "Name",
                        evil("service" + number),
                        "Mode",
                        Map.of("Replicated", Map.of("Replicas", 1)),
                        "TaskTemplate",
                        Map.of("ContainerSpec", Map.of("Image", evil("image")))),
                "UpdateStatus",
                Map.of("State", evil("update")));
    }

    private static String csv() {
        String quoted = "\"" + evil("HTTP status") + "\"";
        return "# pxname,svname,scur,status,weight,act,bck,type,check_status,last_chk,addr,\n"
                + String.join(
                        ",",
                        "\"" + evil("web") + "\"",
                        "\"" + evil("s1") + "\"",
                        "1",
                        "\"" + evil("UP") + "\"",
                        "1,1,0,2",
                        quoted,
                        quoted,
                        "127.0.0.1:5432,\n")
                + "leader,BACKEND,0,UP,1,1,0,1,,,,\n";
    }

    private static String evil(String name) {
        return name + EVIL + WIDE;
    }

    private static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
