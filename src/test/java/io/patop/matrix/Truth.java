package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What follows from a {@link Testimony}: when what changed, and how long nobody could write. */
final class Truth {

    /** After so long a request counts as not answered; patop's own bound is as long. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration FAILED = Duration.ofMillis(500);
    private static final Duration OUTAGE = Duration.ofMillis(400);
    private static final Duration ENDLESS = Duration.ofDays(1);

    private final Testimony told;

    Truth(Testimony told) {
        this.told = told;
    }

    Testimony told() {
        return told;
    }

    static boolean isPrimary(JsonNode own) {
        return List.of("master", "primary").contains(own.path("role").asText())
                && own.path("state").asText().equals("running");
    }

    static boolean isRunning(JsonNode said) {
        String state = said.path("state").asText();
        return List.of("running", "streaming", "in archive recovery").contains(state);
    }

    /** When the member came to be so by its own word. A member that is silent is as it last said it was. */
    List<Span> becomes(String member, Predicate<JsonNode> so) {
        return changes(member, "/patroni", so);
    }

    /** When it came to be so by {@code /cluster}, whose members the function gets. */
    List<Span> listingBecomes(Predicate<JsonNode> so) {
        List<Span> all = new ArrayList<>();
        for (String node : nodes()) {
            all.addAll(changes(node, "/cluster", body -> so.test(body.path("members"))));
        }
        return Span.merged(all);
    }

    private List<Span> changes(String node, String path, Predicate<JsonNode> so) {
        List<Span> changes = new ArrayList<>();
        Testimony.Answer before = null;
        for (Testimony.Answer answer : told.answers()) {
            if (!answer.node().equals(node)
                    || !answer.path().equals(path)
                    || answer.body().isEmpty()) {
                continue;
            }
            boolean now = so.test(answer.body().get());
            if (before != null && now && !so.test(before.body().get())) {
                boolean gap = Duration.between(before.when().to(), answer.when().from())
                                .compareTo(Duration.ofSeconds(1))
                        > 0;
                changes.add(new Span(
                        gap ? answer.when().from() : before.when().from(),
                        answer.when().to()));
            }
            before = answer;
        }
        return changes;
    }

    /** The newest timeline that any node had said to be on by then. */
    long newestTimeline(Instant by) {
        return told.answers().stream()
                .filter(answer ->
                        answer.path().equals("/patroni") && answer.when().to().isBefore(by))
                .flatMap(answer -> answer.body().stream())
                .mapToLong(own -> own.path("timeline").asLong())
                .max()
                .orElse(0);
    }

    /** Whether anybody said so around that time. */
    boolean isListedAround(Instant moment, Duration tolerance, Predicate<JsonNode> so) {
        return around("/cluster", moment, tolerance)
                .anyMatch(answer -> so.test(answer.body().get().path("members")));
    }

    /** Whether the member said so around that time. */
    boolean isSaidAround(String member, Instant moment, Duration tolerance, Predicate<JsonNode> so) {
        return around("/patroni", moment, tolerance)
                .anyMatch(answer ->
                        answer.node().equals(member) && so.test(answer.body().get()));
    }

    private java.util.stream.Stream<Testimony.Answer> around(String path, Instant moment, Duration tolerance) {
        return told.answers().stream()
                .filter(answer -> answer.path().equals(path) && answer.body().isPresent())
                .filter(answer -> answer.when().isNear(moment, tolerance, tolerance));
    }

    /** The times in which the member's API was refused, gone, or hung for longer than {@link #SILENCE}. */
    List<Span> silences(String member) {
        return silences(answer -> answer.node().equals(member) && answer.path().equals("/patroni"));
    }

    /** The times in which no node answered {@code /cluster}. */
    List<Span> clusterSilences() {
        return silences(answer -> answer.path().equals("/cluster"));
    }

    private List<Span> silences(Predicate<Testimony.Answer> of) {
        List<Span> silences = new ArrayList<>();
        Instant last = null;
        boolean failed = false;
        for (Testimony.Answer answer : told.answers()) {
            if (!of.test(answer)) {
                continue;
            }
            if (answer.body().isEmpty()) {
                failed = true;
                continue;
            }
            Instant end = answer.when().to();
            if (last != null && Duration.between(last, end).compareTo(failed ? FAILED : SILENCE) > 0) {
                silences.add(new Span(last, end));
            }
            last = end;
            failed = false;
        }
        if (failed && last != null) {
            silences.add(new Span(last, last.plus(ENDLESS)));
        }
        return silences;
    }

