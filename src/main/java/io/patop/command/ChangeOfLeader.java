package io.patop.command;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Member;
import io.patop.cluster.PythonTime;
import io.patop.cluster.Role;
import io.patop.cluster.SwitchoverRequest;
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
 * A switchover or failover from the question to the new topology, in patronictl's words; and beside them, on
 * standard error, who can take over and why each other cannot, before it is asked and after it was refused.
 */
final class ChangeOfLeader {

    /**
     * What the person said on the command line; what they did not say is asked.
     *
     * @param leader that leads now
     * @param candidate that is to lead
     * @param scheduled when, as typed
     * @param force asks nothing
     */
    record Wish(Optional<String> leader, Optional<String> candidate, Optional<String> scheduled, boolean force) {}

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSS", Locale.ROOT);

    private final CommandContext errand;
    private final Succession.Change change;
    private final Wish wish;

    ChangeOfLeader(CommandContext errand, Succession.Change change, Wish wish) {
        this.errand = errand;
        this.change = change;
        this.wish = wish;
    }

    /** Does it; the exit code. */
    int run(ClusterSnapshot survey) {
        Optional<DynamicConfig> config = Optional.of(errand.cluster().config());
        Succession succession = survey.succession(change, config);
        boolean first = survey.messages().showsTopologyFirst();
        if (first) {
            topology(survey);
        }
        if (!wish.force()) {
            errand.add(text(succession));
        }
        Optional<String> leader = leader(survey);
        Optional<String> candidate = candidate(survey, succession, leader);
        Optional<OffsetDateTime> at = change == Succession.Change.SWITCHOVER ? time(survey) : Optional.empty();
        if (!first) {
            topology(survey);
        }
        confirm(survey, leader, at);
        CommandReply reply = tell(survey, leader, candidate, at);
        if (!reply.isAccepted()) {
            errand.say(title() + " failed, details: " + reply.status() + ", " + reply.text());
            errand.advise(reply);
            errand.add(text(errand.cluster().survey().succession(change, config)));
            return ExitCode.FAILED;
        }
        errand.say(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + " " + reply.text());
        errand.print(errand.cluster().survey().table());
        return ExitCode.DONE;
    }

    private void topology(ClusterSnapshot survey) {
        errand.say("Current cluster topology");
        errand.print(survey.table());
    }

    private Optional<String> leader(ClusterSnapshot survey) {
        Optional<String> leads = survey.leader().map(Member::name);
        boolean switching = change == Succession.Change.SWITCHOVER;
        if (switching && leads.isEmpty()) {
            throw CommandFailure.ofPatronictl(
                    "This cluster has no " + survey.messages().leaderWord());
        }
        Optional<String> named = wish.leader()
                .or(() -> wish.force() || !switching
                        ? leads
                        : Optional.of(errand.prompts()
                                .ask(survey.messages().leaderPrompt(leadsStandbys(survey)), leads.orElseThrow())));
        if (named.isPresent() && leads.isPresent() && !named.equals(leads)) {
            throw CommandFailure.ofPatronictl(
                    "Member " + named.get() + " is not the leader of cluster " + survey.name());
        }
        return named;
    }

    private static boolean leadsStandbys(ClusterSnapshot survey) {
        return survey.leader()
                .filter(member -> member.role().kind() == Role.Kind.STANDBY_LEADER)
                .isPresent();
    }

    private Optional<String> candidate(ClusterSnapshot survey, Succession succession, Optional<String> leader) {
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
                        : Optional.of(errand.prompts().ask("Candidate " + list(names), "")))
                .filter(name -> !name.isEmpty());
        if (named.isEmpty() && change == Succession.Change.FAILOVER) {
            throw CommandFailure.ofPatronictl("Failover could be performed only to a specific candidate");
        }
        if (named.isPresent() && named.equals(leader)) {
            throw CommandFailure.ofPatronictl(survey.messages().candidateLeads(title(), named.get(), survey.name()));
        }
        named.ifPresent(name -> check(survey, succession, name));
        return named;
    }

    private void check(ClusterSnapshot survey, Succession succession, String name) {
        Optional<Succession.Prospect> prospect = succession.prospect(name);
        prospect.filter(known -> !known.canTakeOver())
                .ifPresent(known -> errand.warn(Printable.line(name + " " + known.text())));
        if (prospect.isEmpty() || has(prospect.get(), Succession.Obstacle.NOFAILOVER)) {
            throw CommandFailure.ofPatronictl(survey.messages().noCandidate(name, survey.name()));
        }
        boolean asynchronous = has(prospect.get(), Succession.Obstacle.ASYNCHRONOUS);
        if (asynchronous && !wish.force()) {
            confirmAsynchronous(name);
        }
    }

    /** The question of 3.2 and later; older nodes can lose the same writes, so it is asked of them too. */
    private void confirmAsynchronous(String name) {
        if (!errand.prompts().confirm("Are you sure you want to failover to the asynchronous node " + name + "?")) {
            throw CommandFailure.ofPatronictl("Aborting " + change.word());
        }
    }

    private static boolean has(Succession.Prospect prospect, Succession.Obstacle obstacle) {
        return prospect.reasons().stream().anyMatch(reason -> reason.obstacle() == obstacle);
    }

    private Optional<OffsetDateTime> time(ClusterSnapshot survey) {
        ZoneId zone = ZoneId.systemDefault();
        String typed = wish.scheduled()
                .orElseGet(() -> wish.force()
                        ? "now"
                        : errand.prompts()
                                .ask(
                                        "When should the switchover take place (e.g. "
                                                + ScheduledTime.nextHour(zone, Instant.now()) + " ) ",
                                        "now"));
        Optional<OffsetDateTime> at = ScheduledTime.of(typed, zone, Instant.now());
        if (at.isPresent() && survey.listed().view().paused()) {
            throw CommandFailure.ofPatronictl("Can't schedule switchover in the paused state");
        }
        return at;
    }

    private void confirm(ClusterSnapshot survey, Optional<String> leader, Optional<OffsetDateTime> at) {
        if (wish.force()) {
            return;
        }
        String demoting = survey.messages().demoting(leader);
        String question = at.isPresent()
                ? "Are you sure you want to schedule " + change.word() + " of cluster " + survey.name() + " at "
                        + PythonTime.isoformat(at.get()) + demoting + "?"
                : "Are you sure you want to " + change.word() + " cluster " + survey.name() + demoting + "?";
        if (!errand.prompts().confirm(question)) {
            throw CommandFailure.ofPatronictl("Aborting " + (at.isPresent() ? "scheduled " : "") + change.word());
        }
    }

    /** By the leader, else by the candidate, as patronictl does it; by any other that can be reached, after them. */
    private CommandReply tell(
            ClusterSnapshot survey, Optional<String> leader, Optional<String> candidate, Optional<OffsetDateTime> at) {
        List<Member> order =
                new ArrayList<>(errand.cluster().leaderFirst(survey.listed().view()));
        if (survey.leader().isEmpty()) {
            order.sort(Comparator.comparing(member -> !candidate.equals(Optional.of(member.name()))));
        }
        return errand.tellFirst(
                survey,
                order,
                url -> change == Succession.Change.FAILOVER
                        ? errand.commands().failover(url, candidate.orElseThrow())
                        : errand.commands()
                                .switchover(url, new SwitchoverRequest(leader.orElseThrow(), candidate, at)));
    }

    private String title() {
        return change == Succession.Change.FAILOVER ? "Failover" : "Switchover";
    }

    /** As Python prints a list of texts. */
    private static String list(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** A line for each member that might lead. */
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
