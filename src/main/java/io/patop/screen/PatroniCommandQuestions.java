package io.patop.screen;

import io.patop.cluster.ConfigChanges;
import io.patop.cluster.PendingRestart;
import io.patop.control.PatroniAvailability;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Patroni will do, to whom and in which cluster, before it is asked to. */
final class PatroniCommandQuestions implements PatroniCommand.Cases<List<String>> {

    private static final int CHANGES_SHOWN = 12;

    private final Dashboard dashboard;
    private final String cluster;
    private final List<String> lines = new ArrayList<>();

    private PatroniCommandQuestions(Dashboard dashboard) {
        this.dashboard = dashboard;
        this.cluster = dashboard.identity().scope().orElse("this cluster");
    }

    static List<String> lines(PatroniCommand order, Dashboard dashboard) {
        PatroniCommandQuestions questions = new PatroniCommandQuestions(dashboard);
        questions.lines.add(Questions.capitalized(order.text()) + "?");
        questions.lines.add("");
        return order.choose(questions);
    }

    @Override
    public List<String> restart(PatroniCommand.Restart restart) {
        say(place(restart.name()));
        boolean leads = leads(restart.name());
        if (restart.at().isPresent()) {
            say("Nothing happens until then; it can be cancelled.");
        }
        say(
                leads
                        ? "Nobody can write while it restarts. Patroni lets nobody take over meanwhile."
                        : "The leader goes on; this replica serves nobody while it restarts.");
        pending(restart.name());
        return lines;
    }

    private void pending(String member) {
        dashboard
                .member(member)
                .flatMap(WatchedMember::restartPending)
                .map(PendingRestart::reasons)
                .ifPresent(reasons -> reasons.forEach(change ->
                        say("  " + change.parameter() + ": " + change.oldValue() + " to " + change.newValue())));
    }

    @Override
    public List<String> switchover(PatroniCommand.Switchover switchover) {
        say(switchover.leader() + " is the LEADER of cluster " + cluster + ".");
        say(switchover.candidate().map(name -> name + " takes over").orElse("Patroni elects one of the replicas")
                + "; nobody can write for some seconds.");
        if (switchover.at().isPresent()) {
            say("Nothing happens until then; it can be cancelled.");
        }
        dashboard
                .scheduledSwitchover()
                .ifPresent(due -> say(
                        "This replaces the switchover scheduled at " + due.at().text() + "."));
        return lines;
    }

    @Override
    public List<String> failover(PatroniCommand.Failover failover) {
        Optional<String> leader = dashboard.leadership().present();
        say("Cluster " + cluster + ": "
                + leader.map(name -> name + ", the LEADER, loses the lead.").orElse("nobody leads now."));
        say(failover.candidate() + " leads then, also where Patroni would not elect it:");
        say("what it has not received of the leader's WAL is LOST.");
        return lines;
    }

    @Override
    public List<String> reinitialize(PatroniCommand.Reinitialize reinitialize) {
        say(place(reinitialize.name()));
        say("ALL ITS DATA ARE REMOVED and copied anew from another member.");
        say("Until that is done the cluster has one replica less.");
        List<String> others = PatroniAvailability.beingCopied(dashboard, reinitialize.name());
        if (!others.isEmpty()) {
            say("");
            say("WARNING: " + String.join(", ", others) + " " + (others.size() == 1 ? "is" : "are")
                    + " being made anew at the same time.");
        }
        return lines;
    }

    @Override
    public List<String> rollingRestart(PatroniCommand.RollingRestart rolling) {
        say("Cluster " + cluster
                + ". Each restarts when the one before streams again; it ends at the first that fails.");
        say(rolling.leader()
                .map(name -> name + ", the LEADER, comes last: nobody can write while it restarts.")
                .orElse("The leader is not among them."));
        rolling.members().forEach(this::pending);
        return lines;
    }

    @Override
    public List<String> changeConfig(PatroniCommand.ChangeConfig change) {
        say("Cluster " + cluster + ", all its members, within loop_wait:");
        List<ConfigChanges.Change> changes =
                ConfigChanges.between(change.seen(), change.wanted()).changes();
        for (ConfigChanges.Change one : changes.subList(0, Math.min(CHANGES_SHOWN, changes.size()))) {
            one.before().ifPresent(old -> say("  - " + one.name() + ": " + old));
            say(one.after()
                    .map(now -> "  + " + one.name() + ": " + now)
                    .orElse("  + " + one.name() + " not set: Patroni's default counts"));
        }
        if (changes.size() > CHANGES_SHOWN) {
            say("  and " + (changes.size() - CHANGES_SHOWN) + " more");
        }
        return lines;
    }

    @Override
    public List<String> maintenance(PatroniCommand.Maintenance maintenance) {
        say("Cluster " + cluster + ".");
        say(
                maintenance.on()
                        ? "Patroni promotes nobody by itself until maintenance mode is off again."
                        : "Patroni takes over a lost leader by itself again.");
        return lines;
    }

    @Override
    public List<String> reload(PatroniCommand.Reload reload) {
        say("Cluster " + cluster + ": " + (reload.members().size() == 1 ? "it reads its" : "each reads its own"));
        say("configuration file again within loop_wait. Nothing is restarted.");
        return lines;
    }

    @Override
    public List<String> cancelRestart(PatroniCommand.CancelRestart cancel) {
        return calledOff();
    }

    @Override
    public List<String> cancelSwitchover(PatroniCommand.CancelSwitchover cancel) {
        return calledOff();
    }

    private List<String> calledOff() {
        say("Cluster " + cluster + ".");
        say("What was scheduled is called off; nothing else changes.");
        return lines;
    }

    private String place(String member) {
        return member + (leads(member) ? " is the LEADER of cluster " : " is a replica of cluster ") + cluster + ".";
    }

    private boolean leads(String member) {
        return dashboard.leadership().present().filter(member::equals).isPresent();
    }

    private void say(String line) {
        lines.add(line);
    }
}
