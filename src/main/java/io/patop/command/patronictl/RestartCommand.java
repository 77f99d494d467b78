package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.cluster.PythonTime;
import io.patop.cluster.RestartRequest;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.RoleChoice;
import io.patop.command.shell.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop restart}: restarts members' PostgreSQL, now or at a time; or all members in turn, the leader last. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Restart PostgreSQL on members.")
public final class RestartCommand implements Callable<Integer> {

    /** A PostgreSQL version: two parts from 10 on, three before; patronictl accepts three after 10 as well. */
    private static final Pattern POSTGRES_VERSION =
            Pattern.compile("[1-9]\\d{1,2}\\.\\d{1,3}|\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private static final Pattern NUMBERS = Pattern.compile("-?\\d+(?:\\.-?\\d+)*");
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,6}) ?(s|sec|min|m|h|)");

    @Mixin
    private Connection connection;

    @Mixin
    private MemberNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            defaultValue = "any",
            completionCandidates = OptionValues.Roles.class,
            description = "Only members with this role. Default: ${DEFAULT-VALUE}.")
    private String role;

    @Option(names = "--any", description = "Only one member, by chance.")
    private boolean any;

    @Option(names = "--scheduled", paramLabel = "TIME", description = ScheduledTime.HELP)
    private Optional<String> scheduled;

    @Option(
            names = "--pg-version",
            paramLabel = "VERSION",
            description = "Only if the PostgreSQL version is less than this (e.g. 9.5.2).")
    private Optional<String> version;

    @Option(names = "--pending", description = "Only if a restart is pending.")
    private boolean pending;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Fail, and fail over if necessary, if it takes longer.")
    private Optional<String> timeout;

    @Option(
            names = "--rolling",
            description = "One after the other, replicas first and the leader last, each only when the one before"
                    + " streams again.")
    private boolean rolling;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        RoleChoice chosen = RoleChoice.named(role);
        if (rolling && scheduled.filter(text -> !text.equals("now")).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--rolling waits for each member, so it cannot be scheduled");
        }
        Optional<Duration> limit = timeout.map(RestartCommand::duration);
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        MemberChoice choice = new MemberChoice(context, "restart", force.isGiven());
        List<Member> listed = choice.of(snapshot, names.members(snapshot), chosen);
        Optional<OffsetDateTime> at = time(context);
        List<Member> members = members(listed, at);
        if (members.isEmpty()) {
            context.warn("no restart is pending, so nothing was sent");
            return ExitCode.DONE;
        }
        confirm(context, snapshot, choice, members, at);
        RestartRequest request = new RestartRequest(Optional.empty(), bound(context), limit, pending, at);
        checkNotPaused(snapshot, at);
        Restarts restarts = new Restarts(context, snapshot, request);
        return (rolling ? restarts.rolling(members) : restarts.all(members, force.isGiven()))
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    /**
     * Returns the members to restart. For a later time no member is left out: who needs a restart then is not known
     * yet, and the node decides by itself.
     */
    private List<Member> members(List<Member> listed, Optional<OffsetDateTime> at) {
        List<Member> members = new ArrayList<>(listed);
        if (pending && at.isEmpty()) {
            members.removeIf(member -> member.pendingRestart().isEmpty());
        }
        if (any && !members.isEmpty()) {
            Collections.shuffle(members);
            return members.subList(0, 1);
        }
        return members;
    }

    private Optional<OffsetDateTime> time(CommandContext context) {
        ZoneId zone = ZoneId.systemDefault();
        String typed = scheduled.orElseGet(() -> force.isGiven() || rolling
                ? "now"
                : context.prompts()
                        .ask(
                                "When should the restart take place (e.g. "
                                        + ScheduledTime.nextHour(zone, Instant.now()) + ") ",
                                "now"));
        return ScheduledTime.of(typed, zone, Instant.now());
    }

    private static void checkNotPaused(ClusterSnapshot snapshot, Optional<OffsetDateTime> at) {
        if (at.isPresent() && snapshot.listed().view().paused()) {
            throw CommandFailure.ofPatronictl("Can't schedule restart in the paused state");
        }
    }

    private void confirm(
            CommandContext context,
            ClusterSnapshot snapshot,
            MemberChoice choice,
            List<Member> members,
            Optional<OffsetDateTime> at) {
        if (at.isEmpty()) {
            choice.confirm(members);
            return;
        }
        String question = pending && snapshot.messages().asksAboutPendingAtTheTime()
                ? "The nodes needing a restart will be identified at the scheduled time, and might be different from the"
                        + " ones showing pending restart right now. Is this fine?"
                : "Are you sure you want to schedule restart of members " + MemberChoice.names(members) + " at "
                        + PythonTime.str(at.get()) + "?";
        if (!force.isGiven() && !context.prompts().confirm(question)) {
            throw CommandFailure.ofPatronictl("Aborted scheduled restart");
        }
    }

    private Optional<String> bound(CommandContext context) {
        Optional<String> bound = version.isPresent() || force.isGiven()
                ? version
                : Optional.of(context.prompts()
                        .ask("Restart if the PostgreSQL version is less than provided (e.g. 9.5.2) ", ""));
        Optional<String> given = bound.filter(text -> !text.isEmpty());
        given.ifPresent(RestartCommand::checkVersion);
        return given;
    }

    private static void checkVersion(String text) {
        if (!NUMBERS.matcher(text).matches()) {
            throw CommandFailure.ofPatronictl(ExitCode.USAGE, "Invalid PostgreSQL version: " + text);
        }
        if (!POSTGRES_VERSION.matcher(text).matches()) {
            throw CommandFailure.ofPatronictl(
                    ExitCode.USAGE, "Invalid PostgreSQL version format: X.Y or X.Y.Z is accepted: " + text);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = TIMEOUT.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--timeout takes a positive number of seconds, not " + text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m", "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
