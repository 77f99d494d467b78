package io.patop.control.place;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.control.RunMembers;
import io.patop.control.RunMembers.Look;
import io.patop.control.RunMembers.RunMember;
import io.patop.control.journal.EntryOwner;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalSnapshot;
import io.patop.control.journal.OwnFaults;
import io.patop.control.journal.Repair;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Breaks and mends members by the programs of the place where they are run. What breaks is written to the journal
 * before, with the name of the cluster and not with a command: that is made anew, from the configuration file, when it
 * is mended.
 */
public final class ProgramFaults implements FaultInjector, Lever<Action.OnMember> {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** A clean stop writes a checkpoint first, and a machine takes a while to start. */
    private static final Duration LONGEST_STOP_OR_START = Duration.ofSeconds(60);

    private static final String UNKNOWN = "; whether it was done is not known";
    private static final String NOTHING = "; nothing was done";

    private final String cluster;
    private final MemberPlace place;
    private final Map<String, String> hosts;
    private final Journal journal;
    private final Programs programs;
    private final Clock clock;
    private final JournalSnapshot known;
    private final EntryOwner self;
    private final OwnFaults own;

    /**
     * Faults in that place.
     *
     * @param cluster its name in the configuration file
     * @param place where its members are run
     * @param hosts the hosts that a person gave for members by name; those of others are what they published
     * @param journal what is broken
     * @param programs runs the place's commands
     * @param clock for the journal
     */
    public ProgramFaults(
            String cluster,
            MemberPlace place,
            Map<String, String> hosts,
            Journal journal,
            Programs programs,
            Clock clock) {
        this.cluster = cluster;
        this.place = place;
        this.hosts = Map.copyOf(hosts);
        this.journal = journal;
        this.programs = programs;
        this.clock = clock;
        this.self = journal.owner();
        this.own = new OwnFaults(this, journal, this::mendNow);
        this.known = JournalSnapshot.of(journal, clock);
    }

    @Override
    public Availability offer(MemberOperation operation, String member, Dashboard dashboard) {
        Optional<WatchedMember> watched = dashboard.member(member);
        if (watched.isEmpty()) {
            return gone(operation, member);
        }
        PlacedMember placed = placed(watched.get());
        Optional<String> hindrance = place.hindrance(operation, placed);
        if (hindrance.isPresent()) {
            return new Availability.Impossible(hindrance.get());
        }
        boolean isBroken = known.entry(id(operation, member)).isPresent();
        boolean answers = watched.get().answers();
        if (operation == MemberOperation.HEAL && !isBroken) {
            return new Availability.Impossible("patop has not cut " + member + " off");
        }
        if (operation != MemberOperation.HEAL && !operation.breaks() && answers) {
            return new Availability.Impossible(member + " runs: its API answers");
        }
        if (operation.breaks() && isBroken && !answers) {
            return new Availability.Impossible("it is done already: " + operation.text(member));
        }
        return new Availability.Possible(action(operation, placed));
    }

    /** A member that was frozen or killed for longer than its key lives is listed no more; the journal knows it. */
    private Availability gone(MemberOperation operation, String member) {
        return Optional.of(operation)
                .filter(wanted -> !wanted.breaks())
                .flatMap(wanted -> known.entry(id(wanted, member)))
                .flatMap(broken -> mend(broken.entry()))
                .<Availability>map(Availability.Possible::new)
                .orElseGet(() -> new Availability.Impossible("no member " + member + " has been seen"));
    }

