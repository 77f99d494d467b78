package io.patop.command.patronictl;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Member;
import io.patop.cluster.PythonTime;
import io.patop.cluster.Role;
import io.patop.cluster.SwitchoverRequest;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.patroni.CommandReply;
import io.patop.text.Printable;
import io.patop.watch.rules.Succession;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A switchover or failover from the question to the new topology, in patronictl's words. On standard error it also
 * says who can take over and why others cannot, before the question and after a refusal.
 */
final class ChangeOfLeader {

    /**
     * What the command line gives; what is missing is asked.
     *
     * @param leader the present leader
     * @param candidate the member that is to lead
     * @param scheduled the time, as typed
     * @param force whether nothing is asked
     */
    record Wish(Optional<String> leader, Optional<String> candidate, Optional<String> scheduled, boolean force) {}

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSS", Locale.ROOT);

    private final CommandContext context;
    private final Succession.Change change;
    private final Wish wish;

    ChangeOfLeader(CommandContext context, Succession.Change change, Wish wish) {
        this.context = context;
        this.change = change;
        this.wish = wish;
    }

    /** Does the change; returns the exit code. */
    int run(ClusterSnapshot snapshot) {
        Optional<DynamicConfig> config = Optional.of(context.cluster().config());
        Succession succession = snapshot.succession(change, config);
        boolean first = snapshot.messages().showsTopologyFirst();
        if (first) {
            topology(snapshot);
        }
        if (!wish.force()) {
            context.add(text(succession));
        }
        Optional<String> leader = leader(snapshot);
        Optional<String> candidate = candidate(snapshot, succession, leader);
        Optional<OffsetDateTime> at = change == Succession.Change.SWITCHOVER ? time(snapshot) : Optional.empty();
        if (!first) {
            topology(snapshot);
        }
        confirm(snapshot, leader, at);
        CommandReply reply = tell(snapshot, leader, candidate, at);
        if (!reply.isAccepted()) {
            context.say(title() + " failed, details: " + reply.status() + ", " + reply.text());
            context.advise(reply);
            context.add(text(context.cluster().survey().succession(change, config)));
            return ExitCode.FAILED;
        }
        context.say(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + " " + reply.text());
        context.print(context.cluster().survey().table());
        return ExitCode.DONE;
    }

    private void topology(ClusterSnapshot snapshot) {
        context.say("Current cluster topology");
        context.print(snapshot.table());
    }

    private Optional<String> leader(ClusterSnapshot snapshot) {
        Optional<String> leads = snapshot.leader().map(Member::name);
        boolean switching = change == Succession.Change.SWITCHOVER;
        if (switching && leads.isEmpty()) {
            throw CommandFailure.ofPatronictl(
                    "This cluster has no " + snapshot.messages().leaderWord());
        }
        Optional<String> named = wish.leader()
                .or(() -> wish.force() || !switching
                        ? leads
                        : Optional.of(context.prompts()
                                .ask(snapshot.messages().leaderPrompt(leadsStandbys(snapshot)), leads.orElseThrow())));
        if (named.isPresent() && leads.isPresent() && !named.equals(leads)) {
            throw CommandFailure.ofPatronictl(
                    "Member " + named.get() + " is not the leader of cluster " + snapshot.name());
        }
        return named;
    }

    private static boolean leadsStandbys(ClusterSnapshot snapshot) {
        return snapshot.leader()
                .filter(member -> member.role().kind() == Role.Kind.STANDBY_LEADER)
                .isPresent();
    }

