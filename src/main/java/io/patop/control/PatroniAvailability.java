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

/** What Patroni can be asked to do now; and what cannot be asked, why not. Patroni itself has the last word. */
public final class PatroniAvailability {

    private PatroniAvailability() {}

    /** Restart PostgreSQL of a member now. */
    public static Availability restart(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new PatroniCommand.Restart(member, false, Optional.empty()));
    }

    /** The same, if settings wait for it. */
    public static Availability restartIfPending(Dashboard dashboard, String member) {
        if (!RestartRecovery.waitsForRestart(dashboard, member)) {
            return new Availability.Impossible("no settings of " + member + " wait for a restart");
        }
        return onListed(dashboard, member, new PatroniCommand.Restart(member, true, Optional.empty()));
    }

    /** Restart it later. */
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

    /** Call its scheduled restart off. */
    public static Availability cancelRestart(Dashboard dashboard, String member) {
        return scheduledRestart(dashboard, member).isPresent()
                ? onListed(dashboard, member, new PatroniCommand.CancelRestart(member))
                : new Availability.Impossible("no restart of " + member + " is scheduled");
    }

    /** Have a member read its configuration file again. */
    public static Availability reload(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new PatroniCommand.Reload(List.of(member)));
    }

    /** Have all of them. */
    public static Availability reloadAll(Dashboard dashboard) {
        List<String> members = listed(dashboard);
        return members.isEmpty()
                ? new Availability.Impossible("no members yet")
                : new Availability.Possible(new Action.OnPatroni(new PatroniCommand.Reload(members)));
    }

    /** Copy a replica's data anew. */
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

    /** The others that are being made anew at present: with two of them less is left to take over. */
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

    /** Hand over, now or later; to that candidate, or to whom Patroni elects. */
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

    /** Make that member lead, healthy or not. */
    public static Availability failover(Dashboard dashboard, String candidate) {
        if (dashboard.leadership().present().filter(candidate::equals).isPresent()) {
            return new Availability.Impossible(candidate + " leads already");
        }
        return onListed(dashboard, candidate, new PatroniCommand.Failover(candidate));
    }

    /** Call the scheduled switchover off. */
    public static Availability cancelSwitchover(Dashboard dashboard) {
        return dashboard.scheduledSwitchover().isPresent()
                ? new Availability.Possible(new Action.OnPatroni(new PatroniCommand.CancelSwitchover()))
                : new Availability.Impossible("no switchover is scheduled");
    }

    /** Turn maintenance mode on or off, whichever it is not. */
    public static Availability maintenance(Dashboard dashboard) {
        return dashboard.members().isEmpty()
                ? new Availability.Impossible("no members yet")
                : new Availability.Possible(new Action.OnPatroni(new PatroniCommand.Maintenance(!dashboard.paused())));
    }

    /** Restart all, the leader last; or those whose settings wait for it. */
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

    /** When a restart of it is due, as Patroni wrote it. */
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
