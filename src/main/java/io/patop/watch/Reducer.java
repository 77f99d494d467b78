package io.patop.watch;

import java.util.Optional;

/**
 * Folds observations into a dashboard. Pure: no clock but the observations' own times, no I/O, the same
 * answer for the same input; so a recorded failover is a test of it. What happened (the events) is derived
 * here and nowhere else.
 *
 * <p>Two sources tell of a member: its own API, live, and {@code /cluster}, the DCS as of up to loop_wait ago
 * and with the dead in it until their ttl ends. So presence, promotion and trouble come from whichever tells
 * first; who leads comes from the DCS alone, since it decides.
 */
public final class Reducer {

    private Reducer() {}

    /** The dashboard after one more observation. */
    public static Dashboard reduce(Dashboard before, Observation observation) {
        Draft draft = new Draft(before, observation.at());
        if (observation instanceof Observation.NodeAnswered answered) {
            NodeRules.answered(draft, answered);
        } else if (observation instanceof Observation.NodeFailed failed) {
            NodeRules.failed(draft, failed);
        } else if (observation instanceof Observation.ClusterAnswered answered) {
            ClusterRules.answered(draft, answered);
            DockerRules.membersListed(draft);
            ProxyJudgement.membersListed(draft);
        } else if (observation instanceof Observation.ClusterFailed failed) {
            DcsRules.clusterFailed(draft, failed);
        } else if (observation instanceof Observation.OtherClusterFound found) {
            ClusterRules.otherFound(draft, found);
        } else if (observation instanceof Observation.HistoryAnswered answered) {
            draft.history = Optional.of(answered.history());
        } else if (observation instanceof Observation.ConfigAnswered answered) {
            draft.config = Optional.of(answered.config());
        } else if (observation instanceof Observation.DockerAnswered answered) {
            DockerRules.answered(draft, answered);
        } else if (observation instanceof Observation.DockerFailed failed) {
            DockerRules.failed(draft, failed);
        } else if (observation instanceof Observation.ProxyAnswered answered) {
            ProxyRules.answered(draft, answered);
        } else if (observation instanceof Observation.ProxyFailed failed) {
            ProxyRules.failed(draft, failed);
        } else if (observation instanceof Observation.ProxyReplied replied) {
            ProxyRules.replied(draft, replied);
        } else if (observation instanceof Observation.ActionReported reported) {
            ActionRules.reported(draft, reported);
        } else if (observation instanceof Observation.DrillReported reported) {
            DrillRules.reported(draft, reported.progress());
        } else if (observation instanceof Observation.NotWatched gap) {
            VigilRules.notWatched(draft, gap);
        } else if (observation instanceof Observation.ClockSet set) {
            VigilRules.clockSet(draft, set);
        } else if (ProbeRules.concern(observation)) {
            ProbeRules.apply(draft, observation);
        }
        ProxyJudgement.apply(draft);
        FailoverRules.apply(draft);
        return draft.done();
    }
}