    /** When the key was set to another value than before, or came to be. */
    List<Span> keySet(String key, Predicate<String> value) {
        List<Span> changes = new ArrayList<>();
        String before = "";
        for (Testimony.KeyChange change : told.keys()) {
            if (change.key().equals(key)) {
                String now = change.value().map(JsonNode::asText).orElse("");
                if (change.value().isPresent() && !change.first() && !now.equals(before) && value.test(now)) {
                    changes.add(Span.at(change.at()));
                }
                before = now;
            }
        }
        return changes;
    }

    /** How often the leader key came to another member. */
    int leaderChanges() {
        int changes = 0;
        String before = "";
        for (Testimony.KeyChange change : told.keys()) {
            String now = change.value().map(JsonNode::asText).orElse("");
            if (change.key().equals("leader") && !now.isEmpty() && !now.equals(before)) {
                changes += before.isEmpty() ? 0 : 1;
                before = now;
            }
        }
        return changes;
    }

    /** When the key came to be, or vanished. */
    List<Span> keyThere(String key, boolean there) {
        List<Span> changes = new ArrayList<>();
        boolean before = false;
        for (Testimony.KeyChange change : told.keys()) {
            if (change.key().equals(key)) {
                boolean now = change.value().isPresent();
                if (now != before && now == there && !change.first()) {
                    changes.add(Span.at(change.at()));
                }
                before = now;
            }
        }
        return changes;
    }

    /** When HAProxy sent the leader's clients to others than the holder of the leader key, or to nobody. */
    List<Span> proxyDiffers() {
        Map<Instant, Runnable> course = new TreeMap<>();
        Set<String> up = new TreeSet<>();
        String[] holder = {""};
        for (Testimony.KeyChange change : told.keys()) {
            if (change.key().equals("leader")) {
                course.put(
                        change.at(),
                        () -> holder[0] = change.value().map(JsonNode::asText).orElse(""));
            }
        }
        for (Testimony.ProxyChange change : told.proxy()) {
            if (change.backend().equals("leader")) {
                course.put(change.when().to().plusNanos(course.size()), () -> {
                    if (change.up()) {
                        up.add(change.server());
                    } else {
                        up.remove(change.server());
                    }
                });
            }
        }
        List<Span> spans = new ArrayList<>();
        Instant since = null;
        for (Map.Entry<Instant, Runnable> step : course.entrySet()) {
            step.getValue().run();
            boolean differs = !up.equals(holder[0].isEmpty() ? Set.of() : Set.of(holder[0]));
            if (differs && since == null) {
                since = step.getKey();
            } else if (!differs && since != null) {
                spans.add(new Span(since, step.getKey()));
                since = null;
            }
        }
        if (since != null) {
            spans.add(new Span(since, since.plus(ENDLESS)));
        }
        return spans;
    }

    /** The member's PostgreSQL address changed, by its key. */
    List<Span> moved(String member) {
        List<Span> changes = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (Testimony.KeyChange change : told.keys()) {
            if (change.key().equals("members/" + member) && change.value().isPresent()) {
                String now = change.value().get().path("conn_url").asText();
                if (before.isPresent() && !before.get().equals(now)) {
                    changes.add(Span.at(change.at()));
                }
                before = Optional.of(now);
            }
        }
        return changes;
    }

    /**
     * The times in which nobody could write, by any way or through HAProxy. By any way they end when the leader's
     * PostgreSQL says that it is ready: clients may find it later.
     */
    List<Span> outages(boolean throughProxy) {
        List<Span> outages = new ArrayList<>();
        Instant last = null;
        for (Instant at : told.writes().stream()
                .filter(write ->
                        write.acknowledged() && (!throughProxy || write.to().equals("haproxy")))
                .map(write -> write.when().to())
                .sorted()
                .toList()) {
            if (last != null && Duration.between(last, at).compareTo(OUTAGE) > 0) {
                outages.add(new Span(last, throughProxy ? at : ready(last, at)));
            }
            last = at;
        }
        return outages;
    }

    private Instant ready(Instant from, Instant atLatest) {
        return told.writable().stream()
                .filter(at -> at.isAfter(from) && at.isBefore(atLatest))
                .max(Instant::compareTo)
                .orElse(atLatest);
    }

    /** The nodes that acknowledged a write around that time. */
    Set<String> writtenAround(Instant moment, Duration tolerance) {
        return told.writes().stream()
                .filter(write -> write.acknowledged() && !write.to().equals("haproxy"))
                .filter(write -> write.when().isNear(moment, tolerance, tolerance))
                .map(Testimony.Write::to)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Optional<Duration> longestOutage(boolean throughProxy) {
        return outages(throughProxy).stream().map(Span::length).max(Duration::compareTo);
    }

    List<String> nodes() {
        return told.answers().stream()
                .map(Testimony.Answer::node)
                .distinct()
                .sorted()
                .toList();
    }
}
