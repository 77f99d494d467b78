package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.ConfigChanges;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.CommandReply;
import io.patop.patroni.NodeApi;
import io.patop.patroni.NodeCommands;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.rules.IdentityCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sends commands to Patroni like patronictl does: those for the cluster to the leader, those for a member to that
 * member. No method blocks, and each command runs on its own, since Patroni answers a switchover only after 20 s or
 * more.
 */
public final class PatroniCommands implements Lever<Action.OnPatroni> {

    /** A command was not sent, or was refused by the cluster; the message is the reason. */
    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        Declined(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * How many times the configuration is read again at most, every half second. A node reads the DCS at once after a
     * PATCH, and each loop_wait anyway.
     */
    private static final int TRIES = 30;

    private static final Executor SOON = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    private final NodeApi api;
    private final NodeCommands commands;
    private final Supplier<Dashboard> dashboard;
    private final Consumer<Observation> sink;
    private final Clock clock;

    /**
     * Commands for one cluster.
     *
     * @param api reads the configuration, before and after it is written
     * @param commands sends the commands
     * @param dashboard tells the members' addresses and states
     * @param sink takes the configuration that was read
     * @param clock for observations
     */
    public PatroniCommands(
            NodeApi api,
            NodeCommands commands,
            Supplier<Dashboard> dashboard,
            Consumer<Observation> sink,
            Clock clock) {
        this.api = api;
        this.commands = commands;
        this.dashboard = dashboard;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public Class<Action.OnPatroni> takes() {
        return Action.OnPatroni.class;
    }

    @Override
    public boolean worksByItself() {
        return true;
    }

    /** Completes with what the node said, or with why it was not done. */
    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.OnPatroni action, Consumer<String> steps) {
        long start = System.nanoTime();
        CompletableFuture<String> said;
        try {
            said = action.order().choose(new Sending(steps));
        } catch (Declined unsent) {
            said = CompletableFuture.failedFuture(unsent);
        }
        return said.handle((words, thrown) -> {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (thrown == null) {
                return new Answer.Given<>(words, took);
            }
            return missing(thrown, took);
        });
    }

    private static <T> Answer<T> missing(Throwable thrown, Duration took) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        String why = cause instanceof Declined ? Printable.message(cause) : "a bug: " + cause;
        return new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, why), took);
    }

    /** Sends each kind of command. */
    private final class Sending implements PatroniCommand.Cases<CompletableFuture<String>> {

        private final Consumer<String> steps;

        Sending(Consumer<String> steps) {
            this.steps = steps;
        }

        @Override
        public CompletableFuture<String> restart(PatroniCommand.Restart order) {
            return accepted(PatroniCommands.this.restart(order.name(), order.ifPending(), order.at()));
        }

        @Override
        public CompletableFuture<String> cancelRestart(PatroniCommand.CancelRestart order) {
            return accepted(to(order.name(), commands::cancelRestart));
        }

        @Override
        public CompletableFuture<String> reload(PatroniCommand.Reload order) {
            return PatroniCommands.this.reload(order.members());
        }

        @Override
        public CompletableFuture<String> reinitialize(PatroniCommand.Reinitialize order) {
            return accepted(to(order.name(), url -> commands.reinitialize(url, ReinitializeRequest.DEFAULT)));
        }

        @Override
        public CompletableFuture<String> switchover(PatroniCommand.Switchover order) {
            SwitchoverRequest request = new SwitchoverRequest(order.leader(), order.candidate(), order.at());
            return accepted(to(leader(), url -> commands.switchover(url, request)));
        }

        @Override
        public CompletableFuture<String> failover(PatroniCommand.Failover order) {
            return accepted(to(leader(), url -> commands.failover(url, order.candidate())));
        }

        @Override
        public CompletableFuture<String> cancelSwitchover(PatroniCommand.CancelSwitchover order) {
            return accepted(to(leader(), commands::cancelSwitchover));
        }

        @Override
        public CompletableFuture<String> maintenance(PatroniCommand.Maintenance order) {
            return pause(order.on());
        }

        @Override
        public CompletableFuture<String> changeConfig(PatroniCommand.ChangeConfig order) {
            return change(order);
        }

        @Override
        public CompletableFuture<String> rollingRestart(PatroniCommand.RollingRestart order) {
            return rolling(order, steps);
        }
    }

    private CompletableFuture<Answer<CommandReply>> restart(
            String member, boolean ifPending, Optional<OffsetDateTime> at) {
        return to(
                member,
                url -> commands.restart(
                        url,
                        new RestartRequest(Optional.empty(), Optional.empty(), Optional.empty(), ifPending, at),
                        version(member)));
    }

    private CompletableFuture<String> rolling(PatroniCommand.RollingRestart order, Consumer<String> steps) {
        RollingRestart.Restart restart = member -> CompletableFuture.completedFuture(member)
                .thenCompose(name -> restart(name, order.ifPending(), Optional.empty()))
                .exceptionally(thrown -> missing(thrown, Duration.ZERO));
        return new RollingRestart(order, dashboard, clock, restart, new Steps(steps))
                .run()
                .thenApply(outcome -> {
                    if (outcome.stopped().isPresent()) {
                        throw new Declined(outcome.text());
                    }
                    return outcome.text();
                });
    }

    /** Turns the steps of a rolling restart into text. */
    private record Steps(Consumer<String> sink) implements RollingRestart.Progress {
        @Override
        public void restarting(String member) {
            sink.accept("restarting " + member);
        }

        @Override
        public void answered(String member, Answer<CommandReply> answer, boolean leads) {
            answer.value()
                    .filter(CommandReply::isAccepted)
                    .ifPresent(said -> sink.accept(member + " " + said.describe() + "; waiting for it to "
                            + (leads ? "run as primary" : "stream") + " again"));
        }
    }

    private CompletableFuture<String> reload(List<String> members) {
        CompletableFuture<String> all = CompletableFuture.completedFuture("");
        for (String member : members) {
            CompletableFuture<String> one = accepted(to(member, commands::reload));
            all = all.thenCombine(
                    one, (before, said) -> before + (before.isEmpty() ? "" : "; ") + member + ": " + said);
        }
        return all;
    }

    /** Turns maintenance mode on or off. Like patronictl, it removes the key pause instead of setting it to false. */
    private CompletableFuture<String> pause(boolean on) {
        Map<String, Object> patch = new HashMap<>();
        patch.put("pause", on ? Boolean.TRUE : null);
        String member = leader();
        ApiUrl url = url(member);
        return accepted(to(member, asked -> commands.patchConfig(asked, patch))).thenApply(said -> {
            readAgain(url, config -> Boolean.TRUE.equals(config.tree().get("pause")) == on, TRIES);
            return said;
        });
    }

    /** Changes the configuration. It is read again just before it is written, since Patroni has no lock for it. */
    private CompletableFuture<String> change(PatroniCommand.ChangeConfig change) {
        return reached(leader()).thenCompose(url -> api.config(url).thenCompose(answer -> {
            DynamicConfig now = answer.value()
                    .orElseThrow(
                            () -> new Declined(answer.failure().orElseThrow().message()));
            sink.accept(new Observation.ConfigAnswered(clock.instant(), url.base(), now));
            return patch(url, change, now);
        }));
    }

    private CompletableFuture<String> patch(ApiUrl url, PatroniCommand.ChangeConfig change, DynamicConfig now) {
        ConfigChanges meanwhile = ConfigChanges.between(change.seen(), now);
        if (!meanwhile.isEmpty()) {
            throw new Declined("nothing was written: somebody else changed it meanwhile (" + meanwhile.text("to")
                    + "); look at it, and change it again");
        }
        Map<String, Object> patch = ConfigChanges.between(now, change.wanted()).patch();
        if (patch.isEmpty()) {
            throw new Declined("nothing to change");
        }
        return accepted(commands.patchConfig(url, patch)).thenApply(said -> {
            readAgain(
                    url,
                    config -> ConfigChanges.between(config, change.wanted()).isEmpty(),
                    TRIES);
            return said;
        });
    }

    /**
     * Reads the configuration again until the node shows what was written. A node answers with what it last read from
     * the DCS.
     */
    private void readAgain(ApiUrl url, Predicate<DynamicConfig> isNew, int tries) {
        CompletableFuture<Void> unused = api.config(url).thenAccept(answer -> {
            answer.value()
                    .ifPresent(
                            config -> sink.accept(new Observation.ConfigAnswered(clock.instant(), url.base(), config)));
            if (tries > 1 && answer.value().filter(isNew).isEmpty()) {
                SOON.execute(() -> readAgain(url, isNew, tries - 1));
            }
        });
    }

    private static CompletableFuture<String> accepted(CompletableFuture<Answer<CommandReply>> reply) {
        return reply.thenApply(answer -> {
            if (answer.failure().isPresent()) {
                throw new Declined(answer.failure().get().message());
            }
            CommandReply said = answer.value().orElseThrow();
            if (!said.isAccepted()) {
                throw new Declined(said.describe());
            }
            return said.describe();
        });
    }

    private Optional<PatroniVersion> version(String member) {
        return dashboard
                .get()
                .member(member)
                .flatMap(known -> known.api().lastStatus())
                .flatMap(NodeStatus::patroniVersion)
                .flatMap(PatroniVersion::parse);
    }

    private CompletableFuture<Answer<CommandReply>> to(
            String member, Function<ApiUrl, CompletableFuture<Answer<CommandReply>>> command) {
        return reached(member).thenCompose(command);
    }

    /**
     * The member's address, after a check that the node there is that member, since the address may have passed to
     * another.
     */
    private CompletableFuture<ApiUrl> reached(String member) {
        ApiUrl url = url(member);
        return api.node(url)
                .thenApply(answer -> IdentityCheck.of(dashboard.get()).beforeSending(member, url.base(), answer))
                .thenApply(answer -> {
                    answer.failure().ifPresent(why -> {
                        throw new Declined(why.message());
                    });
                    return url;
                });
    }

    /**
     * The leader if it answers, else any member that does, since each member accepts a command for the cluster.
     * Members to which the password may be sent come first.
     */
    private String leader() {
        Dashboard now = dashboard.get();
        Optional<WatchedMember> leader =
                now.leadership().present().flatMap(now::member).filter(member -> !member.isSilent());
        List<WatchedMember> able = Stream.concat(
                        leader.stream(), now.members().values().stream().filter(WatchedMember::answers))
                .toList();
        return able.stream()
                .filter(member -> address(member)
                        .filter(url -> commands.withheld(url).isEmpty())
                        .isPresent())
                .findFirst()
                .or(() -> able.stream().findFirst())
                .map(WatchedMember::name)
                .orElseThrow(() -> new Declined("no member answers"));
    }

    private ApiUrl url(String member) {
        return dashboard
                .get()
                .member(member)
                .flatMap(PatroniCommands::address)
                .orElseThrow(() -> new Declined("no address of " + member + " is known"));
    }

    /** The member's address that is asked, which may differ from the one it published. */
    private static Optional<ApiUrl> address(WatchedMember member) {
        return member.api()
                .asked()
                .or(() -> member.listed().flatMap(Member::apiUrl))
                .map(ApiUrl::new);
    }
}
