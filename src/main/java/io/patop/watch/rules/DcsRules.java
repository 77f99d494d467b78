package io.patop.watch.rules;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DcsOutage;
import io.patop.watch.model.Event;
import io.patop.watch.model.LeaderHealth;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules for outages of the DCS, which have one event at the beginning and one at the end. During an outage a node's
 * word on the leader key is ignored, and a slow node is no event, since it waits for the DCS.
 */
final class DcsRules {

    /** Longest time since a node's last answer for which it counts as answering for itself. */
    private static final Duration ANSWERED_LATELY = Duration.ofSeconds(5);

    /** Longest time after the end of an outage for which a failing request may still be from before it. */
    private static final Duration ASKED_BEFORE = Duration.ofSeconds(5);

    /** Shortest time of an answer of {@code /cluster} that has waited for the DCS. */
    private static final Duration WAITED = Duration.ofSeconds(1);

    private DcsRules() {}

    /**
     * The outage begins if nodes answer for themselves while {@code /cluster} hangs or breaks off on them more than
     * once, or on more than one. Once is not enough, since a leader that dies in the middle of an answer breaks off
     * too.
     */
    static void clusterFailed(DashboardBuilder draft, Observation.ClusterFailed failed) {
        Optional<Dashboard.ClusterApi.Failing> before = failing(draft);
        boolean hung = isHung(failed.failure());
        boolean known = draft.dcsOutage.isPresent();
        Optional<Instant> back = before.flatMap(Dashboard.ClusterApi.Failing::dcsBackAt);
        boolean old = back.filter(since -> Duration.between(since, draft.at).compareTo(ASKED_BEFORE) < 0)
                .isPresent();
        boolean lost = known || (hung && !old && before.isPresent() && answersItself(draft, failed.via()));
        Instant since = before.map(Dashboard.ClusterApi.Failing::since).orElse(draft.at);
        draft.clusterApi = new Dashboard.ClusterApi.Failing(
                since, failed.failure(), failed.via(), draft.clusterApi.lastAnswer(), lost, back);
        if (lost && !known) {
            begin(draft, before.orElseThrow(), failed.failure());
        }
        if (lost && hung) {
            draft.dcsOutage = draft.dcsOutage.map(
                    outage -> outage.failedOn(address(failed.via()), draft.at, membersAt(draft, failed.via())));
        }
    }

    private static void begin(DashboardBuilder draft, Dashboard.ClusterApi.Failing first, Failure failure) {
        Instant failedAt = first.since();
        Instant since = draft.leaderHealth
                .flatMap(LeaderHealth::signAt)
                .filter(sign -> sign.isBefore(failedAt) && leaderAnswers(draft))
                .filter(sign -> first.dcsBackAt().filter(sign::isBefore).isEmpty())
                .orElse(failedAt);
        DcsOutage outage = DcsOutage.begun(since);
        if (isHung(first.failure())) {
            outage = outage.failedOn(address(first.via()), failedAt, Set.of());
        }
        for (WatchedMember member : draft.members()) {
            outage = serving(outage, member.name(), member.status());
        }
        draft.dcsOutage = Optional.of(outage);
        draft.event(new Event(
                since,
                Event.Kind.DCS_LOST,
                Optional.empty(),
                "the DCS cannot be read: nodes answer for themselves, and /cluster "
                        + failure.kind().text() + "; " + serves(outage, "can"),
                Optional.empty()));
    }

    /**
     * The outage ends when {@code /cluster} answers on a node where it had failed. An answer of another node may come
     * from its cache, so it counts only if answers go on for longer than loop_wait.
     */
    static void clusterAnswered(DashboardBuilder draft, Observation.ClusterAnswered answered) {
        if (draft.dcsOutage.isEmpty()) {
            return;
        }
        DcsOutage outage = draft.dcsOutage.get().answers(draft.at);
        draft.dcsOutage = Optional.of(outage);
        Instant answers = outage.answersSince().orElseThrow();
        if (outage.hung().contains(address(answered.via()))) {
            boolean waited = answered.took().compareTo(WAITED) >= 0;
            end(draft, draft.at, waited ? draft.at : outage.hungAt());
        } else if (Duration.between(answers, draft.at).compareTo(config(draft).loopWait()) > 0) {
            end(draft, answers, outage.hungAt());
        }
    }

