package io.patop.command;

import io.patop.cluster.Failure;
import io.patop.command.live.FoundProxies;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.control.Availability;
import io.patop.control.Lever;
import io.patop.control.ProxyAvailability;
import io.patop.control.ProxyLever;
import io.patop.control.ServerAction;
import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.StatRow;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.WatchedProxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes changes at an HAProxy from the command line: all are named first and asked about once, then done one after
 * the other.
 */
final class ProxyChanges {

    private final Consent consent;
    private final Supplier<FoundProxies> proxies;

    ProxyChanges(Consent consent, Supplier<FoundProxies> proxies) {
        this.consent = consent;
        this.proxies = proxies;
    }

    /** Does the same to each of some servers. */
    int on(List<String> names, ServerAction order) {
        consent.requireWritable();
        FoundProxies found = proxies.get();
        WatchedProxy proxy = found.only();
        return run(
                found,
                names.stream()
                        .map(name -> ProxyAvailability.on(proxy, row(proxy, name), order))
                        .toList());
    }

    /** Sets weights, given as {@code backend/server=weight}. */
    int weights(List<String> weights) {
        consent.requireWritable();
        weights.forEach(ProxyChanges::requireWeight);
        FoundProxies found = proxies.get();
        WatchedProxy proxy = found.only();
        List<Availability> offers = new ArrayList<>();
        for (String text : weights) {
            int equals = text.lastIndexOf('=');
            StatRow row = row(proxy, text.substring(0, equals));
            String weight = text.substring(equals + 1);
            offers.add(
                    weight.equals("initial")
                            ? ProxyAvailability.on(proxy, row, ServerAction.INITIAL_WEIGHT)
                            : ProxyAvailability.weight(proxy, row, Integer.parseInt(weight)));
        }
        return run(found, offers);
    }

    /** Does something to the whole HAProxy. */
    int whole(Function<WatchedProxy, Availability> offer) {
        FoundProxies found = proxies.get();
        return run(found, List.of(offer.apply(found.only())));
    }

    private int run(FoundProxies found, List<Availability> offers) {
        List<Action> actions = offers.stream().map(ProxyChanges::action).toList();
        if (actions.stream().anyMatch(Action::changes)) {
            consent.requireWritable();
            String words = String.join(", ", actions.stream().map(Action::text).toList());
            String question = words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
            if (!consent.isGiven(question + " at " + found.only().name())) {
                return ExitCode.FAILED;
            }
        }
        boolean done = true;
        for (Action action : actions) {
            done &= isDone(found, action);
        }
        return done ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isDone(FoundProxies found, Action action) {
        List<String> said = new ArrayList<>();
        Lever<?> lever = new ProxyLever(
                (proxy, command) -> found.client(found.only()).run(command),
                reply -> said.addAll(reply.answer().strip().lines().toList()),
                Clock.systemUTC());
        Optional<Failure> failure = lever.perform(action, step -> {}).join().failure();
        if (failure.isPresent()) {
            boolean refused = failure.get().kind() == Failure.Kind.REJECTED;
            System.err.println("patop: " + (refused ? "failed to " + Printable.line(action.text()) + ": " : "")
                    + failure.get().message());
            return false;
        }
        if (said.isEmpty()) {
            System.out.println("done: " + Printable.line(action.text()));
        }
        said.forEach(line -> System.out.println(Printable.line(line)));
        return true;
    }

    private static Action action(Availability availability) {
        return availability
                .offer()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, availability.hindrance().orElse("")));
    }

    private static StatRow row(WatchedProxy proxy, String name) {
        return proxy.server(name)
                .map(server -> server.row())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "HAProxy has no server " + Printable.line(name) + ": it is one of "
                                + String.join(
                                        ", ",
                                        proxy.servers().stream()
                                                .map(server -> Printable.line(
                                                        server.row().key()))
                                                .toList())));
    }

    private static void requireWeight(String text) {
        int equals = text.lastIndexOf('=');
        String weight = text.substring(equals + 1);
        boolean good = weight.equals("initial")
                || (weight.matches("\\d{1,3}") && Integer.parseInt(weight) <= ProxyCommand.HEAVIEST);
        if (equals < 1 || !good) {
            throw new CommandFailure(ExitCode.USAGE, "say BACKEND/SERVER=WEIGHT with 0 to 256 or initial, not " + text);
        }
    }
}
