package io.patop.watch.rules;

import io.patop.time.MeasuredDuration;
import io.patop.watch.bill.Bill;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Outage;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import java.util.Optional;

/** Tells, once for each change of leader, where its time went. */
final class BillRules {

    private BillRules() {}

    static void apply(DashboardBuilder draft) {
        if (draft.config.isEmpty()) {
            return;
        }
        for (Failover change : draft.changes()) {
            boolean told = draft.earlierFailover()
                    .filter(before -> before.oldLeader().equals(change.oldLeader())
                            && before.newLeader().equals(change.newLeader())
                            && isDue(draft, before))
                    .isPresent();
            if (!told && isDue(draft, change)) {
                tell(draft, change);
            }
        }
    }

    private static boolean isDue(DashboardBuilder draft, Failover change) {
        return Bill.isDue(
                change,
                draft.probe.filter(ProbeStatus::isRunning).isPresent(),
                draft.proxies().stream().anyMatch(proxy -> proxy.answers() && proxy.servesLeader()));
    }

    private static void tell(DashboardBuilder draft, Failover change) {
        FailoverTiming timing = FailoverTiming.of(draft.config.orElseThrow(), draft.proxies(), draft.probe);
        Optional<Outage> outage = Bill.outage(change, draft.probe);
        Bill.of(change, outage, timing)
                .filter(bill -> !bill.pieces().isEmpty())
                .ifPresent(bill -> draft.event(new Event(
                        draft.at,
                        Event.Kind.OUTAGE_BILL,
                        change.newLeader(),
                        "where the time went: " + bill.text(),
                        outage.flatMap(Outage::length).or(() -> untilLast(change)))));
    }

    /** The time until the last phase that a bill counts. */
    private static Optional<MeasuredDuration> untilLast(Failover change) {
        return change.until(Phase.FIRST_WRITE)
                .or(() -> change.until(Phase.PROXY_ROUTES))
                .or(() -> change.until(Phase.PROMOTED));
    }
}
