package io.patop.watch;

import io.patop.cluster.ClusterView;
import io.patop.patroni.PatroniJson;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A calm cluster of so many members, all of which stream from the first.
 *
 * @param listed what {@code /cluster} says of it
 * @param nodes what each node says of itself, a second later
 * @param dashboard after all of that
 */
public record ManyNodes(Observation listed, List<Observation> nodes, Dashboard dashboard) {

    private static final Instant BEGIN = ReducerStory.START;

    /** Of that size. */
    public static ManyNodes of(int members) {
        ReducerStory told = new ReducerStory();
        List<String> rows = new ArrayList<>(List.of(ReducerStory.leader(name(0), 1)));
        List<String> standbys = new ArrayList<>();
        for (int i = 1; i < members; i++) {
            rows.add(ReducerStory.replica(name(i), 1, 0));
            standbys.add(name(i));
        }
        Observation listed = listed(rows);
        told.cluster(rows.toArray(String[]::new));
        told.primary(name(0), 1, standbys.toArray(String[]::new));
        for (String standby : standbys) {
            told.standby(standby, 1);
        }
        Dashboard dashboard = told.dashboard();
        List<Observation> nodes = new ArrayList<>();
        for (WatchedMember member : dashboard.members().values()) {
            Api.Answering answering = (Api.Answering) member.api();
            nodes.add(new Observation.NodeAnswered(
                    BEGIN.plusSeconds(1),
                    member.name(),
                    answering.url(),
                    Duration.ofMillis(3),
                    answering.status().orElseThrow()));
        }
        Collections.shuffle(nodes, new Random(1));
        return new ManyNodes(listed, nodes, dashboard);
    }

    private static Observation listed(List<String> rows) {
        try {
            String json = "{\"members\":[" + String.join(",", rows) + "],\"scope\":\"demo\"}";
            ClusterView view = PatroniJson.cluster(PatroniJson.tree(json.getBytes(StandardCharsets.UTF_8)));
            return new Observation.ClusterAnswered(
                    BEGIN.plusSeconds(1), URI.create("http://" + name(0) + ":8008"), Duration.ofMillis(3), view);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static String name(int number) {
        return String.format("patroni%05d", number);
    }
}
