package io.patop.watch.model;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.probe.Server;
import java.util.Collection;
import java.util.Optional;

/** Finds the member whose server a probe has reached, by the address that the member published. */
public final class ServerNames {

    private ServerNames() {}

    /** The member at that address, if there is one. */
    public static Optional<String> member(Collection<WatchedMember> members, Server server) {
        return members.stream()
                .filter(member -> member.listed()
                        .flatMap(Member::address)
                        .filter(address -> is(address, server))
                        .isPresent())
                .map(WatchedMember::name)
                .findFirst();
    }

    /** The member's name, or else the server's address. */
    public static String text(Collection<WatchedMember> members, Server server) {
        return member(members, server).orElseGet(server::text);
    }

    private static boolean is(PostgresAddress address, Server server) {
        return address.host().equals(server.address()) && address.port() == server.port();
    }
}
