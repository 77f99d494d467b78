package io.patop.control;

import io.patop.haproxy.AdminLevel;
import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.ServerName;
import io.patop.haproxy.StatRow;
import io.patop.watch.model.Action;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.ProxyStatus;
import io.patop.watch.model.WatchedProxy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides which actions on an HAProxy are available now, and why others are not. */
public final class ProxyAvailability {

    private ProxyAvailability() {}

    /** An action on one server. */
    public static Availability on(WatchedProxy proxy, StatRow row, ServerAction order) {
        Optional<String> why = hindrance(proxy).or(() -> hindrance(row));
        return why.<Availability>map(Availability.Impossible::new).orElseGet(() -> {
            ServerName name = name(row);
            return possible(proxy, order.on(name), order.text(name.toString()) + " in HAProxy", member(proxy, row));
        });
    }

    /** An action on every server of that name, in all backends. */
    public static Availability onAll(WatchedProxy proxy, StatRow row, ServerAction order) {
        Optional<String> why = hindrance(proxy).or(() -> hindrance(row));
        return why.<Availability>map(Availability.Impossible::new).orElseGet(() -> {
            List<ServerName> names = proxy.servers().stream()
                    .filter(server -> server.row().service().equals(row.service()))
                    .flatMap(server -> ServerName.of(server.row().key()).stream())
                    .toList();
            String line = names.stream().map(name -> order.on(name).text()).collect(Collectors.joining(";"));
            return possible(
                    proxy,
                    new ProxyCommand(line, true, true),
                    order.text(row.service()) + " in all backends of HAProxy ("
                            + names.stream().map(ServerName::backend).collect(Collectors.joining(", ")) + ")",
                    member(proxy, row));
        });
    }

    /** Sets the weight of a server. A number below 0 or above 256 counts as 0 or 256. */
    public static Availability weight(WatchedProxy proxy, StatRow row, long weight) {
        Optional<String> why = hindrance(proxy).or(() -> hindrance(row));
        return why.<Availability>map(Availability.Impossible::new).orElseGet(() -> {
            int bounded = (int) Math.max(0, Math.min(ProxyCommand.HEAVIEST, weight));
            if (row.number("weight").filter(now -> now == bounded).isPresent()) {
                return new Availability.Impossible("the weight of server " + row.key() + " is " + bounded + " already");
            }
            ServerName name = name(row);
            return possible(
                    proxy,
                    ProxyCommand.weight(name, bounded),
                    "set the weight of server " + name + " from " + row.text("weight") + " to " + bounded
                            + " in HAProxy",
                    member(proxy, row));
        });
    }

    /** Clears the maxima, or all counters. */
    public static Availability clearCounters(WatchedProxy proxy, boolean all) {
        return hindrance(proxy)
                .<Availability>map(Availability.Impossible::new)
                .orElseGet(() -> possible(
                        proxy,
                        ProxyCommand.clearCounters(all),
                        all ? "clear all counters of HAProxy" : "clear the maxima of HAProxy",
                        Optional.empty()));
    }

    /** Runs a line that a person typed. */
    public static Availability typed(WatchedProxy proxy, String line) {
        Optional<String> why = ProxyCommand.refusal(line)
                .or(() -> proxy.level() == AdminLevel.NONE ? hindrance(proxy) : Optional.empty());
        return why.<Availability>map(Availability.Impossible::new).orElseGet(() -> {
            ProxyCommand command = ProxyCommand.typed(line);
            return possible(proxy, command, "run \"" + command.text() + "\" in HAProxy", Optional.empty());
        });
    }

    /** The reason why nothing can be changed in the HAProxy; empty if it can. */
    public static Optional<String> hindrance(WatchedProxy proxy) {
        if (proxy.status() instanceof ProxyStatus.Silent silent) {
            return Optional.of(silent.failure().message());
        }
        return switch (proxy.level()) {
            case NONE ->
                Optional.of("no admin socket: " + proxy.name() + " is a page, which takes no commands; give HAProxy's"
                        + " stats socket with --haproxy");
            case USER, OPERATOR ->
                Optional.of("no admin socket: " + proxy.name() + " is of level "
                        + proxy.level().name().toLowerCase(java.util.Locale.ROOT)
                        + "; its \"stats socket\" line needs \"level admin\"");
            case ADMIN, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<String> hindrance(StatRow row) {
        if (row.kind() != RowKind.SERVER) {
            return Optional.of("select a server: " + row.key() + " is none");
        }
        return ServerName.of(row.key()).isPresent()
                ? Optional.empty()
                : Optional.of("server " + row.key() + " has letters that no command can hold");
    }

    private static ServerName name(StatRow row) {
        return ServerName.of(row.key()).orElseThrow();
    }

    private static Availability possible(
            WatchedProxy proxy, ProxyCommand command, String words, Optional<String> member) {
        return new Availability.Possible(new Action.OnProxy(proxy.name(), command, words, member));
    }

    private static Optional<String> member(WatchedProxy proxy, StatRow row) {
        return proxy.server(row.key()).flatMap(MatchedServer::member);
    }
}
