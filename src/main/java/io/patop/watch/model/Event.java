package io.patop.watch.model;

import io.patop.time.MeasuredDuration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An event that is worth telling a person. Only the reducer makes events, so that every front end shows the same ones.
 *
 * @param at when it happened, if that is known; else when it was seen
 * @param kind what happened
 * @param member the member that it happened to, if it happened to one
 * @param text one sentence; names from outside in it are not yet made printable
 * @param took how long it had lasted, if it is the end of something
 */
public record Event(Instant at, Kind kind, Optional<String> member, String text, Optional<MeasuredDuration> took) {

    /** The tone of an event: good news, bad news or neither. The colour and the mark of its line follow from this. */
    public enum Tone {
        /** Something works again. */
        GOOD,
        /** Neither good nor bad news. */
        NEUTRAL,
        /** Something needs looking at. */
        WARNING,
        /** Something is broken. */
        BAD
    }

    /** The kinds of events. */
    public enum Kind {
        /** A member's REST API ceased to answer. */
        API_LOST(Tone.BAD),
        /** A member's REST API answers again. */
        API_BACK(Tone.GOOD),
        /** Nobody holds the leader key. */
        LEADER_KEY_FREE(Tone.BAD),
        /** The same leader holds the key again. */
        LEADER_KEY_BACK(Tone.GOOD),
        /** Another member holds the leader key. */
        LEADER_CHANGED(Tone.GOOD),
        /** The new leader runs as primary on a new timeline, or as the leader of a standby cluster. */
        PROMOTED(Tone.GOOD),
        /** The leader holds the key for longer than a promotion takes, and is no primary. */
        NEVER_PROMOTED(Tone.BAD),
        /** The cluster follows another one from now on: nobody can write to it. */
        CLUSTER_DEMOTED(Tone.WARNING),
        /** The cluster no longer follows another one. */
        CLUSTER_PROMOTED(Tone.GOOD),
        /** The same leader came back on a new timeline: no failover. */
        LEADER_RESTARTED(Tone.WARNING),
        /** A leader runs as primary on a timeline older than that of the leader before it. */
        LEADER_WENT_BACK(Tone.BAD),
        /** The leader's PostgreSQL no longer runs as primary. */
        DEMOTED(Tone.BAD),
        /** Two members run as primary. */
        TWO_PRIMARIES(Tone.BAD),
        /** Only one member runs as primary again. */
        ONE_PRIMARY(Tone.GOOD),
        /** A member appeared in the DCS. */
        MEMBER_JOINED(Tone.GOOD),
        /** A member's key left the DCS. */
        MEMBER_LEFT(Tone.BAD),
        /** A member has another address. */
        MEMBER_MOVED(Tone.NEUTRAL),
        /** A member's PostgreSQL stopped running. */
        MEMBER_DOWN(Tone.BAD),
        /** A member's PostgreSQL runs again, and its API had answered all the time. */
        MEMBER_UP(Tone.GOOD),
        /** A replica has to follow to the leader's timeline and lacks WAL. */
        REPLICA_BEHIND(Tone.WARNING),
        /** A replica lags by more than maximum_lag_on_failover. */
        REPLICA_LAGGING(Tone.WARNING),
        /** A replica is on the leader's timeline and close to it again. */
        REPLICA_CAUGHT_UP(Tone.GOOD),
        /** A replica no longer receives from the leader. */
        STREAMING_LOST(Tone.BAD),
        /** A replica receives from the leader again. */
        STREAMING_BACK(Tone.GOOD),
        /** A standby became synchronous, or ceased to be. */
        SYNC_CHANGED(Tone.NEUTRAL),
        /** One node cannot see the DCS. */
        DCS_UNSEEN(Tone.BAD),
        /** No node can read the DCS. */
        DCS_LOST(Tone.BAD),
        /** The DCS can be read again. */
        DCS_BACK(Tone.GOOD),
        /** An address that was meant to lead to the cluster leads to another one. */
        OTHER_CLUSTER(Tone.WARNING),
        /** Maintenance mode began. */
        PAUSED(Tone.WARNING),
        /** Maintenance mode ended. */
        RESUMED(Tone.GOOD),
        /** A switchover was scheduled or called off. */
        SWITCHOVER_SCHEDULED(Tone.NEUTRAL),
        /** Settings wait for a restart of a member. */
        RESTART_PENDING(Tone.NEUTRAL),
        /** A Docker service or container changed what it runs. */
        SERVICE_CHANGED(Tone.NEUTRAL),
        /** A Docker task failed. */
        TASK_FAILED(Tone.BAD),
        /** Docker ceased to answer. */
        DOCKER_LOST(Tone.WARNING),
        /** Docker answers again. */
        DOCKER_BACK(Tone.GOOD),
        /** An HAProxy ceased to answer. */
        PROXY_LOST(Tone.WARNING),
        /** An HAProxy answers again. */
        PROXY_BACK(Tone.GOOD),
        /** An HAProxy was restarted. */
        PROXY_RESTARTED(Tone.NEUTRAL),
        /** A server of HAProxy takes traffic. */
        PROXY_SERVER_UP(Tone.NEUTRAL),
        /** A server of HAProxy fails its checks; in a backend of replicas the leader always does. */
        PROXY_SERVER_DOWN(Tone.NEUTRAL),
        /** A server of HAProxy is in maintenance, drained, or in another state that is neither up nor down. */
        PROXY_SERVER_OUT(Tone.WARNING),
        /** HAProxy sends sessions for the leader to the new leader only. */
        PROXY_FOLLOWED(Tone.GOOD),
        /** HAProxy and Patroni have contradicted each other for longer than HAProxy's checks take. */
        PROXY_DISAGREES(Tone.BAD),
        /** HAProxy and Patroni no longer contradict each other. */
        PROXY_AGREES(Tone.GOOD),
        /** The write probe cannot continue. */
        PROBE_FAILED(Tone.BAD),
        /** Writes are refused, or have an unknown outcome: an outage begins. */
        WRITES_FAIL(Tone.BAD),
        /** A write is acknowledged again: the outage is over. */
        WRITES_BACK(Tone.GOOD),
        /** Reads fail: an outage of reads begins. */
        READS_FAIL(Tone.BAD),
        /** A read is answered again. */
        READS_BACK(Tone.GOOD),
        /** Acknowledged writes are missing, or writes exist that should not. */
        WRITES_LOST(Tone.BAD),
        /** Every acknowledged write exists. */
        WRITES_VERIFIED(Tone.GOOD),
        /** Two servers accept writes at the same time. */
        TWO_WRITABLE(Tone.BAD),
        /** Where the time of a change of leader went, and what would make it shorter. */
        OUTAGE_BILL(Tone.NEUTRAL),
        /** No other member could take over from the leader. */
        NOBODY_CAN_TAKE_OVER(Tone.BAD),
        /** Another member could take over again. */
        TAKEOVER_POSSIBLE(Tone.GOOD),
        /** A failover drill starts or ends a run. */
        DRILL_RUN(Tone.NEUTRAL),
        /** A failover drill has ended, and every run met its objectives. */
        DRILL_MET(Tone.GOOD),
        /** A failover drill has ended and missed its objectives, or stopped early. */
        DRILL_MISSED(Tone.BAD),
        /** This process was stopped for a while, or its machine slept. */
        NOT_WATCHED(Tone.WARNING),
        /** Something changed during a monitoring gap. */
        FOUND_CHANGED(Tone.WARNING),
        /** The recording or film of the session cannot be written any more. */
        RECORDING_FAILED(Tone.BAD),
        /** This machine's clock was set back, or forward again. */
        CLOCK_SET(Tone.WARNING),
        /** A person asked for an action. */
        ACTION_BEGUN(Tone.NEUTRAL),
        /** An action has completed one of its steps. */
        ACTION_STEP(Tone.NEUTRAL),
        /** An action was accepted. */
        ACTION_DONE(Tone.NEUTRAL),
        /** An action was refused or failed. */
        ACTION_FAILED(Tone.BAD);

        private static final Set<Kind> TURNING_POINTS = EnumSet.of(
                ACTION_BEGUN,
                LEADER_CHANGED,
                LEADER_RESTARTED,
                PAUSED,
                RESUMED,
                DCS_LOST,
                DCS_BACK,
                WRITES_LOST,
                TWO_PRIMARIES);

        private final Tone tone;

        Kind(Tone tone) {
            this.tone = tone;
        }

        /** The tone of an event of this kind. */
        public Tone tone() {
            return tone;
        }

        /** Whether it was done, or decides what comes: it is marked below the lanes. */
        public boolean isTurningPoint() {
            return TURNING_POINTS.contains(this);
        }
    }
}
