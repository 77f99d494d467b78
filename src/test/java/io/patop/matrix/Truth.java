package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * A time without answers.
     *
     * @param lasted from the last answer before to the first after
     * @param back the first request that was answered: its end came at some time in it
     */
    record Silence(Span lasted, Span back) {}

    /** The times in which the member's API was refused, gone, or hung for longer than {@link #SILENCE}. */
    List<Silence> silences(String member) {
        return silences(answer -> answer.node().equals(member) && answer.path().equals("/patroni"));
    }

    /** The times in which no node answered {@code /cluster}. */
    List<Silence> clusterSilences() {
        return silences(answer -> answer.path().equals("/cluster")).stream()
                .map(this::endingAtThaw)
                .toList();
    }

    /** The DCS can be read again as soon as it runs again: nodes tell so by themselves before they list anybody. */
    private Silence endingAtThaw(Silence silence) {
        return told.deeds().stream()
                .filter(deed -> deed.what().equals("thaw of etcd"))
                .map(Testimony.Deed::at)
                .filter(at -> silence.lasted().isNear(at, Duration.ZERO, Duration.ZERO)
                        && at.isBefore(silence.back().from()))
                .findFirst()
                .map(at -> new Silence(
                        new Span(silence.lasted().from(), at),
                        new Span(at, silence.back().to())))
                .orElse(silence);
    }

    /** What takes longer than a request may last is no answer: who asks has given up by then. */
    private List<Silence> silences(Predicate<Testimony.Answer> of) {
        List<Silence> silences = new ArrayList<>();
        Instant last = null;
        boolean failed = false;
        for (Testimony.Answer answer : told.answers()) {
            if (!of.test(answer)) {
                continue;
            }
            if (answer.body().isEmpty() || answer.when().length().compareTo(SILENCE) > 0) {
                failed |= answer.body().isEmpty();
                continue;
            }
            Instant end = answer.when().to();
            if (last != null && Duration.between(last, end).compareTo(failed ? FAILED : SILENCE) > 0) {
                silences.add(new Silence(new Span(last, end), answer.when()));
            }
            last = end;
            failed = false;
        }
        if (failed && last != null) {
            Instant never = last.plus(ENDLESS);
            silences.add(new Silence(new Span(last, never), Span.at(never)));
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

    /**
     * The same through HAProxy, each with the earliest end that it may have had: when a server took writes directly and
     * HAProxy sent to it. Between the two it is chance whose connection is served first.
     */
    List<ProxiedOutage> proxiedOutages() {
        return outages(true).stream()
                .map(gap -> new ProxiedOutage(gap, earliestEnd(gap)))
                .toList();
    }

    /**
     * An outage of the clients of HAProxy.
     *
     * @param seen from the last write to the first after it
     * @param noSooner when it may have ended already
     */
    record ProxiedOutage(Span seen, Instant noSooner) {

        /** By how much that is not its length: nothing within what the writers cannot tell. */
        double difference(double seconds) {
            double shortest = Span.seconds(Duration.between(seen.from(), noSooner));
            double longest = Span.seconds(seen.length());
            return seconds < shortest ? shortest - seconds : Math.max(0, seconds - longest);
        }
    }

    private Instant earliestEnd(Span gap) {
        Instant wrote = told.writes().stream()
                .filter(write -> write.acknowledged() && !write.to().equals("haproxy"))
                .map(write -> write.when().from())
                .filter(at -> at.isAfter(gap.from().plus(OUTAGE)) && at.isBefore(gap.to()))
                .min(Instant::compareTo)
                .orElse(gap.to());
        Instant routed = told.proxy().stream()
                .filter(change -> change.backend().equals("leader") && change.up() && !change.first())
                .map(change -> change.when().from())
                .filter(at -> at.isAfter(gap.from()) && at.isBefore(gap.to()))
                .max(Instant::compareTo)
                .orElse(gap.from());
        return wrote.isAfter(routed) ? wrote : routed;
    }

    Optional<ProxiedOutage> longestProxied() {
        return proxiedOutages().stream()
                .max(Comparator.comparing(outage -> outage.seen().length()));
    }

    /** When Patroni itself first said, to anybody, that there is a primary again after the longest outage. */
    Optional<Duration> untilPatroniSaysSo() {
        return outages(false).stream().max(Comparator.comparing(Span::length)).flatMap(gap -> told.answers().stream()
                .filter(answer -> answer.path().equals("/patroni")
                        && answer.body().filter(Truth::isPrimary).isPresent()
                        && !answer.when().to().isBefore(gap.to()))
                .map(answer -> Duration.between(gap.from(), answer.when().to()))
                .min(Duration::compareTo));
    }

    /** When the standby began to stream, or ceased to, by PostgreSQL's log and by its own word. */
    List<Span> streams(String member, boolean begins) {
        List<Span> changes = new ArrayList<>(becomes(
                member,
                own -> own.path("replication_state").asText().equals("streaming") == begins
                        && (begins || isRunning(own))));
        told.streams().stream()
                .filter(change -> change.member().equals(member) && change.begins() == begins)
                .map(change -> Span.at(change.at()))
                .forEach(changes::add);
        return changes;
    }

    /** The last value of the key by then. */
    Optional<JsonNode> keyAt(String key, Instant by) {
        Optional<JsonNode> value = Optional.empty();
        for (Testimony.KeyChange change : told.keys()) {
            if (change.key().equals(key) && !change.at().isAfter(by)) {
                value = change.value();
            }
        }
        return value;
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
