package io.patop.drill;

import io.patop.cluster.Answer;
import io.patop.control.FaultInjector;
import io.patop.probe.ClientLoad;
import io.patop.text.DurationText;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.DrillProgress.Stage;
import io.patop.watch.model.MonitoringGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A drill as a state machine: it is given dashboards with the time, and returns what to do next. Each run goes from
 * {@link Stage#CHECK} through the fault and its outage to {@link Stage#RESTORE}, and ends in {@link Stage#RECOVERY}
 * when all is well again. It has no clock and no I/O, so that a made-up or recorded session can test it. For one
 * thread at a time.
 *
 * <p>The drill owes the repair of what it broke, and is not over as long as {@link #owed} is not empty. A drill that
 * is cancelled, or whose run fails, makes these repairs first, and tries again until it is told to {@link #giveUp}.
 */
public final class Drill {

    /** Wait between two tries to undo. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** How long a killed member may take to be started again by whatever runs it. */
    private static final Duration REVIVAL = Duration.ofSeconds(10);

    /** Longest wait for the reading back after all members are well again. */
    private static final Duration VERIFYING = Duration.ofSeconds(30);

    private final DrillPlan plan;
    private final FaultInjector injector;
    private final List<DrillRun> runs = new ArrayList<>();
    private final Deque<DrillOrder> due = new ArrayDeque<>();
    private final List<Action> owed = new ArrayList<>();
    private final List<Duration> lengths = new ArrayList<>();

    private SortedSet<String> members = new TreeSet<>();
    private List<DrillPlan.Turn> turns = List.of();
    private Stage stage = Stage.CHECK;
    private Instant since;
    private String detail = "waiting for the cluster to be whole";
    private Optional<Instant> wellSince = Optional.empty();
    private Optional<FaultInProgress> strike = Optional.empty();
    private Optional<DrillOrder> underWay = Optional.empty();
    private Instant notBefore;
    private Optional<String> abandoned = Optional.empty();
    private Instant seenAt;
    private Optional<Unrecovered> unrecovered = Optional.empty();
    private Optional<String> evidence = Optional.empty();
    private boolean revived;
    private boolean cancelled;

    /** A drill of Docker's and Patroni's own faults, that starts with the first dashboard. */
    public Drill(DrillPlan plan, Instant now) {
        this(plan, FaultInjector.NONE, now);
    }

    /** A drill that starts with the first dashboard. */
    public Drill(DrillPlan plan, FaultInjector injector, Instant now) {
        this.plan = plan;
        this.injector = injector;
        this.since = now;
        this.notBefore = now;
        this.seenAt = now;
    }

    /** Takes a new dashboard. The returned order, if any, must be carried out and then answered. */
    public Optional<DrillOrder> see(Dashboard dashboard, Instant now) {
        wakeUp(dashboard);
        seenAt = now;
        if (underWay.isPresent() || stage == Stage.ENDED) {
            return Optional.empty();
        }
        boolean moves = true;
        while (due.isEmpty() && moves) {
            Stage before = stage;
            step(dashboard, now);
            moves = stage != before;
        }
        if (due.isEmpty() || now.isBefore(notBefore)) {
            return Optional.empty();
        }
        underWay = Optional.of(due.peek());
        return underWay;
    }

    /** Restarts the measurements and waits after a monitoring gap, so that none of them spans it. */
    private void wakeUp(Dashboard dashboard) {
        Optional<MonitoringGap> gap =
                dashboard.unwatched().filter(last -> last.until().isAfter(seenAt));
        if (gap.isEmpty()) {
            return;
        }
        wellSince = Optional.empty();
        since = gap.get().until();
        strike.ifPresent(struck -> struck.spoil(
                "void: nobody watched for " + DurationText.text(gap.get().lasted()) + " in the midst of it"));
    }

    private void step(Dashboard dashboard, Instant now) {
        switch (stage) {
            case CHECK -> check(dashboard, now);
            case FAULT -> enter(Stage.OUTAGE, now);
            case OUTAGE -> outage(dashboard, now);
            case RESTORE -> restore(now);
            case RECOVERY -> recovery(dashboard, now);
            case ENDED -> {}
        }
    }

    /** Takes the result of the last order. */
    public void answered(Answer<String> answer, Instant now) {
        DrillOrder order = underWay.orElseThrow();
        underWay = Optional.empty();
        if (answer.failure().isEmpty()) {
            due.remove();
            if (order.purpose() == DrillOrder.Purpose.UNDO) {
                owed.remove(order.action());
            } else if (due.isEmpty()) {
                strike.ifPresent(struck -> struck.done(now));
            }
            return;
        }
        String why = answer.failure().get().message();
        if (order.purpose() == DrillOrder.Purpose.BREAK) {
            due.clear();
            abandon("could not " + order.action().text() + ": " + why, now);
        } else if (isOverdue(now)) {
            abandoned = Optional.of("could not " + order.action().text() + ": " + why);
            giveUp(now);
        } else {
            // The others are not left broken until this one can be undone.
            due.add(due.remove());
            notBefore = now.plus(AGAIN);
            detail = "could not " + order.action().text() + " yet: " + why;
        }
    }

    /** Ends the drill early: it breaks nothing more, and undoes what it owes. */
    public void cancel(Instant now) {
        if (cancelled || stage == Stage.ENDED) {
            return;
        }
        cancelled = true;
        abandoned = Optional.of("cancelled");
        due.removeIf(order -> !Optional.of(order).equals(underWay));
        if (due.isEmpty() && owed.isEmpty()) {
            end(now);
        } else {
            enter(Stage.RESTORE, now);
        }
    }

    /** Ends the drill now, whatever it owes. */
    public void giveUp(Instant now) {
        due.clear();
        underWay = Optional.empty();
        end(now);
    }

    /**
     * What the cluster has not recovered from, once: the evidence of that is kept now, before anything is put right.
     */
    public Optional<Unrecovered> unrecovered() {
        Optional<Unrecovered> pending = unrecovered;
        unrecovered = Optional.empty();
        return pending;
    }

    /** Takes the place where the evidence of the present run, or of the one that has just ended, is kept. */
    public void keptEvidence(String place) {
        if (strike.isPresent()) {
            evidence = Optional.of(place);
        } else if (!runs.isEmpty()) {
            runs.set(runs.size() - 1, runs.get(runs.size() - 1).with(place));
        }
    }

    /** Takes what the clients met with in the run that has just ended. */
    void measured(ClientLoad load) {
        runs.set(runs.size() - 1, runs.get(runs.size() - 1).with(load));
    }

    /** What the drill has broken, as the actions that undo it. */
    public List<Action> owed() {
        return List.copyOf(owed);
    }

    /** Whether the drill has ended. */
    public boolean isOver() {
        return stage == Stage.ENDED;
    }

    /** The runs that have ended. */
    public List<DrillRun> runs() {
        return List.copyOf(runs);
    }

    /** Why the drill ended early; empty if it did not. */
    public Optional<String> abandoned() {
        return abandoned;
    }

    /** The plan of the drill. */
    public DrillPlan plan() {
        return plan;
    }

    /** The progress of the drill, without its result: whoever makes the report adds that. */
    public DrillProgress progress() {
        return new DrillProgress(
                plan.text(),
                Math.min(turns.size(), runs.size() + 1),
                turns.size(),
                stage,
                detail,
                since,
                strike.map(struck -> new DrillProgress.Struck(struck.at(), struck.text())),
                left(),
                owed.stream().map(Action::shellCommand).toList(),
                runs.stream()
                        .map(run -> new DrillProgress.Line(
                                RunLine.of(run), plan.goals().missedBy(run).isEmpty()))
                        .toList(),
                Optional.empty());
    }

    private void check(Dashboard dashboard, Instant now) {
        List<String> troubles = turns.isEmpty() ? Readiness.troubles(plan, dashboard, injector) : notWhole(dashboard);
        if (!troubles.isEmpty()) {
            wellSince = Optional.empty();
            detail = troubles.get(0);
            if (isOverdue(now)) {
                abandon("not whole within " + plan.patience().toSeconds() + " s: " + troubles.get(0), now);
            }
            return;
        }
        detail = "all is well";
        if (wellSince.isEmpty()) {
            wellSince = Optional.of(now);
        }
        if (Duration.between(wellSince.get(), now).compareTo(plan.settle()) < 0) {
            return;
        }
        if (turns.isEmpty()) {
            members = Readiness.members(dashboard);
            turns = plan.turns(members);
        }
        strike(dashboard, turns.get(runs.size()), now);
    }

    private void strike(Dashboard dashboard, DrillPlan.Turn turn, Instant now) {
        Optional<String> member = turn.target().present(dashboard);
        if (member.isEmpty()) {
            abandon(turn.target().text() + " is nobody now", now);
            return;
        }
        FaultPlan made = FaultPlans.of(turn.fault(), member.get(), dashboard, injector);
        made.hindrance().ifPresent(why -> abandon(why, now));
        made.possible().ifPresent(possible -> strike(possible, turn, dashboard, now));
    }

    private void strike(FaultPlan.Possible possible, DrillPlan.Turn turn, Dashboard dashboard, Instant now) {
        strike = Optional.of(FaultInProgress.of(turn, possible.member(), dashboard, now));
        owed.addAll(possible.undo());
        possible.orders().forEach(action -> due.add(new DrillOrder(action, DrillOrder.Purpose.BREAK)));
        revived = false;
        enter(Stage.FAULT, now);
        detail = strike.get().text();
    }

    private void outage(Dashboard dashboard, Instant now) {
        FaultInProgress struck = strike.orElseThrow();
        detail = struck.awaited(dashboard);
        Optional<String> cameBack = struck.leadsOn(dashboard);
        Optional<String> neverPromoted = struck.neverPromoted(dashboard);
        if (struck.isVoid() || struck.isServed(dashboard, now)) {
            enter(Stage.RESTORE, now);
        } else if (cameBack.isPresent()) {
            struck.trouble(cameBack.get());
            enter(Stage.RESTORE, now);
        } else if (neverPromoted.isPresent()) {
            notRecovered(struck, neverPromoted.get());
            enter(Stage.RESTORE, now);
        } else if (isOverdue(now)) {
            notRecovered(struck, "did not serve again within " + plan.patience().toSeconds() + " s: " + detail);
            enter(Stage.RESTORE, now);
        }
    }

    private void notRecovered(FaultInProgress struck, String why) {
        struck.trouble(why);
        unrecovered = Optional.of(new Unrecovered(runs.size() + 1, struck.text(), why));
    }

    private void restore(Instant now) {
        if (!owed.isEmpty()) {
            detail = owed.get(0).text();
            since = now;
            owed.forEach(action -> due.add(new DrillOrder(action, DrillOrder.Purpose.UNDO)));
        } else if (abandoned.isPresent()) {
            end(now);
        } else {
            enter(Stage.RECOVERY, now);
        }
    }

    private void recovery(Dashboard dashboard, Instant now) {
        FaultInProgress struck = strike.orElseThrow();
        List<String> troubles = notWhole(dashboard);
        if (troubles.isEmpty()) {
            struck.whole(now);
            troubles = struck.unconfirmed(dashboard).stream().toList();
        } else {
            struck.relapsed();
        }
        if (troubles.isEmpty()) {
            boolean verified = ProbeCounts.isVerified(dashboard, struck.at());
            detail = verified ? "all is well" : "reading all writes back";
            if (verified || Duration.between(struck.whole(now), now).compareTo(VERIFYING) > 0) {
                finish(struck.run(runs.size() + 1, dashboard, now), now);
            }
            return;
        }
        detail = troubles.get(0);
        if (isOverdue(now)) {
            notRecovered(struck, "not whole again within " + plan.patience().toSeconds() + " s: " + troubles.get(0));
            abandoned = Optional.of("the cluster is not whole again: " + troubles.get(0));
            finish(struck.run(runs.size() + 1, dashboard, now), now);
        } else if (struck.fault().includes(Fault.CRASH) && !revived && isDue(REVIVAL, now)) {
            revive(dashboard, struck);
        }
    }

    /** Why the cluster is not whole. A cluster that nobody can write to is not, however well its members are. */
    private List<String> notWhole(Dashboard dashboard) {
        return concat(Health.troubles(dashboard, members), Readiness.probe(dashboard));
    }

    private void revive(Dashboard dashboard, FaultInProgress struck) {
        List<Action> revival = FaultPlans.revival(struck.member(), dashboard, injector);
        revived = !revival.isEmpty();
        for (Action action : revival) {
            boolean last = action.equals(revival.get(revival.size() - 1));
            due.add(new DrillOrder(action, last ? DrillOrder.Purpose.UNDO : DrillOrder.Purpose.BREAK));
            if (last) {
                owed.add(action);
            }
        }
    }

    private void finish(DrillRun run, Instant now) {
        runs.add(evidence.map(run::with).orElse(run));
        evidence = Optional.empty();
        lengths.add(Duration.between(run.began(), now).plus(plan.settle()));
        strike = Optional.empty();
        if (abandoned.isPresent() || runs.size() == turns.size()) {
            end(now);
        } else {
            wellSince = Optional.empty();
            enter(Stage.CHECK, now);
        }
    }

    private void abandon(String why, Instant now) {
        abandoned = abandoned.or(() -> Optional.of(why));
        enter(Stage.RESTORE, now);
        detail = why;
    }

    private void end(Instant now) {
        // Of a run that could not be ended the report has no line, but its evidence must be found.
        evidence.ifPresent(place -> abandoned =
                Optional.of(abandoned.orElse("a run did not end") + "; the evidence of that run: " + place));
        evidence = Optional.empty();
        enter(Stage.ENDED, now);
        detail = abandoned.orElse("done");
    }

    private void enter(Stage next, Instant now) {
        stage = next;
        since = now;
        notBefore = now;
    }

    private boolean isOverdue(Instant now) {
        return isDue(plan.patience(), now);
    }

    private boolean isDue(Duration after, Instant now) {
        return Duration.between(since, now).compareTo(after) >= 0;
    }

    /**
     * An estimate of the remaining time: the mean length of the ended runs for each run to come, less the time used
     * in the present one.
     */
    private Optional<Duration> left() {
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        Duration mean = lengths.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(lengths.size());
        Duration used =
                strike.map(struck -> Duration.between(struck.at(), since)).orElse(Duration.ZERO);
        Duration all =
                mean.multipliedBy(Math.max(0, turns.size() - runs.size())).minus(used);
        return Optional.of(all.isNegative() ? Duration.ZERO : all);
    }

    private static List<String> concat(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
