package io.patop.watch;

import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import io.patop.patroni.PatroniJson;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A story told to the reducer, second by second: what nodes answer, in Patroni's own JSON. */
public final class ReducerStory {

    /** When the story begins. */
    public static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private Dashboard dashboard = Dashboard.EMPTY;
    private Instant now = START;

    /** The story of three members, {@code a} leading on timeline 1. */
    public static ReducerStory healthy() {
        return new ReducerStory()
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .primary("a", 1, "b", "c")
                .standby("b", 1)
                .standby("c", 1);
    }

    public Dashboard dashboard() {
        return dashboard;
    }

    public Instant now() {
        return now;
    }

    public ReducerStory seconds(double passed) {
        now = now.plusMillis(Math.round(passed * 1000));
        return this;
    }

    public ReducerStory cluster(String... members) {
        return clusterWith("", members);
    }

    /** With more fields at the top, as {@code ,"pause":true}. */
    public ReducerStory clusterWith(String more, String... members) {
        try {
            String json = "{\"members\":[" + String.join(",", members) + "],\"scope\":\"demo\"" + more + "}";
            return tell(new Observation.ClusterAnswered(
                    now, url("a"), took(), PatroniJson.cluster(PatroniJson.tree(bytes(json)))));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    public ReducerStory clusterFails(String via, Failure.Kind kind) {
        return tell(new Observation.ClusterFailed(now, url(via), new Failure(kind, via + " " + kind)));
    }

    public ReducerStory primary(String name, int timeline, String... standbys) {
        List<String> senders = new ArrayList<>();
        for (String standby : standbys) {
            senders.add("{\"application_name\":\"" + standby + "\",\"state\":\"streaming\",\"sync_state\":\"async\"}");
        }
        return node(
                name,
                "{\"state\":\"running\",\"role\":\"master\",\"timeline\":" + timeline
                        + ",\"xlog\":{\"location\":1000},\"replication\":[" + String.join(",", senders) + "]}");
    }

    public ReducerStory standby(String name, int timeline) {
        return node(
                name,
                "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":" + timeline
                        + ",\"xlog\":{\"received_location\":1000,\"replayed_location\":1000}}");
    }

    public ReducerStory node(String name, String json) {
        return node(name, json, took());
    }

    /** Answers now what it was asked that many seconds ago. */
    public ReducerStory answersSlowly(String name, String json, double seconds) {
        return node(name, json, Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private ReducerStory node(String name, String json, Duration took) {
        try {
            return tell(new Observation.NodeAnswered(
                    now, name, url(name), took, PatroniJson.node(PatroniJson.tree(bytes(json)))));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    public ReducerStory silent(String name) {
        return silent(name, Failure.Kind.REFUSED, "connection refused");
    }

    public ReducerStory silent(String name, Failure.Kind kind, String why) {
        return tell(new Observation.NodeFailed(now, name, url(name), new Failure(kind, name + ": " + why)));
    }

    public ReducerStory docker(EngineView view) {
        return tell(new Observation.DockerAnswered(now, view));
    }

    public ReducerStory tell(Observation observation) {
        dashboard = Reducer.reduce(dashboard, observation);
        return this;
    }

    /** The events so far. */
    public List<Event.Kind> kinds() {
        return dashboard.events().stream().map(Event::kind).toList();
    }

    public static String leader(String name, int timeline) {
        return "{\"name\":\"" + name + "\",\"role\":\"leader\",\"state\":\"running\",\"host\":\"10.0.0."
                + name.charAt(0) % 256 + "\",\"port\":5432,\"api_url\":\"http://" + name
                + ":8091/patroni\",\"timeline\":" + timeline + "}";
    }

    public static String replica(String name, int timeline, long lag) {
        return member(name, "replica", "running", "\"timeline\":" + timeline + ",\"lag\":" + lag);
    }

    public static String stopped(String name) {
        return member(name, "replica", "stopped", "\"lag\":\"unknown\"");
    }

    public static String member(String name, String role, String state, String more) {
        return "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"state\":\"" + state + "\",\"host\":\"10.0.0."
                + name.charAt(0) % 256 + "\",\"port\":5432,\"api_url\":\"http://" + host(name) + ":8091/patroni\","
                + more
                + "}";
    }

    /** The member's name, or something in place of one that cannot be a host's. */
    private static String host(String name) {
        return name.matches("[\\w.-]+") ? name : "m" + Integer.toHexString(name.hashCode());
    }

    private static URI url(String name) {
        return URI.create("http://" + host(name) + ":8091");
    }

    private static Duration took() {
        return Duration.ofMillis(3);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
