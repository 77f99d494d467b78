package io.patop.watch.rules;

import io.patop.haproxy.Condition;
import io.patop.haproxy.ProxyView;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.StatRow;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Event;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProxyReply;
import io.patop.watch.model.ProxyStatus;
import io.patop.watch.model.TrafficRates;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules for what an HAProxy tells, and for its silence. */
final class ProxyRules {

    private ProxyRules() {}

    static void answered(DashboardBuilder draft, Observation.ProxyAnswered answered) {
        WatchedProxy before = draft.proxy(answered.proxy());
        ProxyView view = answered.view();
        WatchedProxy now = before.withStatus(new ProxyStatus.Answering(answered.at(), answered.took(), view));
        now = now.withFlows(flows(draft, before.flows(), view));
        draft.put(ProxyMatching.match(draft, now));
        if (before.status() instanceof ProxyStatus.Silent silent
                && silent.before().isPresent()) {
            TimeBounds lost = new TimeBounds(silent.before().get().askedAt(), silent.since());
            draft.event(new Event(
                    draft.at,
                    Event.Kind.PROXY_BACK,
                    Optional.empty(),
                    named(draft, now) + " answers again",
                    Optional.of(MeasuredDuration.between(lost, new TimeBounds(silent.at(), draft.at)))));
        }
        before.status().view().ifPresent(earlier -> compare(draft, now(draft, before), earlier, view));
    }

    static void failed(DashboardBuilder draft, Observation.ProxyFailed failed) {
        WatchedProxy before = draft.proxy(failed.proxy());
        if (before.status() instanceof ProxyStatus.Silent silent) {
            draft.put(before.withStatus(
                    new ProxyStatus.Silent(silent.since(), draft.at, failed.failure(), silent.before())));
            return;
        }
        Optional<ProxyStatus.Answering> last = before.status().lastAnswer();
        draft.put(before.withStatus(new ProxyStatus.Silent(draft.at, draft.at, failed.failure(), last)));
        if (last.isPresent()) {
            draft.event(Event.Kind.PROXY_LOST, failed.failure().message());
        }
    }

    static void replied(DashboardBuilder draft, Observation.ProxyReplied replied) {
        WatchedProxy proxy = draft.proxy(replied.proxy());
        List<ProxyReply> replies = new ArrayList<>(proxy.replies());
        replies.add(new ProxyReply(replied.at(), replied.command(), replied.answer(), replied.failed()));
        draft.put(
                proxy.withReplies(replies.subList(Math.max(0, replies.size() - WatchedProxy.REPLIES), replies.size())));
    }

    /** {@code HAProxy} alone if there is only one, else with its address. */
    static String named(DashboardBuilder draft, WatchedProxy proxy) {
        return draft.proxies().size() > 1 ? "HAProxy " + proxy.name() : "HAProxy";
    }

    private static WatchedProxy now(DashboardBuilder draft, WatchedProxy before) {
        return draft.proxy(before.name());
    }

    private static Map<String, TrafficRates> flows(
            DashboardBuilder draft, Map<String, TrafficRates> before, ProxyView view) {
        Map<String, TrafficRates> flows = new HashMap<>();
        for (StatRow row : view.rows()) {
            TrafficRates.Counters counters = TrafficRates.Counters.of(row);
            TrafficRates old = before.get(row.key());
            flows.put(row.key(), old == null ? TrafficRates.begun(draft.at, counters) : old.next(draft.at, counters));
        }
        return flows;
    }

    private static void compare(DashboardBuilder draft, WatchedProxy proxy, ProxyView earlier, ProxyView now) {
        if (hasRestarted(earlier, now)) {
            draft.event(Event.Kind.PROXY_RESTARTED, named(draft, proxy) + " was restarted: its counters begin again");
        }
        Map<String, StatRow> before = new HashMap<>();
        earlier.rows().forEach(row -> before.put(row.key(), row));
        for (StatRow row : now.rows()) {
            StatRow old = before.get(row.key());
            if (row.kind() == RowKind.SERVER && old != null && old.condition() != row.condition()) {
                serverChanged(draft, proxy, old, row);
            }
        }
    }

    /**
     * Whether the HAProxy was restarted, by what its stats socket tells of the process. The stats page tells nothing
     * of it.
     */
    private static boolean hasRestarted(ProxyView earlier, ProxyView now) {
        Optional<Long> before = earlier.info().flatMap(info -> info.number("Uptime_sec"));
        Optional<Long> after = now.info().flatMap(info -> info.number("Uptime_sec"));
        return before.isPresent() && after.isPresent() && after.get() < before.get();
    }

    private static void serverChanged(DashboardBuilder draft, WatchedProxy proxy, StatRow old, StatRow row) {
        Event.Kind kind =
                switch (row.condition()) {
                    case UP -> Event.Kind.PROXY_SERVER_UP;
                    case DOWN -> Event.Kind.PROXY_SERVER_DOWN;
                    default -> Event.Kind.PROXY_SERVER_OUT;
                };
        String check = row.condition() == Condition.DOWN ? check(row) : "";
        draft.event(
                kind,
                proxy.server(row.key()).flatMap(MatchedServer::member),
                named(draft, proxy) + ": server " + row.key() + " is " + row.status() + check + " (was " + old.status()
                        + ")",
                Optional.empty());
    }

    /** The check's result, as {@code , check L7STS/503}. */
    private static String check(StatRow row) {
        String status = row.text("check_status").replace("*", "").strip();
        String code = row.text("check_code");
        return status.isEmpty() ? "" : ", check " + status + (code.isEmpty() ? "" : "/" + code);
    }
}
