package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds each event that patop told against the truth. An event is true if what it tells happened within 300 ms and one
 * poll of it, and no event before it told of the same. What hangs is known when a request's time is up, and not before.
 */
final class EventJudge {

    /** One poll of patop's, and what an answer may take. */
    static final Duration TOLERANCE = Duration.ofMillis(1300);

    private static final Duration LOOP_WAIT = Duration.ofSeconds(2);

    private static final Duration NONE = Duration.ZERO;
    private static final long MAXIMUM_LAG = 1048576;
    private static final Pattern TIMELINE = Pattern.compile("timeline (\\d+)");

    /** What an event may be late beside the poll that told it. */
    private static final Duration SOON = Duration.ofMillis(300);

    private final Truth truth;
    private final Map<Instant, Duration> polls;
    private final Set<String> used = new HashSet<>();

    /**
     * A judge of one run of patop.
     *
     * @param polls how long the answers took that patop got, by the time at which they came
     */
    EventJudge(Truth truth, Map<Instant, Duration> polls) {
        this.truth = truth;
        this.polls = polls;
    }

    /** One poll, as long as it took: what a node answers after two seconds cannot be told before. */
    private Duration late(ReducerStory event) {
        Duration poll = SOON.plus(polls.getOrDefault(event.at(), NONE));
        return poll.compareTo(TOLERANCE) > 0 ? poll : TOLERANCE;
    }

    /** The events that are not true, each with the reason. */
    List<String> falseOnes(List<ReducerStory> events) {
        List<String> wrong = new ArrayList<>();
        for (ReducerStory event : events) {
            why(event).ifPresent(why -> wrong.add(event + "  <- " + why));
        }
        return wrong;
    }

    private Optional<String> why(ReducerStory event) {
        return switch (event.kind()) {
            case "api_lost", "api_back", "dcs_lost", "dcs_back" -> aboutAnswers(event);
            case "leader_key_free",
                    "leader_key_back",
                    "leader_changed",
                    "member_joined",
                    "member_left",
                    "member_moved" -> aboutKeys(event);
            case "promoted", "demoted", "leader_restarted", "member_down", "member_up" -> aboutServers(event);
            case "replica_behind",
                    "replica_lagging",
                    "replica_caught_up",
                    "streaming_lost",
                    "streaming_back",
                    "sync_changed" -> aboutReplicas(event);
            case "two_primaries", "one_primary", "dcs_unseen" -> aboutViews(event);
            case "outage_bill" -> {
                Optional<String> why = new BillJudge(truth).why(event);
                yield why.isPresent() || used.add(event.kind() + event.member() + BillJudge.change(truth, event))
                        ? why
                        : Optional.of("told before");
            }
            case "nobody_can_take_over" -> aboutCandidates(event);
            case "takeover_possible" -> happened(event, truth.listingBecomes(listed -> !noneIsSync(listed)));
            case "service_changed", "task_failed" -> aboutEngine(event);
            case "cluster_demoted", "cluster_promoted" -> aboutCluster(event);
            case "docker_lost", "docker_back" ->
                truth.told().engineSlow().stream().anyMatch(asked -> asked.isNear(event.at(), TOLERANCE, TOLERANCE))
                        ? Optional.empty()
                        : Optional.of("Docker told its services within a second");
            case "proxy_lost", "proxy_back" ->
                truth.told().proxySlow().stream().anyMatch(asked -> asked.isNear(event.at(), TOLERANCE, TOLERANCE))
                        ? Optional.empty()
                        : Optional.of("HAProxy answered within a second");
            case "proxy_server_up", "proxy_server_down", "proxy_followed" -> aboutProxy(event);
            case "proxy_disagrees", "proxy_agrees" -> aboutAgreement(event);
            case "writes_fail", "writes_back" -> aboutWrites(event);
            case "two_writable" ->
                truth.writtenAround(event.at(), TOLERANCE).size() > 1
                        ? Optional.empty()
                        : Optional.of("one server took writes: " + truth.writtenAround(event.at(), TOLERANCE));
            // That nothing is lost is what the probe has read back; what is lost, the test of the probe holds.
            case "writes_verified" -> Optional.empty();
            default -> Optional.of("nothing of that kind happened");
        };
    }

