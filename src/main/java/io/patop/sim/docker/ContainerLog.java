package io.patop.sim.docker;

import io.patop.sim.core.Node;
import io.patop.sim.core.NodeLog;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.Swarm;
import io.patop.sim.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What the engine sends of a container's log: frames of the standard error, as of a container without a terminal. */
record ContainerLog(Simulation world, Swarm.Task task) {

    private static final DateTimeFormatter DOCKER = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");
    private static final DateTimeFormatter PATRONI = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

    /** The largest length that is one character of ASCII in a frame's header, so that the body can be text. */
    private static final int LARGEST_FRAME = 120;

    /** Returns the body for {@code timestamps=1} and the span of that request. */
    String body(Request request) {
        Optional<Instant> since = time(request, "since");
        Optional<Instant> until = time(request, "until");
        List<String> lines = node().stream()
                .flatMap(node -> node.log.lines().stream())
                .filter(line -> line.at() >= task.createdAt && (task.isRunning() || line.at() <= task.changedAt))
                .filter(line -> since.filter(world.instant(line.at())::isBefore).isEmpty()
                        && until.filter(world.instant(line.at())::isAfter).isEmpty())
                .map(this::text)
                .toList();
        String tail = request.query().getOrDefault("tail", "all");
        int most = tail.matches("\\d{1,8}") ? Integer.parseInt(tail) : lines.size();
        StringBuilder body = new StringBuilder();
        lines.subList(Math.max(0, lines.size() - most), lines.size()).forEach(line -> frames(line, body));
        return body.toString();
    }

    private Optional<Node> node() {
        return world.nodes().stream()
                .filter(node -> world.swarm().ofNode(node.name) == task.service)
                .findFirst();
    }

    private String text(NodeLog.Line line) {
        Instant at = world.instant(line.at());
        return DOCKER.format(at.atOffset(ZoneOffset.UTC)) + " " + PATRONI.format(at.atOffset(ZoneOffset.UTC)) + " "
                + line.level() + ": " + line.text() + "\n";
    }

    private static void frames(String line, StringBuilder body) {
        for (int at = 0; at < line.length(); at += LARGEST_FRAME) {
            String part = line.substring(at, Math.min(line.length(), at + LARGEST_FRAME));
            body.append("\u0002\0\0\0\0\0\0").append((char) part.length()).append(part);
        }
    }

    private static Optional<Instant> time(Request request, String name) {
        String[] parts = request.query().getOrDefault(name, "").split("\\.", 2);
        if (!parts[0].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        long nanos = parts.length > 1 && parts[1].matches("\\d{9}") ? Long.parseLong(parts[1]) : 0;
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos));
    }
}
