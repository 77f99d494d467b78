package io.patop.drill;

import io.patop.cluster.Timeline;
import io.patop.probe.ClientLoad;
import io.patop.probe.Clients;
import io.patop.probe.Numbers;
import io.patop.time.MeasuredDuration;
import io.patop.watch.bill.Advice;
import io.patop.watch.bill.Bill;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.Stage;
import io.patop.watch.bill.Term;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports for the tests of formats: one that met its goals, and one with all that can go wrong. */
final class Samples {

    private static final Instant BEGAN = Instant.parse("2026-11-24T12:00:00Z");

    private Samples() {}

    static DrillReport met() {
        DrillPlan plan = DrillPlan.of(
                List.of(Fault.STOP, Fault.KILL, Fault.SWITCHOVER),
                new Target.Leader(),
                1,
                new Objectives(Optional.of(Duration.ofSeconds(30)), 0));
        return new DrillReport(
                plan,
                "patroni",
                BEGAN,
                BEGAN.plusSeconds(142),
                settings("strict"),
                "patop@haproxy:5000/postgres, 10 writes a second",
                List.of(
                        run(1, Fault.STOP, "patroni1", "patroni2", 1, 3070),
                        run(2, Fault.KILL, "patroni2", "patroni3", 2, 21_640),
                        run(3, Fault.SWITCHOVER, "patroni3", "patroni1", 3, 2210)),
                Numbers.NONE,
                Optional.empty(),
                List.of(),
                io.patop.watch.lanes.Lanes.EMPTY);
    }

    /** A run that reached each phase that there is. */
    static DrillRun allPhases() {
        DrillRun run = run(1, Fault.KILL, "patroni1", "patroni2", 1, 21_640);
        Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, Duration.ofSeconds(phases.size()));
        }
        return new DrillRun(
                run.number(),
                run.fault(),
                run.member(),
                run.role(),
                run.began(),
                run.change(),
                phases,
                run.expected(),
                run.writes(),
                run.whole(),
                run.bill(),
                run.troubles(),
                run.evidence(),
                run.clients());
    }

    /** Names that are markup, and one that takes the terminal. */
    static DrillReport missed() {
        DrillPlan plan = DrillPlan.of(
                List.of(Fault.KILL),
                new Target.EachInTurn(),
                1,
                new Objectives(Optional.of(Duration.ofSeconds(10)), 0));
        DrillRun bad = run(1, Fault.KILL, "a|<b>&\"c\"", "\u001b[31mred", 1, 21_640);
        DrillRun.Writes lossy = new DrillRun.Writes(
                bad.writes().measured(),
                bad.writes().outageBegan(),
                true,
                Numbers.of(1042, 1043, 1044, 1051),
                3,
                1,
                Numbers.of(7));
        DrillRun never = new DrillRun(
                2,
                Fault.KILL,
                "patroni2",
                "replica",
                BEGAN.plusSeconds(60),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                DrillRun.Writes.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of("not whole again within 300 s: patroni2 is stopped"),
                Optional.of("/home/me/.local/state/patop/evidence/patroni-20261124-120700-run-2"),
                Optional.empty());
        return new DrillReport(
                plan,
                "pa<troni>",
                BEGAN,
                BEGAN.plusSeconds(420),
                settings("off"),
                "patop@haproxy:5000/postgres, 10 writes a second",
                List.of(
                        new DrillRun(
                                bad.number(),
                                bad.fault(),
                                bad.member(),
                                bad.role(),
                                bad.began(),
                                bad.change(),
                                bad.phases(),
                                bad.expected(),
                                lossy,
                                bad.whole(),
                                bad.bill(),
                                List.of(),
                                Optional.empty(),
                                Optional.of(clients())),
                        never),
                Numbers.of(2000),
                Optional.of("the cluster is not whole again: patroni2 is stopped"),
                List.of("docker service scale patroni_patroni2=1"),
                io.patop.watch.lanes.Lanes.EMPTY);
    }

    private static Settings settings(String synchronous) {
        return new Settings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                1_048_576,
                synchronous,
                List.of("patroni1", "patroni2", "patroni3"),
                List.of("3.0.2"),
                List.of("15.13"));
    }

    private static DrillRun run(int number, Fault fault, String member, String leader, int timeline, long outage) {
        Instant began = BEGAN.plusSeconds(40L * number);
        return new DrillRun(
                number,
                fault,
                member,
                "leader",
                began,
                Optional.of(new DrillRun.Change(
                        Failover.Outcome.FAILOVER,
                        Optional.of(leader),
                        Timeline.of(timeline),
                        Timeline.of(timeline + 1))),
                Map.of(
                        Phase.LEADER_LOST, Duration.ofMillis(210),
                        Phase.NEW_LEADER, Duration.ofMillis(outage - 900),
                        Phase.PROMOTED, Duration.ofMillis(outage - 400),
                        Phase.FIRST_WRITE, Duration.ofMillis(outage + 50),
                        Phase.REPLICAS_STREAMING, Duration.ofMillis(outage + 600),
                        Phase.OLD_LEADER_BACK, Duration.ofMillis(outage + 5000)),
                Optional.of(expected(fault)),
                new DrillRun.Writes(
                        new MeasuredDuration(Duration.ofMillis(outage - 120), Optional.of(Duration.ofMillis(outage))),
                        Optional.of(began.plusMillis(50)),
                        true,
                        Numbers.NONE,
                        1,
                        0,
                        Numbers.NONE),
                Optional.of(Duration.ofMillis(outage + 5200)),
                Optional.of(bill(outage)),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Estimate expected(Fault fault) {
        return fault == Fault.KILL
                ? new Estimate(List.of(
                        new Term(Stage.KEY_EXPIRES, Duration.ofSeconds(18), Duration.ofSeconds(22), "ttl"),
                        new Term(Stage.PROMOTION, Duration.ofSeconds(1), Duration.ofSeconds(2), "no setting")))
                : new Estimate(List.of(
                        new Term(Stage.KEY_RELEASED, Duration.ofSeconds(1), Duration.ofSeconds(4), "no setting")));
    }

    /** Some of whose writes were never acknowledged; of the time after the fault nothing is known. */
    private static ClientLoad clients() {
        ClientLoad.Percentiles quick = new ClientLoad.Percentiles(
                Duration.ofNanos(2_400_000), Duration.ofMillis(9), Duration.ofMillis(31), Duration.ofMillis(44));
        ClientLoad.Percentiles slow = new ClientLoad.Percentiles(
                Duration.ofMillis(21_400),
                Duration.ofMillis(22_050),
                Duration.ofMillis(22_300),
                Duration.ofMillis(22_310));
        return new ClientLoad(
                50,
                Map.of(
                        Clients.Period.BEFORE, new ClientLoad.Counts(312, Optional.of(quick), 0, 0, 0, 0),
                        Clients.Period.DURING, new ClientLoad.Counts(48, Optional.of(slow), 2, 917, 50, 50)));
    }

    private static Bill bill(long outage) {
        Advice shorter = new Advice(Map.of("ttl", 20L), "ttl 20", Duration.ofSeconds(9), "a hiccup fails over");
        boolean expired = outage > 20_000;
        return new Bill(
                List.of(
                        new Bill.Piece(
                                expired ? Stage.KEY_EXPIRES : Stage.KEY_RELEASED,
                                Duration.ofMillis(outage - 900),
                                expired ? "ttl 30 s" : "no setting"),
                        new Bill.Piece(Stage.PROMOTION, Duration.ofMillis(900), "no setting")),
                expired ? List.of(shorter) : List.of());
    }
}
