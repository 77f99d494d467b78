package io.patop.control.place;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As much of a Kubernetes API server as kubectl needs to find pods by labels and name, to read and to delete one, and
 * to be refused a command in one: pods of one namespace, kept in memory. It is no Kubernetes: nothing runs, and nothing
 * makes a deleted pod again.
 */
final class PodsApi implements AutoCloseable {

    private static final Pattern POD = Pattern.compile("/api/v1/namespaces/([^/]+)/pods(?:/([^/]+)(/exec)?)?");
    private static final String PODS = "{'name':'pods','singularName':'pod','namespaced':true,'kind':'Pod',"
            + "'verbs':['create','delete','get','list','watch'],'shortNames':['po']},"
            + "{'name':'pods/exec','singularName':'','namespaced':true,'kind':'PodExecOptions','verbs':['create','get']}";

    /**
     * A pod.
     *
     * @param name its name
     * @param labels by their keys
     * @param spec more of its specification, as JSON with simple quotes
     * @param metadata more of its metadata
     */
    private record Pod(String name, Map<String, String> labels, String spec, String metadata) {
        String json() {
            String all = labels.entrySet().stream()
                    .map(label -> "'" + label.getKey() + "':'" + label.getValue() + "'")
                    .collect(Collectors.joining(","));
            return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name
                    + "','namespace':'prod','uid':'1','resourceVersion':'1','labels':{" + all + "}" + metadata
                    + "},'spec':{'containers':[{'name':'postgres','image':'spilo'}]" + spec
                    + "},'status':{'phase':'Running'}}";
        }

        boolean has(String selector) {
            return Arrays.stream(selector.split(",", -1))
                    .map(one -> one.split("=", 2))
                    .allMatch(one -> one[1].equals(labels.get(one[0])));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Pod> pods = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private PodsApi(HttpServer server) {
        this.server = server;
    }

    static PodsApi start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PodsApi api = new PodsApi(server);
        server.createContext("/", api::answer);
        server.setExecutor(api.threads);
        server.start();
        return api;
    }

    /** Adds a pod of a StatefulSet with the labels of cluster demo. */
    void add(String name) {
        add(name, "", ",'ownerReferences':[{'apiVersion':'apps/v1','kind':'StatefulSet','name':'demo','uid':'2'}]");
    }

    void add(String name, String spec, String metadata) {
        pods.put(name, new Pod(name, Map.of("application", "spilo", "cluster-name", "demo"), spec, metadata));
    }

    /** The names of the pods that there are. */
    List<String> pods() {
        return List.copyOf(pods.keySet());
    }

    /** The requests that concern a pod, with their parameters in the order of the alphabet. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Writes kubectl's configuration, in which this is the context test, and returns an environment with it. */
    Map<String, String> environment(Path folder, Map<String, String> environment) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: test, user: {}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: none
                """
                        .formatted(server.getAddress().getPort()));
        return Stream.concat(
                        environment.entrySet().stream()
                                .filter(entry -> !List.of("HOME", "KUBECONFIG").contains(entry.getKey())),
                        Map.of("HOME", folder.toString(), "KUBECONFIG", configuration.toString()).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            exchange.getRequestBody().readAllBytes();
            Matcher pod = POD.matcher(uri.getPath());
            if (pod.matches()) {
                List<String> parameters = parameters(uri);
                requests.add(exchange.getRequestMethod() + " " + uri.getPath() + " " + String.join(" ", parameters));
                pod(exchange, pod, parameters);
                return;
            }
            switch (uri.getPath()) {
                case "/api" -> send(exchange, 200, "{'kind':'APIVersions','versions':['v1']}");
                case "/apis" -> send(exchange, 200, "{'kind':'APIGroupList','apiVersion':'v1','groups':[]}");
                case "/api/v1" ->
                    send(exchange, 200, "{'kind':'APIResourceList','groupVersion':'v1','resources':[" + PODS + "]}");
                case "/api/v1/namespaces/prod" ->
                    send(exchange, 200, "{'kind':'Namespace','apiVersion':'v1','metadata':{'name':'prod'}}");
                default -> refuse(exchange, 404, "NotFound", "there is no such thing");
            }
        }
    }

    private void pod(HttpExchange exchange, Matcher path, List<String> parameters) throws IOException {
        String name = path.group(2);
        if (!path.group(1).equals("prod")) {
            send(exchange, 200, list(List.of()));
        } else if (parameters.contains("watch=true")) {
            watch(exchange);
        } else if (name == null) {
            send(
                    exchange,
                    200,
                    list(pods.values().stream()
                            .filter(pod -> parameter(parameters, "labelSelector=")
                                    .filter(some -> !pod.has(some))
                                    .isEmpty())
                            .filter(pod -> parameter(parameters, "fieldSelector=metadata.name=")
                                    .filter(other -> !pod.name().equals(other))
                                    .isEmpty())
                            .toList()));
        } else if (path.group(3) != null) {
            refuse(
                    exchange,
                    403,
                    "Forbidden",
                    "pods \\\"" + name + "\\\" is forbidden: nothing is executed in this test");
        } else {
            Optional<Pod> there = Optional.ofNullable(
                    exchange.getRequestMethod().equals("DELETE") ? pods.remove(name) : pods.get(name));
            if (there.isPresent()) {
                send(exchange, 200, there.get().json());
            } else {
                refuse(exchange, 404, "NotFound", "pods \\\"" + name + "\\\" not found");
            }
        }
    }

    /** Nothing changes, as long as anybody asks. */
    private void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static String list(List<Pod> pods) {
        return "{'kind':'PodList','apiVersion':'v1','metadata':{'resourceVersion':'1'},'items':["
                + pods.stream().map(Pod::json).collect(Collectors.joining(",")) + "]}";
    }

    private static List<String> parameters(URI uri) {
        return Optional.ofNullable(uri.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&", -1)))
                .map(one -> URLDecoder.decode(one, StandardCharsets.UTF_8))
                .toList();
    }

    private static Optional<String> parameter(List<String> parameters, String prefix) {
        return parameters.stream()
                .filter(one -> one.startsWith(prefix))
                .map(one -> one.substring(prefix.length()))
                .findFirst();
    }

    private static void refuse(HttpExchange exchange, int code, String reason, String message) throws IOException {
        send(
                exchange,
                code,
                "{'kind':'Status','apiVersion':'v1','status':'Failure','reason':'" + reason + "','code':" + code
                        + ",'message':'" + message + "'}");
    }

    private static void send(HttpExchange exchange, int code, String json) throws IOException {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
