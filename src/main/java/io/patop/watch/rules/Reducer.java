package io.patop.watch.rules;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import java.util.Optional;

/**
 * Folds observations into a dashboard, and is the only place where events are derived. It is pure, without a clock or
 * I/O, so that a recorded failover can be used as a test.
 *
 * <p>Two sources tell of a member: its own API, which is live, and {@code /cluster}, which shows the DCS as of up to
 * loop_wait ago and lists dead members until their ttl ends. Presence, promotion and trouble are taken from whichever
 * shows them first; the leader is taken from the DCS only, since the DCS decides.
 */
public final class Reducer {

    private Reducer() {}

    /** Returns the dashboard after one more observation. */
    public static Dashboard reduce(Dashboard before, Observation observation) {
        DashboardBuilder draft = new DashboardBuilder(before, observation.at());
        observation.accept(new Rules(draft));
        ProxyJudgement.apply(draft);
        SelfDemotionRules.apply(draft);
        FailoverRules.apply(draft);
        BillRules.apply(draft);
        TakeoverRules.apply(draft, observation);
        LaneRules.apply(draft, observation);
        return draft.done();
    }

    /** Calls the rules for each kind of observation. */
    private record Rules(DashboardBuilder draft) implements Observation.Visitor {

        @Override
        public void nodeAnswered(Observation.NodeAnswered observation) {
            NodeRules.answered(draft, observation);
            LaneRules.answered(draft, observation);
        }

        @Override
        public void nodeFailed(Observation.NodeFailed observation) {
            NodeRules.failed(draft, observation);
        }

        @Override
        public void clusterAnswered(Observation.ClusterAnswered observation) {
            ClusterRules.answered(draft, observation);
            DockerRules.membersListed(draft);
            ProxyJudgement.membersListed(draft);
        }

        @Override
        public void clusterFailed(Observation.ClusterFailed observation) {
            DcsRules.clusterFailed(draft, observation);
        }

        @Override
        public void otherClusterFound(Observation.OtherClusterFound observation) {
            ClusterRules.otherFound(draft, observation);
        }

        @Override
        public void historyAnswered(Observation.HistoryAnswered observation) {
            draft.history = Optional.of(observation.history());
        }

        @Override
        public void configAnswered(Observation.ConfigAnswered observation) {
            draft.config = Optional.of(observation.config());
        }

        @Override
        public void dockerAnswered(Observation.DockerAnswered observation) {
            DockerRules.answered(draft, observation);
        }

        @Override
        public void dockerFailed(Observation.DockerFailed observation) {
            DockerRules.failed(draft, observation);
        }

        @Override
        public void proxyAnswered(Observation.ProxyAnswered observation) {
            ProxyRules.answered(draft, observation);
            LaneRules.answered(draft, observation);
        }

        @Override
        public void proxyFailed(Observation.ProxyFailed observation) {
            ProxyRules.failed(draft, observation);
        }

        @Override
        public void proxyReplied(Observation.ProxyReplied observation) {
            ProxyRules.replied(draft, observation);
        }

        @Override
        public void probeStarted(Observation.ProbeStarted observation) {
            ProbeRules.started(draft, observation);
        }

        @Override
        public void probeWrote(Observation.ProbeWrote observation) {
            ProbeRules.wrote(draft, observation);
            LaneRules.wrote(draft, observation);
        }

        @Override
        public void probeRead(Observation.ProbeRead observation) {
            ProbeRules.read(draft, observation);
            LaneRules.read(draft, observation);
        }

        @Override
        public void probeVerified(Observation.ProbeVerified observation) {
            ProbeRules.verified(draft, observation);
        }

        @Override
        public void probeFoundRivals(Observation.ProbeFoundRivals observation) {
            ProbeRules.foundRivals(draft, observation);
        }

        @Override
        public void probeEnded(Observation.ProbeEnded observation) {
            ProbeRules.ended(draft, observation);
        }

        @Override
        public void drillReported(Observation.DrillReported observation) {
            DrillRules.reported(draft, observation.progress());
        }

        @Override
        public void notWatched(Observation.NotWatched observation) {
            SuspendRules.notWatched(draft, observation);
            LaneRules.notWatched(draft, observation);
        }

        @Override
        public void clockSet(Observation.ClockSet observation) {
            SuspendRules.clockSet(draft, observation);
        }

        @Override
        public void recordingFailed(Observation.RecordingFailed observation) {
            draft.event(Event.Kind.RECORDING_FAILED, observation.why());
        }

        @Override
        public void actionReported(Observation.ActionReported observation) {
            ActionRules.reported(draft, observation);
        }
    }
}
