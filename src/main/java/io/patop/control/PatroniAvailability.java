package io.patop.control;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.UnderWay;
import io.patop.watch.model.WatchedMember;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Decides which commands to Patroni are available now, and why others are not. Patroni may still refuse one. */
public final class PatroniAvailability {

    private PatroniAvailability() {}

    /** Restarts PostgreSQL of a member now. */
    public static Availability restart(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new PatroniCommand.Restart(member, false, Optional.empty()));
    }

    /** Restarts PostgreSQL of a member now, if settings wait for it. */
    public static Availability restartIfPending(Dashboard dashboard, String member) {
        if (!RestartRecovery.waitsForRestart(dashboard, member)) {
            return new Availability.Impossible("no settings of " + member + " wait for a restart");
        }
        return onListed(dashboard, member, new PatroniCommand.Restart(member, true, Optional.empty()));
    }

    /** Restarts PostgreSQL of a member at that time. */
    public static Availability restartAt(Dashboard dashboard, String member, OffsetDateTime at) {
        Optional<String> due = scheduledRestart(dashboard, member);
        if (due.isPresent()) {
            return new Availability.Impossible(
                    "a restart of " + member + " is scheduled already, at " + due.get() + "; cancel that first");
        }
        if (dashboard.paused()) {
            return new Availability.Impossible("maintenance mode is on: Patroni schedules no restart");
        }
        return onListed(dashboard, member, new PatroniCommand.Restart(member, false, Optional.of(at)));
    }

    /** Cancels a member's scheduled restart. */
    public static Availability cancelRestart(Dashboard dashboard, String member) {
        return scheduledRestart(dashboard, member).isPresent()
                ? onListed(dashboard, member, new PatroniCommand.CancelRestart(member))
                : new Availability.Impossible("no restart of " + member + " is scheduled");
    }

    /** Makes a member reload its configuration file. */
    public static Availability reload(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new PatroniCommand.Reload(List.of(member)));
    }

    /** Makes all members reload their configuration files. */
    public static Availability reloadAll(Dashboard dashboard) {
        List<String> members = listed(dashboard);
        return members.isEmpty()
                ? new Availability.Impossible("no members yet")
                : new Availability.Possible(new Action.OnPatroni(new PatroniCommand.Reload(members)));
    }

    /** Reinitializes a replica. */
    public static Availability reinitialize(Dashboard dashboard, String member) {
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            return new Availability.Impossible("nobody leads, so there is nobody to copy from");
        }
        if (leader.get().equals(member)) {
            return new Availability.Impossible(member + " leads: only a replica can be reinitialized");
        }
        return onListed(dashboard, member, new PatroniCommand.Reinitialize(member));
    }

    /**
     * The other members that are being reinitialized or created at present. Each of them is one less that could take
     * over.
     */
    public static List<String> beingCopied(Dashboard dashboard, String except) {
        TreeSet<String> names = new TreeSet<>();
        for (WatchedMember member : dashboard.members().values()) {
            boolean copying = member.status()
                    .map(NodeStatus::state)
                    .or(() -> member.isListed() ? member.listed().map(Member::state) : Optional.empty())
                    .filter(state -> state.kind() == State.Kind.CREATING_REPLICA)
                    .isPresent();
            if (copying) {
                names.add(member.name());
            }
        }
        for (UnderWay one : dashboard.underWay()) {
            one.action().patroniCommand().flatMap(PatroniCommand::copied).ifPresent(names::add);
        }
        names.remove(except);
        return List.copyOf(names);
    }

    /** Switches over, now or at that time, to that candidate or to the member that Patroni chooses. */
    public static Availability switchover(
            Dashboard dashboard, Optional<String> candidate, Optional<OffsetDateTime> at) {
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            return new Availability.Impossible(
                    "nobody leads, so nobody can hand over; a failover can name who shall lead");
        }
        if (candidate.equals(leader)) {
            return new Availability.Impossible(leader.get() + " leads already");
        }
        if (dashboard.paused() && at.isPresent()) {
            return new Availability.Impossible("maintenance mode is on: Patroni schedules no switchover");
        }
        if (dashboard.paused() && candidate.isEmpty()) {
            return new Availability.Impossible("maintenance mode is on: a switchover must name who shall lead");
        }
        return new Availability.Possible(
                new Action.OnPatroni(new PatroniCommand.Switchover(leader.get(), candidate, at)));
    }

    /** Fails over to that member, healthy or not. */
    public static Availability failover(Dashboard dashboard, String candidate) {
        if (dashboard.leadership().present().filter(candidate::equals).isPresent()) {
            return new Availability.Impossible(candidate + " leads already");
        }
        return onListed(dashboard, candidate, new PatroniCommand.Failover(candidate));
    }

    /** Cancels the scheduled switchover. */
    public static Availability cancelSwitchover(Dashboard dashboard) {
        return dashboard.scheduledSwitchover().isPresent()
                ? new Availability.Possible(new Action.OnPatroni(new PatroniCommand.CancelSwitchover()))
                : new Availability.Impossible("no switchover is scheduled");
    }

    /** Turns maintenance mode on if it is off, and off if it is on. */
    public static Availability maintenance(Dashboard dashboard) {
        return dashboard.members().isEmpty()
                ? new Availability.Impossible("no members yet")
                : new Availability.Possible(new Action.OnPatroni(new PatroniCommand.Maintenance(!dashboard.paused())));
    }

    /** Restarts all members, the leader last; or only those whose settings wait for a restart. */
    public static Availability rollingRestart(Dashboard dashboard, boolean ifPending) {
        Optional<String> leader = dashboard.leadership().present();
        List<String> members = new ArrayList<>(listed(dashboard));
        if (ifPending) {
            members.removeIf(member -> !RestartRecovery.waitsForRestart(dashboard, member));
        }
        if (members.isEmpty()) {
            return new Availability.Impossible(ifPending ? "no settings wait for a restart" : "no members yet");
        }
        Optional<String> last = leader.filter(members::contains);
        last.ifPresent(members::remove);
        return new Availability.Possible(
                new Action.OnPatroni(new PatroniCommand.RollingRestart(members, last, ifPending)));
    }

    /** The time of a member's scheduled restart, as Patroni wrote it. */
    public static Optional<String> scheduledRestart(Dashboard dashboard, String member) {
        return dashboard.member(member).flatMap(WatchedMember::restartDue).map(restart -> restart.at()
                .text());
    }

    private static List<String> listed(Dashboard dashboard) {
        return dashboard.members().values().stream()
                .filter(WatchedMember::isListed)
                .map(WatchedMember::name)
                .toList();
    }

    private static Availability onListed(Dashboard dashboard, String member, PatroniCommand order) {
        Optional<WatchedMember> known = dashboard.member(member);
        if (known.isEmpty() || !(known.get().isListed() || known.get().answers())) {
            return new Availability.Impossible(member + " is not in the cluster now");
        }
        return new Availability.Possible(new Action.OnPatroni(order));
    }
}
