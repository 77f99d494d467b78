package io.patop.command;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Member;
import io.patop.cluster.Printable;
import io.patop.cluster.Role;
import io.patop.cluster.SwitchoverRequest;
import io.patop.patroni.Reply;
import io.patop.watch.Succession;
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
 * A switchover or failover from the question to the new topology, in patronictl's words; and beyond them, who can
 * take over and why each other cannot, before it is asked and after it was refused.
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

    private final Errand errand;
    private final Succession.Change change;
    private final Wish wish;

    ChangeOfLeader(Errand errand, Succession.Change change, Wish wish) {
        this.errand = errand;
        this.change = change;
        this.wish = wish;
    }

    /** Does it; the exit code. */
    int run(Survey survey) {
        Optional<DynamicConfig> config = Optional.of(errand.cluster().config());
        Succession succession = survey.succession(change, config);
        errand.say("Current cluster topology");
        errand.print(survey.table());
        if (!wish.force()) {
            errand.print(words(succession));
        }
        Optional<String> leader = leader(survey);
        Optional<String> candidate = candidate(survey, succession, leader);
        Optional<OffsetDateTime> at = change == Succession.Change.SWITCHOVER ? time(survey) : Optional.empty();
        confirm(survey, leader, at);
        Reply reply = tell(survey, leader, candidate, at);
        if (!reply.isAccepted()) {
            errand.say(title() + " failed, details: " + reply.status() + ", " + reply.text());
            errand.advise(reply);
            errand.print(words(errand.cluster().survey().succession(change, config)));
            return ExitCode.FAILED;
        }
        errand.say(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + " " + reply.text());
        errand.print(errand.cluster().survey().table());
        return ExitCode.DONE;
    }

    private Optional<String> leader(Survey survey) {
        Optional<String> leads = survey.leader().map(Member::name);
        boolean switching = change == Succession.Change.SWITCHOVER;
        if (switching && leads.isEmpty()) {
            throw new Complaint(
                    ExitCode.FAILED, "This cluster has no leader; patop failover can name one of its members");
        }
        Optional<String> named = wish.leader()
                .or(() -> wish.force() || !switching
                        ? leads
                        : Optional.of(errand.prompts().ask(leaderWord(survey), leads.orElseThrow())));
        if (named.isPresent() && leads.isPresent() && !named.equals(leads)) {
            throw new Complaint(
                    ExitCode.FAILED,
                    "Member " + Printable.line(named.get()) + " is not the leader of cluster "
                            + Printable.line(survey.name()) + "; that is " + Printable.line(leads.get()));
        }
        return named;
    }

    private static String leaderWord(Survey survey) {
        boolean standby = survey.leader()
                .filter(member -> member.role().kind() == Role.Kind.STANDBY_LEADER)
                .isPresent();
        return standby ? "Standby Leader" : "Primary";
    }

    private Optional<String> candidate(Survey survey, Succession succession, Optional<String> leader) {
        List<String> names = succession.prospects().stream()
                .filter(prospect -> prospect.reasons().stream()
                        .noneMatch(reason -> reason.obstacle() == Succession.Obstacle.NOFAILOVER))
                .map(Succession.Prospect::member)
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw new Complaint(ExitCode.FAILED, "No candidates found to " + change.word() + " to");
        }
        Optional<String> named = wish.candidate()
                .or(() -> wish.force()
                        ? Optional.empty()
                        : Optional.of(errand.prompts().ask("Candidate " + list(names), "")))
                .filter(name -> !name.isEmpty());
        if (named.isEmpty() && change == Succession.Change.FAILOVER) {
            throw new Complaint(ExitCode.FAILED, "Failover could be performed only to a specific candidate");
        }
        if (named.isPresent() && named.equals(leader)) {
            throw new Complaint(ExitCode.FAILED, title() + " target and source are the same.");
        }
        named.ifPresent(name -> check(survey, succession, name));
        return named;
    }

    private void check(Survey survey, Succession succession, String name) {
        Succession.Prospect prospect = succession
                .prospect(name)
                .orElseThrow(() -> new Complaint(
                        ExitCode.FAILED,
                        "Member " + Printable.line(name) + " does not exist in cluster "
                                + Printable.line(survey.name())));
        if (prospect.reasons().stream().anyMatch(reason -> reason.obstacle() == Succession.Obstacle.NOFAILOVER)) {
            throw new Complaint(ExitCode.FAILED, Printable.line(name + " " + prospect.words()));
        }
        if (!prospect.canTakeOver()) {
            errand.warn(Printable.line(name + " " + prospect.words()));
        }
    }

    private Optional<OffsetDateTime> time(Survey survey) {
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
            throw new Complaint(ExitCode.FAILED, "Can't schedule switchover in the paused state");
        }
        return at;
    }

    private void confirm(Survey survey, Optional<String> leader, Optional<OffsetDateTime> at) {
        if (wish.force()) {
            return;
        }
        String demoting =
                leader.map(name -> ", demoting current leader " + name).orElse("");
        String question = at.isPresent()
                ? "Are you sure you want to schedule " + change.word() + " of cluster " + survey.name() + " at "
                        + ScheduledTime.text(at.get()) + demoting + "?"
                : "Are you sure you want to " + change.word() + " cluster " + survey.name() + demoting + "?";
        if (!errand.prompts().confirm(question)) {
            throw new Complaint(ExitCode.FAILED, "Aborting " + (at.isPresent() ? "scheduled " : "") + change.word());
        }
    }

    /** By the leader, else by the candidate, as patronictl does it; by any other that can be reached, after them. */
    private Reply tell(
            Survey survey, Optional<String> leader, Optional<String> candidate, Optional<OffsetDateTime> at) {
        List<Member> order =
                new ArrayList<>(errand.cluster().leaderFirst(survey.listed().view()));
        if (survey.leader().isEmpty()) {
            order.sort(Comparator.comparing(member -> !candidate.equals(Optional.of(member.name()))));
        }
        return errand.tellFirst(
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
    private static String words(Succession succession) {
        int width = succession.prospects().stream()
                .mapToInt(prospect -> prospect.member().length())
                .max()
                .orElse(0);
        return succession.prospects().stream()
                .map(prospect -> "  "
                        + Printable.line(prospect.member()
                                + " ".repeat(width - prospect.member().length()) + "  " + prospect.words())
                        + "\n")
                .collect(Collectors.joining("", "Who can take over:\n", ""));
    }
}
