package io.patop.sim.haproxy;

import io.patop.sim.core.Proxy;
import io.patop.sim.core.Simulation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** HAProxy's commands on its stats socket: those that a dashboard needs, with the answers of 2.6. */
public final class ProxyCommands {
    private static final String UNKNOWN =
            """
            Unknown command, but maybe one of the following ones is a better match:
              clear counters [all]                    : clear max statistics counters (or all counters)
              disable server                          : disable a server for maintenance (use 'set server' instead)
              enable server                           : enable a disabled server (use 'set server' instead)
              set server <bk>/<srv> [opts]            : change a server's state, weight, address or ssl
              show info [desc|json|typed|float]*      : report information about the running process
              show servers state [<backend>]          : dump volatile server information (all or for a single backend)
              show stat [desc|json|no-maint|typed|up]*: report counters for each proxy and server
              shutdown sessions server                : kill sessions on a server
              help [<command>]                        : list matching or all commands
              prompt                                  : toggle interactive mode with prompt
              quit                                    : disconnect
            """;

    private final Proxy proxy;
    private final ProxyStats stats;

    public ProxyCommands(Simulation world) {
        this.proxy = world.proxy();
        this.stats = new ProxyStats(world);
    }

    /** Returns the answer to one command, without the empty line that ends it. */
    public String run(String line) {
        List<String> words = Arrays.stream(line.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        String two = String.join(" ", words.subList(0, Math.min(2, words.size())));
        return switch (two) {
            case "show stat" -> stats.csv();
            case "show info" -> stats.info();
            case "show version" -> "2.6.12-1+deb12u4\n";
            case "show servers" -> stats.serversState(word(words, 3));
            case "disable server" -> onServer(word(words, 2), found -> setMaintenance(found, true));
            case "enable server" ->
                onServer(word(words, 2), found -> {
                    setMaintenance(found, false);
                    found.server().drain = false;
                });
            case "set server" -> setServer(words);
            case "set weight" -> onServer(word(words, 2), found -> setWeight(found.server(), word(words, 3)));
            case "get weight" -> weight(word(words, 2));
            case "clear counters" -> clear(words.size() > 2 && words.get(2).equals("all"));
            case "shutdown sessions" -> onServer(word(words, 3), found -> Proxy.shutSessions(found.server()));
            default -> UNKNOWN;
        };
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private record Found(Proxy.Backend backend, Proxy.Server server) {}

    private Optional<Found> find(String name) {
        int slash = name.indexOf('/');
        return proxy.backends().stream()
                .filter(backend -> backend.name.equals(name.substring(0, Math.max(0, slash))))
                .flatMap(backend -> Stream.ofNullable(backend.servers.get(name.substring(slash + 1)))
                        .map(server -> new Found(backend, server)))
                .findFirst();
    }

    private String onServer(String name, Consumer<Found> work) {
        if (name.indexOf('/') < 0) {
            return "Require 'backend/server'.\n";
        }
        Optional<Found> found = find(name);
        found.ifPresent(work);
        return found.isPresent() ? "" : "No such server.\n";
    }

    private void setMaintenance(Found found, boolean maintenance) {
        proxy.setMaintenance(found.backend(), found.server(), maintenance);
    }

    private String setServer(List<String> words) {
        String value = word(words, 4);
        return switch (word(words, 3)) {
            case "state" ->
                switch (value) {
                    case "ready" ->
                        onServer(word(words, 2), found -> {
                            setMaintenance(found, false);
                            found.server().drain = false;
                        });
                    case "drain" ->
                        onServer(word(words, 2), found -> {
                            setMaintenance(found, false);
                            found.server().drain = true;
                        });
                    case "maint" -> onServer(word(words, 2), found -> setMaintenance(found, true));
                    default -> "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n";
                };
            case "weight" -> setWeightChecked(word(words, 2), value);
            default ->
                "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send |"
                        + " check-addr | check-port | fqdn | health | ssl | state | weight\n";
        };
    }

    private String setWeightChecked(String name, String value) {
        if (!value.matches("\\d{1,3}%?")) {
            return "Absolute weight can only be between 0 and 256 inclusive.\n";
        }
        return onServer(name, found -> setWeight(found.server(), value));
    }

    /** Sets a weight: a number, or a percentage of the initial weight of 1. */
    private static void setWeight(Proxy.Server server, String value) {
        if (value.matches("\\d{1,3}")) {
            server.weight = Math.min(256, Integer.parseInt(value));
        } else if (value.matches("\\d{1,3}%")) {
            server.weight = value.equals("0%") ? 0 : 1;
        }
    }

    private String weight(String name) {
        return find(name).map(found -> found.server().weight + " (initial 1)\n").orElse("No such server.\n");
    }

    private String clear(boolean all) {
        for (Proxy.Backend backend : proxy.backends()) {
            clear(backend.frontend, all);
            clear(backend.total, all);
            backend.servers.values().forEach(server -> {
                clear(server.counters, all);
                server.failedChecks = 0;
                server.downs = 0;
            });
        }
        return "";
    }

    private static void clear(Proxy.Counters counters, boolean all) {
        if (all) {
            counters.clear();
        } else {
            counters.clearMaxima();
        }
    }
}
