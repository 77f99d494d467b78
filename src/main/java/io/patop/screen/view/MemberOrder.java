package io.patop.screen.view;

import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.Role;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.util.Comparator;
import java.util.List;

/** The sort orders of the members view. Equal members are sorted by name, so that rows do not jump. */
enum MemberOrder {
    NAME("name"),
    ROLE("role, the leader first"),
    LAG("lag, the largest first"),
    TROUBLE("trouble, the silent first");

    private final String words;

    MemberOrder(String words) {
        this.words = words;
    }

    String text() {
        return words;
    }

    MemberOrder next() {
        List<MemberOrder> orders = List.of(values());
        return orders.get((orders.indexOf(this) + 1) % orders.size());
    }

    Comparator<WatchedMember> comparator(Dashboard dashboard) {
        Comparator<WatchedMember> byName = Comparator.comparing(WatchedMember::name);
        return switch (this) {
            case NAME -> byName;
            case ROLE ->
                Comparator.comparing((WatchedMember member) ->
                                !dashboard.leadership().isLeader(member.name()))
                        .thenComparing(member -> member.listed()
                                .map(listed -> rank(listed.role()))
                                .orElse(9))
                        .thenComparing(byName);
            case LAG -> Comparator.comparing(MemberOrder::lag).reversed().thenComparing(byName);
            case TROUBLE ->
                Comparator.comparing((WatchedMember member) -> !member.isSilent())
                        .thenComparing(WatchedMember::isListed)
                        .thenComparing(byName);
        };
    }

    private static long lag(WatchedMember member) {
        return member.listed()
                .map(Member::lag)
                .map(lag -> lag instanceof Lag.Bytes bytes
                        ? bytes.count()
                        : lag instanceof Lag.Unknown ? Long.MAX_VALUE : -1)
                .orElse(-1L);
    }

    private static int rank(Role role) {
        return role.leads() ? 0 : role.isSynchronous() ? 1 : 2;
    }
}
