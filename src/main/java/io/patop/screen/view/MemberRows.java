package io.patop.screen.view;

import io.patop.cluster.Walsender;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes the rows of one frame. What all rows need is looked up once, and only if a row needs it. */
public final class MemberRows {

    final Dashboard dashboard;
    final Instant now;
    final Glyphs glyphs;
    private Optional<Set<String>> receivers = Optional.empty();
    private Optional<Boolean> versionsDiffer = Optional.empty();

    public MemberRows(Dashboard dashboard, Instant now, Glyphs glyphs) {
        this.dashboard = dashboard;
        this.now = now;
        this.glyphs = glyphs;
    }

    public MemberRow of(WatchedMember member) {
        return new MemberRow(member, this);
    }

    /** Returns whether the nodes that answer run different versions of PostgreSQL. */
    boolean versionsDiffer() {
        if (versionsDiffer.isEmpty()) {
            versionsDiffer = Optional.of(dashboard.members().values().stream()
                            .flatMap(member -> member.status().stream())
                            .flatMap(status -> status.postgresVersion().stream())
                            .distinct()
                            .limit(2)
                            .count()
                    > 1);
        }
        return versionsDiffer.get();
    }

    /** Returns whether any node that answers says that it streams to the member. */
    boolean receives(String member) {
        if (receivers.isEmpty()) {
            Set<String> names = new HashSet<>();
            for (WatchedMember sender : dashboard.members().values()) {
                sender.status().filter(status -> !sender.isOld(now)).ifPresent(status -> status.replication().stream()
                        .filter(Walsender::isStreaming)
                        .forEach(walsender -> names.add(walsender.applicationName())));
            }
            receivers = Optional.of(names);
        }
        return receivers.get().contains(member);
    }
}