    /**
     * The outage ends when a node on which {@code /cluster} had failed reports a later contact with the DCS than the
     * first that it reported after that.
     */
    static void nodeAnswered(DashboardBuilder draft, Observation.NodeAnswered answered) {
        if (draft.dcsOutage.isEmpty()) {
            return;
        }
        NodeStatus now = answered.status();
        DcsOutage outage = serving(draft.dcsOutage.get(), answered.member(), Optional.of(now));
        Optional<Instant> then = Optional.ofNullable(outage.seenThen().get(answered.member()));
        if (now.dcsLastSeen().isPresent() && outage.hung().contains(address(answered.url()))) {
            outage = outage.seen(answered.member(), now.dcsLastSeen().get());
        }
        draft.dcsOutage = Optional.of(outage);
        if (then.filter(seen -> now.dcsLastSeen().filter(seen::isBefore).isPresent())
                .isPresent()) {
            end(draft, draft.at, outage.hungAt());
        }
    }

    private static DcsOutage serving(DcsOutage outage, String member, Optional<NodeStatus> status) {
        return status.filter(said -> said.state().isRunning())
                .map(said -> outage.served(member, said.role().isPrimary()))
                .orElse(outage);
    }

    /**
     * Ends the outage.
     *
     * @param at when the DCS was read again
     * @param notYet when it was known not to be read yet: what is told lasted until then at least
     */
    private static void end(DashboardBuilder draft, Instant at, Instant notYet) {
        DcsOutage outage = draft.dcsOutage.orElseThrow();
        draft.dcsOutage = Optional.empty();
        draft.event(new Event(
                at,
                Event.Kind.DCS_BACK,
                Optional.empty(),
                "the DCS can be read again; meanwhile " + serves(outage, "could"),
                Optional.of(MeasuredDuration.atLeast(Duration.between(outage.since(), notYet)))));
        if (draft.clusterApi instanceof Dashboard.ClusterApi.Failing failing) {
            draft.clusterApi = new Dashboard.ClusterApi.Failing(
                    at, failing.failure(), failing.via(), failing.lastAnsweredAt(), false, Optional.of(at));
        }
    }

    /** The text of which members can be written and which can be read. */
    private static String serves(DcsOutage outage, String can) {
        String write = outage.writers().isEmpty() ? "nobody " + can + " write" : all(outage.writers(), can) + "written";
        String read = outage.readers().isEmpty() ? "nobody " + can + " read" : all(outage.readers(), can) + "read";
        return write + ", " + read;
    }

    private static String all(Set<String> members, String can) {
        return String.join(" and ", members) + " " + can + " be ";
    }

    /**
     * Whether a node that did not answer in time is only slow because it waits for the DCS. It is if {@code /cluster}
     * hangs on other nodes too, and the node has answered within the time that an HA loop then takes.
     */
    static boolean explainsSlowness(DashboardBuilder draft, WatchedMember member, URI url, Failure failure) {
        if (failure.kind() != Failure.Kind.TIMED_OUT || !(member.api() instanceof Api.Answering last)) {
            return false;
        }
        boolean suspected = failing(draft)
                .filter(failing -> isHung(failing.failure()) && !failing.via().equals(url))
                .filter(failing -> answersItself(draft, failing.via()))
                .isPresent();
        return (draft.dcsOutage.isPresent() || suspected)
                && Duration.between(last.at(), draft.at).compareTo(patience(draft)) < 0;
    }

    /** How long a node may be without contact to the DCS before it counts as cut off: loop_wait and retry_timeout. */
    static Duration patience(DashboardBuilder draft) {
        DynamicConfig config = config(draft);
        return config.loopWait().plus(config.retryTimeout());
    }

    private static DynamicConfig config(DashboardBuilder draft) {
        return draft.config.orElse(new DynamicConfig(Map.of()));
    }

    private static Optional<Dashboard.ClusterApi.Failing> failing(DashboardBuilder draft) {
        return draft.clusterApi instanceof Dashboard.ClusterApi.Failing failing
                ? Optional.of(failing)
                : Optional.empty();
    }

    private static boolean isHung(Failure failure) {
        return switch (failure.kind()) {
            case TIMED_OUT, BROKEN_OFF, REJECTED -> true;
            default -> false;
        };
    }

    private static boolean answersItself(DashboardBuilder draft, URI url) {
        return draft.members().stream()
                .anyMatch(member -> member.api() instanceof Api.Answering answering
                        && answering.url().equals(url)
                        && Duration.between(answering.at(), draft.at).compareTo(ANSWERED_LATELY) < 0);
    }

    private static boolean leaderAnswers(DashboardBuilder draft) {
        return draft.leader().filter(WatchedMember::answers).isPresent();
    }

    private static Set<String> membersAt(DashboardBuilder draft, URI url) {
        return draft.members().stream()
                .filter(member -> member.api().asked().filter(url::equals).isPresent())
                .map(WatchedMember::name)
                .collect(Collectors.toSet());
    }

    private static String address(URI url) {
        return String.valueOf(url.getRawAuthority());
    }
}
