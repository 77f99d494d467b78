package io.patop.watch;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What Patroni can be asked to do now; and what cannot be asked, why not. Patroni itself has the last word. */
public final class OrderOffers {

    private OrderOffers() {}

    /** Restart PostgreSQL of a member now. */
    public static Offer restart(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new Order.Restart(member, false, Optional.empty()));
    }

    /** The same, if settings wait for it. */
    public static Offer restartIfPending(Dashboard dashboard, String member) {
        if (!Settled.waitsForRestart(dashboard, member)) {
            return new Offer.Impossible("no settings of " + member + " wait for a restart");
        }
        return onListed(dashboard, member, new Order.Restart(member, true, Optional.empty()));
    }

    /** Restart it later. */
    public static Offer restartAt(Dashboard dashboard, String member, OffsetDateTime at) {
        Optional<String> due = scheduledRestart(dashboard, member);
        if (due.isPresent()) {
            return new Offer.Impossible(
                    "a restart of " + member + " is scheduled already, at " + due.get() + "; cancel that first");
        }
        if (dashboard.paused()) {
            return new Offer.Impossible("maintenance mode is on: Patroni schedules no restart");
        }
        return onListed(dashboard, member, new Order.Restart(member, false, Optional.of(at)));
    }

    /** Call its scheduled restart off. */
    public static Offer cancelRestart(Dashboard dashboard, String member) {
        return scheduledRestart(dashboard, member).isPresent()
                ? onListed(dashboard, member, new Order.CancelRestart(member))
                : new Offer.Impossible("no restart of " + member + " is scheduled");
    }

    /** Have a member read its configuration file again. */
    public static Offer reload(Dashboard dashboard, String member) {
        return onListed(dashboard, member, new Order.Reload(List.of(member)));
    }

    /** Have all of them. */
    public static Offer reloadAll(Dashboard dashboard) {
        List<String> members = listed(dashboard);
        return members.isEmpty()
                ? new Offer.Impossible("no members yet")
                : new Offer.Possible(new Action.OnPatroni(new Order.Reload(members)));
    }

    /** Copy a replica's data anew. */
    public static Offer reinitialize(Dashboard dashboard, String member) {
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            return new Offer.Impossible("nobody leads, so there is nobody to copy from");
        }
        if (leader.get().equals(member)) {
            return new Offer.Impossible(member + " leads: only a replica can be reinitialized");
        }
        return onListed(dashboard, member, new Order.Reinitialize(member));
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
            if (one.action() instanceof Action.OnPatroni on && on.order() instanceof Order.Reinitialize reinitialize) {
                names.add(reinitialize.name());
            }
        }
        names.remove(except);
        return List.copyOf(names);
    }

    /** Hand over, now or later; to that candidate, or to whom Patroni elects. */
    public static Offer switchover(Dashboard dashboard, Optional<String> candidate, Optional<OffsetDateTime> at) {
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            return new Offer.Impossible("nobody leads, so nobody can hand over; a failover can name who shall lead");
        }
        if (candidate.equals(leader)) {
            return new Offer.Impossible(leader.get() + " leads already");
        }
        if (dashboard.paused() && at.isPresent()) {
            return new Offer.Impossible("maintenance mode is on: Patroni schedules no switchover");
        }
        if (dashboard.paused() && candidate.isEmpty()) {
            return new Offer.Impossible("maintenance mode is on: a switchover must name who shall lead");
        }
        return new Offer.Possible(new Action.OnPatroni(new Order.Switchover(leader.get(), candidate, at)));
    }

    /** Make that member lead, healthy or not. */
    public static Offer failover(Dashboard dashboard, String candidate) {
        if (dashboard.leadership().present().filter(candidate::equals).isPresent()) {
            return new Offer.Impossible(candidate + " leads already");
        }
        return onListed(dashboard, candidate, new Order.Failover(candidate));
    }

    /** Call the scheduled switchover off. */
    public static Offer cancelSwitchover(Dashboard dashboard) {
        return dashboard.scheduledSwitchover().isPresent()
                ? new Offer.Possible(new Action.OnPatroni(new Order.CancelSwitchover()))
                : new Offer.Impossible("no switchover is scheduled");
    }

    /** Turn maintenance mode on or off, whichever it is not. */
    public static Offer maintenance(Dashboard dashboard) {
        return dashboard.members().isEmpty()
                ? new Offer.Impossible("no members yet")
                : new Offer.Possible(new Action.OnPatroni(new Order.Maintenance(!dashboard.paused())));
    }

    /** Restart all, the leader last; or those whose settings wait for it. */
    public static Offer rollingRestart(Dashboard dashboard, boolean ifPending) {
        Optional<String> leader = dashboard.leadership().present();
        List<String> members = new ArrayList<>(listed(dashboard));
        if (ifPending) {
            members.removeIf(member -> !Settled.waitsForRestart(dashboard, member));
        }
        if (members.isEmpty()) {
            return new Offer.Impossible(ifPending ? "no settings wait for a restart" : "no members yet");
        }
        Optional<String> last = leader.filter(members::contains);
        last.ifPresent(members::remove);
        return new Offer.Possible(new Action.OnPatroni(new Order.RollingRestart(members, last, ifPending)));
    }

    /** When a restart of it is due, as Patroni wrote it. */
    public static Optional<String> scheduledRestart(Dashboard dashboard, String member) {
        return dashboard
                .member(member)
                .flatMap(WatchedMember::restartDue)
                .map(restart -> restart.at().text());
    }

    private static List<String> listed(Dashboard dashboard) {
        return dashboard.members().values().stream()
                .filter(WatchedMember::isListed)
                .map(WatchedMember::name)
                .toList();
    }

    private static Offer onListed(Dashboard dashboard, String member, Order order) {
        Optional<WatchedMember> known = dashboard.member(member);
        if (known.isEmpty() || !(known.get().isListed() || known.get().answers())) {
            return new Offer.Impossible(member + " is not in the cluster now");
        }
        return new Offer.Possible(new Action.OnPatroni(order));
    }
}