    @Override
    public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
        if (fault != InjectedFault.PARTITION) {
            return new Availability.Impossible("not possible by " + place.means());
        }
        return target.map(member -> offer(MemberOperation.PARTITION, member, dashboard))
                .orElseGet(() -> new Availability.Impossible("no member is chosen"));
    }

    @Override
    public Optional<Availability> keepDown(String member, Dashboard dashboard) {
        return place.afterKill() == MemberPlace.AfterKill.STAYS_DOWN_IF_STOPPED
                ? Optional.of(offer(MemberOperation.STOP, member, dashboard))
                : Optional.empty();
    }

    @Override
    public boolean canKeepKilledDown() {
        return place.afterKill() != MemberPlace.AfterKill.STARTS_AGAIN;
    }

    private Action.OnMember action(MemberOperation operation, PlacedMember member) {
        return new Action.OnMember(
                operation, member.name(), member.host(), ShellWords.text(place.command(operation, member)));
    }

    private PlacedMember placed(WatchedMember member) {
        Optional<String> host = Optional.ofNullable(hosts.get(member.name()))
                .or(() -> member.listed().flatMap(Member::apiUrl).map(URI::getHost))
                .or(() -> member.listed().flatMap(Member::address).map(PostgresAddress::host))
                .map(text -> text.startsWith("[") ? text.substring(1, text.length() - 1) : text);
        return new PlacedMember(member.name(), host);
    }

    @Override
    public Optional<Action> undo(Action broken) {
        return broken instanceof Action.OnMember on && on.breaks()
                ? mending(on.operation().mendedBy(), new PlacedMember(on.name(), on.host()))
                        .map(Action.class::cast)
                : Optional.empty();
    }

    private Optional<Action.OnMember> mending(MemberOperation operation, PlacedMember member) {
        return place.hindrance(operation, member).isPresent()
                ? Optional.empty()
                : Optional.of(action(operation, member));
    }

    /** What is stopped or frozen is mended by the member's own actions; a partition has none that shows otherwise. */
    @Override
    public List<Action> mending(Optional<String> member) {
        return known.entries().stream()
                .filter(each -> each.entry().owner().equals(self) || each.owner() == EntryOwner.State.ENDED)
                .map(JournalSnapshot.Known::entry)
                .flatMap(entry -> mend(entry).stream())
                .filter(action -> action.operation() == MemberOperation.HEAL
                        && member.filter(action.name()::equals).isPresent())
                .map(Action.class::cast)
                .toList();
    }

    @Override
    public List<Action> abandoned() {
        return known.entries().stream()
                .filter(each -> each.owner() == EntryOwner.State.ENDED)
                .flatMap(each -> mend(each.entry()).stream())
                .map(Action.class::cast)
                .toList();
    }

    /** The action that mends an entry of the journal; empty if that is of another cluster or cannot be mended here. */
    public Optional<Action.OnMember> mend(JournalEntry entry) {
        return entry.repair() instanceof Repair.OnMember on && on.cluster().equals(cluster)
                ? action(on)
                : Optional.empty();
    }

    private Optional<Action.OnMember> action(Repair.OnMember repair) {
        return MemberOperation.named(repair.operation())
                .flatMap(operation -> mending(operation, new PlacedMember(repair.member(), repair.host())));
    }

    @Override
    public List<Lever<?>> levers() {
        return List.of(this);
    }

    @Override
    public Class<Action.OnMember> takes() {
        return Action.OnMember.class;
    }

    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.OnMember action, Consumer<String> steps) {
        return CompletableFuture.completedFuture(perform(action));
    }

    private synchronized Answer<String> perform(Action.OnMember action) {
        PlacedMember member = new PlacedMember(action.name(), action.host());
        Optional<String> hindrance = place.hindrance(action.operation(), member);
        if (hindrance.isPresent()) {
            return missing(Failure.Kind.REJECTED, hindrance.get());
        }
        List<String> command = place.command(action.operation(), member);
        if (!ShellWords.text(command).equals(action.command())) {
            return missing(Failure.Kind.REJECTED, "the command is not the one that was shown, so it was not run");
        }
        Optional<Failure> objection =
                place.precondition(action.operation(), member).flatMap(this::objection);
        if (objection.isPresent()) {
            return new Answer.Missing<>(objection.get(), Duration.ZERO);
        }
        if (!action.breaks()) {
            Answer<String> mended = ran(command, action.operation()).answer();
            if (mended.failure().isEmpty()) {
                forget(id(action.operation(), action.name()));
            }
            return mended;
        }
        if (own.isEnding()) {
            return missing(Failure.Kind.REJECTED, "nothing was broken: patop is ending");
        }
        return broken(action, command);
    }

    /** Why nothing is done: what must be true before is not, or cannot be told. */
    private Optional<Failure> objection(Precondition precondition) {
        String program = precondition.command().get(0);
        return programs.run(precondition.command(), LONGEST).choose(new Programs.Cases<>() {
            @Override
            public Optional<Failure> notStarted(Programs.NotStarted none) {
                return Optional.of(new Failure(Failure.Kind.ABSENT, none.why() + NOTHING));
            }

            @Override
            public Optional<Failure> tookTooLong(Programs.TookTooLong late) {
                return Optional.of(new Failure(Failure.Kind.TIMED_OUT, wasEnded(program, LONGEST, late) + NOTHING));
            }

            @Override
            public Optional<Failure> ended(Programs.Ended ended) {
                return ended.code() == 0
                        ? precondition
                                .objection()
                                .apply(ended.output())
                                .map(why -> new Failure(Failure.Kind.REJECTED, why))
                        : Optional.of(new Failure(Failure.Kind.REJECTED, hasFailed(program, ended) + NOTHING));
            }
        });
    }

    /** Writes to the journal, and then breaks it; what was surely not done is taken out of the journal again. */
    private Answer<String> broken(Action.OnMember action, List<String> command) {
        String id = id(action.operation(), action.name());
        Optional<JournalEntry> before = journal.entry(id);
        JournalEntry entry = new JournalEntry(
                id,
                clock.instant(),
                self,
                place.means(),
                action.member(),
                action.text(),
                new Repair.OnMember(cluster, action.operation().mendedBy().word(), action.name(), action.host()));
        try {
            journal.write(entry);
        } catch (IOException unwritable) {
            return missing(
                    Failure.Kind.REJECTED,
                    "nothing was broken, since the journal cannot be written: " + unwritable.getMessage());
        }
        if (action.operation() == MemberOperation.PARTITION) {
            own.add(id);
        }
        known.refresh();
        Ran ran = ran(command, action.operation());
        if (ran.wasSurelyNotDone()) {
            restore(id, before);
        }
        return ran.answer();
    }

    private void restore(String id, Optional<JournalEntry> before) {
        if (before.isEmpty()) {
            forget(id);
            return;
        }
        try {
            journal.write(before.get());
        } catch (IOException kept) {
            // The newer entry says the same of the same member.
        }
        known.refresh();
    }

    private void forget(String id) {
        journal.remove(id);
        own.remove(id);
        known.refresh();
    }

    /**
     * What came of a command.
     *
     * @param mayBeDone whether it may have been done although it failed
     */
    private record Ran(Answer<String> answer, boolean mayBeDone) {
        boolean wasSurelyNotDone() {
            return answer.failure().isPresent() && !mayBeDone;
        }
    }

    private Ran ran(List<String> command, MemberOperation operation) {
        boolean isSlow = operation == MemberOperation.STOP || operation == MemberOperation.START;
        Duration longest = isSlow ? LONGEST_STOP_OR_START : LONGEST;
        return programs.run(command, longest).choose(new Programs.Cases<>() {
            private final String program = command.get(0);

            @Override
            public Ran notStarted(Programs.NotStarted none) {
                return new Ran(missing(Failure.Kind.ABSENT, none.why() + NOTHING), false);
            }

            @Override
            public Ran tookTooLong(Programs.TookTooLong late) {
                return new Ran(missing(Failure.Kind.TIMED_OUT, wasEnded(program, longest, late) + UNKNOWN), true);
            }

            @Override
            public Ran ended(Programs.Ended ended) {
                Answer<String> done = new Answer.Given<>("", Duration.ZERO);
                if (ended.code() == 0) {
                    return new Ran(done, true);
                }
                String why = hasFailed(program, ended);
                return switch (place.failed(operation, ended.code(), ended.said())) {
                    case AFTER_ALL_DONE -> new Ran(done, true);
                    case PERHAPS_DONE -> new Ran(missing(Failure.Kind.REJECTED, why + UNKNOWN), true);
                    case NOT_DONE -> new Ran(missing(Failure.Kind.REJECTED, why), false);
                };
            }
        });
    }

    private static String wasEnded(String program, Duration longest, Programs.TookTooLong late) {
        return program + " took longer than " + longest.toSeconds() + " s and was ended"
                + (late.said().isEmpty() ? "" : ", having said: " + late.said());
    }

    private static String hasFailed(String program, Programs.Ended ended) {
        return program + " failed (" + ended.code() + ")" + (ended.said().isEmpty() ? "" : ": " + ended.said());
    }

    private static Answer<String> missing(Failure.Kind kind, String why) {
        return new Answer.Missing<>(new Failure(kind, why), Duration.ZERO);
    }

    /** Mends an entry of the journal, whoever broke it, and takes it out. */
    public Answer<String> mendNow(JournalEntry entry) {
        return mend(entry)
                .map(this::perform)
                .orElseGet(() ->
                        missing(Failure.Kind.REJECTED, "cluster " + cluster + " has no command that mends it now"));
    }

    /** Strikes out what runs again: a member whose API began to answer after it was broken. */
    @Override
    public void settle(Dashboard dashboard) {
        for (JournalEntry entry : journal.entries()) {
            if (entry.repair() instanceof Repair.OnMember on
                    && on.cluster().equals(cluster)
                    && !on.operation().equals(MemberOperation.HEAL.word())
                    && dashboard
                            .member(on.member())
                            .filter(member -> member.api() instanceof Api.Answering answering
                                    && answering.since().isAfter(entry.at()))
                            .isPresent()) {
                forget(entry.id());
            }
        }
    }

    @Override
    public Optional<RunMembers> runMembers(Dashboard dashboard) {
        return Optional.of(new RunMembers(
                place.means(),
                dashboard.members().values().stream().map(this::run).toList()));
    }

    private RunMember run(WatchedMember member) {
        PlacedMember placed = placed(member);
        Optional<String> hindrance = place.hindrance(MemberOperation.START, placed);
        String where = hindrance.orElseGet(() -> place.where(placed));
        if (member.answers()) {
            return new RunMember(
                    member.name(), where, hindrance.isEmpty(), "runs: its API answers", Optional.empty(), Look.RUNS);
        }
        Optional<JournalEntry> broken = known.entries().stream()
                .map(JournalSnapshot.Known::entry)
                .filter(entry -> entry.repair() instanceof Repair.OnMember on
                        && on.cluster().equals(cluster)
                        && on.member().equals(member.name()))
                .reduce((earlier, later) -> later);
        if (broken.isPresent()) {
            return new RunMember(
                    member.name(),
                    where,
                    hindrance.isEmpty(),
                    "patop was to " + broken.get().broken(),
                    broken.map(JournalEntry::at),
                    Look.BROKEN);
        }
        boolean isSilent = member.api() instanceof Api.Silent;
        return new RunMember(
                member.name(),
                where,
                hindrance.isEmpty(),
                isSilent ? "unknown: its API does not answer" : "unknown",
                member.api() instanceof Api.Silent silent ? Optional.of(silent.since()) : Optional.empty(),
                Look.UNKNOWN);
    }

    @Override
    public void close() {
        own.mendAll();
    }

    /** Leaves members cut off when this process ends: the journal tells of it, and it is mended by hand. */
    public void leaveBroken() {
        own.leaveBroken();
    }

    /** Has that undone when this process ends, however it ends; a partition is so without being asked for. */
    public synchronized void undoAtTheEnd(Action broken) {
        if (broken instanceof Action.OnMember on) {
            own.add(id(on.operation(), on.name()));
        }
    }

    private String id(MemberOperation operation, String member) {
        String state =
                switch (operation.mendedBy()) {
                    case THAW -> "frozen";
                    case HEAL -> "cut-off";
                    default -> "stopped";
                };
        return JournalEntry.id(state, cluster + "-" + member);
    }
}
