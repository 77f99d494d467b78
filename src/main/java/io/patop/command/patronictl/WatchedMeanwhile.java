package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Threads;
import io.patop.control.RollingRestart;
import io.patop.patroni.ApiUrl;
import io.patop.time.SteadyClock;
import io.patop.watch.Session;
import io.patop.watch.SuspendDetector;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.source.PatroniSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches the cluster, as the dashboard does, while one command runs. */
final class WatchedMeanwhile implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Longest wait for a member's first answer; longer than a request that hangs. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(20);

    private final SteadyClock clock = SteadyClock.system();
    private final Session session = new Session();
    private final PatroniSource source;

    WatchedMeanwhile(CommandContext context, ClusterSnapshot snapshot) {
        ScheduledExecutorService scheduler = Threads.scheduler("patop-patroni");
        SuspendDetector sink = new SuspendDetector(session, clock, scheduler);
        source = new PatroniSource(
                context.reads(), seeds(context.cluster(), snapshot.members()), sink, () -> INTERVAL, clock, scheduler);
        sink.start();
        source.start();
    }

    /** Restarts members one after the other, and waits until that has ended. */
    RollingRestart.Outcome restart(
            PatroniCommand.RollingRestart order, RollingRestart.Restart restart, RollingRestart.Progress progress)
            throws InterruptedException {
        awaitFirst(order);
        try {
            return new RollingRestart(order, session::dashboard, clock, restart, progress)
                    .run()
                    .get();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    @Override
    public void close() {
        source.close();
    }

    /** Waits until the cluster and each of the members have been asked, whatever the answers. */
    private void awaitFirst(PatroniCommand.RollingRestart order) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        session.listen(now -> {
            if (isHeard(now, order)) {
                heard.countDown();
            }
        });
        if (isHeard(session.dashboard(), order)) {
            heard.countDown();
        }
        boolean all = heard.await(FIRST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        if (!all && !(session.dashboard().clusterApi() instanceof Dashboard.ClusterApi.Answered)) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "no node tells who leads; nothing was sent");
        }
    }

    private static boolean isHeard(Dashboard now, PatroniCommand.RollingRestart order) {
        return now.clusterApi() instanceof Dashboard.ClusterApi.Answered
                && order.members().stream().allMatch(name -> now.member(name)
                        .filter(member -> !(member.api() instanceof Api.Unasked))
                        .isPresent());
    }

    private static PatroniSource.Seeds seeds(Cluster cluster, List<Member> members) {
        Set<ApiUrl> urls = new LinkedHashSet<>(cluster.urls());
        members.forEach(member -> cluster.url(member).ifPresent(urls::add));
        return new PatroniSource.Seeds() {
            @Override
            public List<ApiUrl> urls() {
                return List.copyOf(urls);
            }

            @Override
            public Map<String, ApiUrl> byMember() {
                return cluster.urlsByMember();
            }
        };
    }
}