    private Optional<String> aboutAnswers(ReducerStory event) {
        boolean ofNode = event.kind().startsWith("api");
        boolean lost = event.kind().endsWith("lost");
        List<Truth.Silence> silences = ofNode ? truth.silences(event.member()) : truth.clusterSilences();
        List<Span> moments = silences.stream()
                .map(silence -> lost
                        // A refusal is known at once, a silence when the time is up.
                        ? new Span(
                                silence.lasted().from(),
                                earlier(
                                        silence.lasted().to(),
                                        silence.lasted().from().plus(Truth.SILENCE)))
                        : silence.back())
                .toList();
        Optional<String> why = happened(event, moments);
        if (why.isPresent() || lost) {
            return why;
        }
        Duration longest = silences.stream()
                .filter(silence -> silence.back().isNear(event.at(), TOLERANCE, late(event)))
                .map(silence -> silence.lasted().length())
                .max(Duration::compareTo)
                .orElseThrow();
        return lasted(event, longest);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Two polls: one to miss the beginning, one to miss the end. */
    private static Optional<String> lasted(ReducerStory event, Duration truly) {
        Optional<Double> said = event.seconds().or(() -> afterSeconds(event.text()));
        if (said.isEmpty()) {
            return Optional.empty();
        }
        double difference = said.get() - Span.seconds(truly);
        if (event.isRange()) {
            double truth = Span.seconds(truly);
            double tolerance = Span.seconds(TOLERANCE);
            return truth < event.atLeast().orElse(said.get()) - tolerance || truth > said.get() + tolerance
                    ? Optional.of("it lasted " + Span.text(truly))
                    : Optional.empty();
        }
        if (event.atLeast().isPresent()) {
            // No more is promised than a lower bound, which may miss what the nodes notice at their next loop only.
            return difference > Span.seconds(TOLERANCE)
                            || -difference > 2 * Span.seconds(TOLERANCE) + Span.seconds(LOOP_WAIT)
                    ? Optional.of("it lasted " + Span.text(truly))
                    : Optional.empty();
        }
        return Math.abs(difference) > 2 * Span.seconds(TOLERANCE)
                ? Optional.of("it lasted " + Span.text(truly))
                : Optional.empty();
    }

    private static Optional<Double> afterSeconds(String text) {
        Matcher matcher = Pattern.compile("after (?:(\\d+)m )?([0-9.]+) ?s").matcher(text);
        return matcher.find()
                ? Optional.of((matcher.group(1) == null ? 0 : 60 * Double.parseDouble(matcher.group(1)))
                        + Double.parseDouble(matcher.group(2)))
                : Optional.empty();
    }

    private Optional<String> aboutKeys(ReducerStory event) {
        String key = "members/" + event.member();
        List<Span> moments =
                switch (event.kind()) {
                    case "leader_key_free" -> truth.keyThere("leader", false);
                    case "leader_key_back" -> truth.keyThere("leader", true);
                    case "leader_changed" -> truth.keySet("leader", event.member()::equals);
                    case "member_joined" -> truth.keyThere(key, true);
                    case "member_left" -> truth.keyThere(key, false);
                    default -> truth.moved(event.member());
                };
        return happened(event, moments);
    }

    private Optional<String> aboutServers(ReducerStory event) {
        String member = event.member();
        List<Span> moments =
                switch (event.kind()) {
                    case "promoted", "leader_restarted" -> truth.becomes(member, Truth::isPrimary);
                    case "demoted" ->
                        truth.becomes(member, own -> !List.of("master", "primary")
                                .contains(own.path("role").asText()));
                    case "member_down" ->
                        either(
                                truth.becomes(member, own -> !Truth.isRunning(own)),
                                truth.listingBecomes(
                                        listed -> listed.has(member) && !Truth.isRunning(listed.path(member))));
                    default ->
                        either(
                                truth.becomes(member, Truth::isRunning),
                                truth.listingBecomes(listed -> Truth.isRunning(listed.path(member))));
                };
        return happened(event, moments);
    }

    private static List<Span> either(List<Span> one, List<Span> other) {
        List<Span> both = new ArrayList<>(one);
        both.addAll(other);
        return Span.merged(both);
    }

    private Optional<String> aboutReplicas(ReducerStory event) {
        String member = event.member();
        Predicate<JsonNode> streams =
                listed -> listed.path(member).path("state").asText().equals("streaming");
        return switch (event.kind()) {
            case "replica_behind" -> {
                long newest = truth.newestTimeline(event.at().plus(TOLERANCE));
                yield truth.isListedAround(event.at(), TOLERANCE, listed -> timeline(listed.path(member)) < newest)
                        ? Optional.empty()
                        : Optional.of("it was on the newest timeline");
            }
            case "replica_lagging" ->
                truth.isListedAround(
                                event.at(),
                                TOLERANCE,
                                listed -> listed.path(member).path("lag").asLong() > MAXIMUM_LAG)
                        ? Optional.empty()
                        : Optional.of("it lagged by less than maximum_lag_on_failover");
            case "replica_caught_up" ->
                happened(
                        event,
                        either(
                                truth.listingBecomes(listed -> keepsUp(listed, member, timelineOf(event))
                                        && (!event.text().contains("streaming") || streams.test(listed))),
                                truth.becomes(member, own -> streamsOn(own, timelineOf(event)))));
            case "streaming_back" ->
                happened(event, either(truth.listingBecomes(streams), truth.streams(member, true)));
            case "streaming_lost" ->
                happened(event, either(truth.listingBecomes(streams.negate()), truth.streams(member, false)));
            default -> happened(event, either(becomesSync(member, true), becomesSync(member, false)));
        };
    }

    private List<Span> becomesSync(String member, boolean sync) {
        return truth.listingBecomes(
                listed -> listed.path(member).path("role").asText().matches("(sync|quorum)_standby") == sync);
    }

    /** A standby tells its own word at once, and publishes it at its next loop. */
    private static boolean streamsOn(JsonNode own, Optional<Long> timeline) {
        return own.path("replication_state").asText().equals("streaming")
                && timeline.filter(number -> number == timeline(own)).isPresent();
    }

    /** That a member is asynchronous hinders it in synchronous mode only, while no standby is synchronous. */
    private Optional<String> aboutCandidates(ReducerStory event) {
        boolean synchronousMode = truth.keyAt("config", event.at().plus(TOLERANCE))
                .map(config -> config.path("synchronous_mode").asText())
                .filter(mode -> List.of("true", "on", "quorum").contains(mode))
                .isPresent();
        boolean none = truth.isListedAround(event.at(), TOLERANCE, listed -> noneIsSync(listed));
        return event.text().contains("asynchronous") && synchronousMode && none
                ? Optional.empty()
                : Optional.of("synchronous mode " + synchronousMode + ", no synchronous standby " + none);
    }

    private static boolean noneIsSync(JsonNode listing) {
        for (JsonNode member : listing) {
            if (member.path("role").asText().matches("(sync|quorum)_standby")) {
                return false;
            }
        }
        return true;
    }

    private static long timeline(JsonNode listed) {
        return listed.path("timeline").asLong();
    }

    private static long newest(JsonNode listing) {
        long newest = 0;
        for (JsonNode member : listing) {
            newest = Math.max(newest, timeline(member));
        }
        return newest;
    }

    private static boolean keepsUp(JsonNode listed, String member, Optional<Long> timeline) {
        return Truth.isRunning(listed.path(member))
                && timeline(listed.path(member)) == timeline.orElseGet(() -> newest(listed))
                && listed.path(member).path("lag").asLong() <= MAXIMUM_LAG
                && !listed.path(member).path("role").asText().endsWith("leader");
    }

    private static Optional<Long> timelineOf(ReducerStory event) {
        Matcher timeline = TIMELINE.matcher(event.text());
        return timeline.find() ? Optional.of(Long.valueOf(timeline.group(1))) : Optional.empty();
    }

    /** By the configuration at once; it is done when the leader says so itself. */
    private Optional<String> aboutCluster(ReducerStory event) {
        boolean demoted = event.kind().equals("cluster_demoted");
        List<Span> moments = new ArrayList<>(truth.listingBecomes(listed -> hasStandbyLeader(listed) == demoted));
        for (String node : truth.nodes()) {
            moments.addAll(truth.becomes(
                    node,
                    own -> demoted
                            ? own.path("role").asText().equals("standby_leader") && Truth.isRunning(own)
                            : Truth.isPrimary(own)));
        }
        return happened(event, moments);
    }

    private static boolean hasStandbyLeader(JsonNode listing) {
        for (JsonNode member : listing) {
            if (member.path("role").asText().equals("standby_leader")) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> aboutViews(ReducerStory event) {
        if (event.kind().equals("dcs_unseen")) {
            Instant long_ago = event.at().minusSeconds(5);
            return truth.isSaidAround(
                            event.member(),
                            event.at(),
                            TOLERANCE,
                            own -> own.path("dcs_last_seen").asLong() < long_ago.getEpochSecond())
                    ? Optional.empty()
                    : Optional.of("it had seen the DCS less than 5 s before");
        }
        long primaries = truth.nodes().stream()
                .filter(member -> truth.isSaidAround(member, event.at(), TOLERANCE, Truth::isPrimary))
                .count();
        return primaries > 1 ? Optional.empty() : Optional.of(primaries + " ran as primary");
    }

    /** A Swarm is slower than its containers: it schedules before, and notices after. */
    private Optional<String> aboutEngine(ReducerStory event) {
        List<String> named = truth.nodes().stream()
                .filter(member -> event.text().contains(member))
                .toList();
        boolean happened = truth.told().engine().stream()
                .filter(change -> named.isEmpty() || named.stream().anyMatch(change.what()::contains))
                .anyMatch(change ->
                        Span.at(change.at()).isNear(event.at(), TOLERANCE.plusSeconds(3), TOLERANCE.plusSeconds(5)));
        return happened ? Optional.empty() : Optional.of("the engine did nothing then");
    }

    private Optional<String> aboutProxy(ReducerStory event) {
        boolean followed = event.kind().equals("proxy_followed");
        boolean up = followed || event.kind().endsWith("up");
        List<Span> moments = truth.told().proxy().stream()
                .filter(change -> event.text().contains(change.server()))
                // Following means as well that the old leader is no longer sent to.
                .filter(change -> followed ? change.backend().equals("leader") : change.up() == up)
                .filter(change -> followed || event.text().contains(change.backend()))
                .filter(change -> !change.first())
                .map(Testimony.ProxyChange::when)
                .toList();
        return followed && moments.isEmpty() ? Optional.of("HAProxy said nothing of it") : happened(event, moments);
    }

    /** It is in the nature of it that the two differ while one of them does not know yet; for how long, is the news. */
    private Optional<String> aboutAgreement(ReducerStory event) {
        Duration longest = TOLERANCE.plusSeconds(3);
        // patop tells it after 3 s, which it measures to a poll.
        List<Span> differing = truth.proxyDiffers().stream()
                .filter(span -> span.length().compareTo(Duration.ofSeconds(3).minus(TOLERANCE)) > 0)
                .toList();
        boolean right = event.kind().equals("proxy_disagrees")
                ? differing.stream().anyMatch(span -> span.isNear(event.at(), TOLERANCE, TOLERANCE))
                : differing.stream().anyMatch(span -> Span.at(span.to()).isNear(event.at(), TOLERANCE, longest));
        return right ? Optional.empty() : Optional.of("they differed " + differing);
    }

    private Optional<String> aboutWrites(ReducerStory event) {
        List<Span> outages = truth.outages(true);
        if (event.kind().equals("writes_fail")) {
            return happened(event, outages);
        }
        Optional<String> why =
                happened(event, outages.stream().map(gap -> Span.at(gap.to())).toList());
        if (why.isPresent()) {
            return why;
        }
        Truth.ProxiedOutage truly = truth.proxiedOutages().stream()
                .filter(gap -> Span.at(gap.seen().to()).isNear(event.at(), TOLERANCE, TOLERANCE))
                .max(Comparator.comparing(gap -> gap.seen().length()))
                .orElseThrow();
        return truly.difference(event.seconds().orElse(0.0)) > 0.2
                ? Optional.of("nobody could write for " + Span.text(truly.seen().length()))
                : Optional.empty();
    }

    /** Whether one of the moments is the event's, that no other event of its kind and member has told before. */
    private Optional<String> happened(ReducerStory event, List<Span> moments) {
        if (moments.isEmpty()) {
            return Optional.of("it never happened");
        }
        for (Span moment : moments) {
            if (moment.isNear(event.at(), TOLERANCE, late(event))) {
                Matcher timeline = TIMELINE.matcher(event.text());
                String once = event.kind() + " " + event.member()
                        + (event.kind().startsWith("proxy_server") ? event.text() : "") + " " + moment
                        + (timeline.find() ? timeline.group() : "");
                return used.add(once) ? Optional.empty() : Optional.of("told before");
            }
        }
        Duration nearest = moments.stream()
                .map(moment -> moment.isNear(event.at(), NONE, NONE)
                        ? NONE
                        : min(
                                Duration.between(event.at(), moment.from()).abs(),
                                Duration.between(moment.to(), event.at()).abs()))
                .min(Duration::compareTo)
                .orElseThrow();
        return Optional.of(Span.text(nearest) + " from where it happened");
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