    private Optional<String> candidate(ClusterSnapshot snapshot, Succession succession, Optional<String> leader) {
        List<String> names = succession.prospects().stream()
                .filter(prospect -> !has(prospect, Succession.Obstacle.NOFAILOVER))
                .map(Succession.Prospect::member)
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw CommandFailure.ofPatronictl("No candidates found to " + change.word() + " to");
        }
        Optional<String> named = wish.candidate()
                .or(() -> wish.force()
                        ? Optional.empty()
                        : Optional.of(context.prompts().ask("Candidate " + list(names), "")))
                .filter(name -> !name.isEmpty());
        if (named.isEmpty() && change == Succession.Change.FAILOVER) {
            throw CommandFailure.ofPatronictl("Failover could be performed only to a specific candidate");
        }
        if (named.isPresent() && named.equals(leader)) {
            throw CommandFailure.ofPatronictl(
                    snapshot.messages().candidateLeads(title(), named.get(), snapshot.name()));
        }
        named.ifPresent(name -> check(snapshot, succession, name));
        return named;
    }

    private void check(ClusterSnapshot snapshot, Succession succession, String name) {
        Optional<Succession.Prospect> prospect = succession.prospect(name);
        prospect.filter(known -> !known.canTakeOver())
                .ifPresent(known -> context.warn(Printable.line(name + " " + known.text())));
        if (prospect.isEmpty() || has(prospect.get(), Succession.Obstacle.NOFAILOVER)) {
            throw CommandFailure.ofPatronictl(snapshot.messages().noCandidate(name, snapshot.name()));
        }
        boolean asynchronous = has(prospect.get(), Succession.Obstacle.ASYNCHRONOUS);
        if (asynchronous && !wish.force()) {
            confirmAsynchronous(name);
        }
    }

    /**
     * Asks the question of patronictl 3.2 and later. It is asked for older nodes too, since they can lose the same
     * writes.
     */
    private void confirmAsynchronous(String name) {
        if (!context.prompts().confirm("Are you sure you want to failover to the asynchronous node " + name + "?")) {
            throw CommandFailure.ofPatronictl("Aborting " + change.word());
        }
    }

    private static boolean has(Succession.Prospect prospect, Succession.Obstacle obstacle) {
        return prospect.reasons().stream().anyMatch(reason -> reason.obstacle() == obstacle);
    }

    private Optional<OffsetDateTime> time(ClusterSnapshot snapshot) {
        ZoneId zone = ZoneId.systemDefault();
        String typed = wish.scheduled()
                .orElseGet(() -> wish.force()
                        ? "now"
                        : context.prompts()
                                .ask(
                                        "When should the switchover take place (e.g. "
                                                + ScheduledTime.nextHour(zone, Instant.now()) + " ) ",
                                        "now"));
        Optional<OffsetDateTime> at = ScheduledTime.of(typed, zone, Instant.now());
        if (at.isPresent() && snapshot.listed().view().paused()) {
            throw CommandFailure.ofPatronictl("Can't schedule switchover in the paused state");
        }
        return at;
    }

    private void confirm(ClusterSnapshot snapshot, Optional<String> leader, Optional<OffsetDateTime> at) {
        if (wish.force()) {
            return;
        }
        String demoting = snapshot.messages().demoting(leader);
        String question = at.isPresent()
                ? "Are you sure you want to schedule " + change.word() + " of cluster " + snapshot.name() + " at "
                        + PythonTime.isoformat(at.get()) + demoting + "?"
                : "Are you sure you want to " + change.word() + " cluster " + snapshot.name() + demoting + "?";
        if (!context.prompts().confirm(question)) {
            throw CommandFailure.ofPatronictl("Aborting " + (at.isPresent() ? "scheduled " : "") + change.word());
        }
    }

    /**
     * Sends the request to the leader, else to the candidate, as patronictl does; then to any other member that can
     * be reached.
     */
    private CommandReply tell(
            ClusterSnapshot snapshot,
            Optional<String> leader,
            Optional<String> candidate,
            Optional<OffsetDateTime> at) {
        List<Member> order =
                new ArrayList<>(context.cluster().leaderFirst(snapshot.listed().view()));
        if (snapshot.leader().isEmpty()) {
            order.sort(Comparator.comparing(member -> !candidate.equals(Optional.of(member.name()))));
        }
        return context.tellFirst(
                snapshot,
                order,
                url -> change == Succession.Change.FAILOVER
                        ? context.commands().failover(url, candidate.orElseThrow())
                        : context.commands()
                                .switchover(url, new SwitchoverRequest(leader.orElseThrow(), candidate, at)));
    }

    private String title() {
        return change == Succession.Change.FAILOVER ? "Failover" : "Switchover";
    }

    /** Returns the names as Python prints a list of strings. */
    private static String list(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns a line for each member that might lead. */
    private static String text(Succession succession) {
        int width = succession.prospects().stream()
                .mapToInt(prospect -> prospect.member().length())
                .max()
                .orElse(0);
        return succession.prospects().stream()
                .map(prospect -> "  "
                        + Printable.line(prospect.member()
                                + " ".repeat(width - prospect.member().length()) + "  " + prospect.text())
                        + "\n")
                .collect(Collectors.joining("", "Who can take over:\n", ""));
    }
}
