package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation.ProxyReplied;
import io.patop.watch.source.ProxyConsole;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs commands on HAProxies. The whole answer is for the proxy's own console; HAProxy says nothing to what it did.
 *
 * @param proxies to run them on
 * @param sink takes the whole answers
 * @param clock for their times
 */
public record ProxyLever(ProxyConsole proxies, Consumer<? super ProxyReplied> sink, Clock clock)
        implements Lever<Action.OnProxy> {

    @Override
    public Class<Action.OnProxy> takes() {
        return Action.OnProxy.class;
    }

    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.OnProxy action, Consumer<String> steps) {
        Answer<String> answer = proxies.run(action.proxy(), action.command());
        boolean refused = answer.value().filter(action.command()::isRefusedBy).isPresent();
        String said = answer.value()
                .orElseGet(() -> answer.failure().map(Failure::message).orElse(""));
        boolean failed = refused || answer.failure().isPresent();
        sink.accept(new ProxyReplied(
                clock.instant(), action.proxy(), action.command().text(), said, failed));
        return CompletableFuture.completedFuture(
                refused
                        ? new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, firstLine(said)), answer.took())
                        : answer.map(ProxyLever::firstLine));
    }

    private static String firstLine(String answer) {
        return answer.strip()
                .lines()
                .findFirst()
                .map(line -> "HAProxy says: " + Printable.line(line))
                .orElse("");
    }
}
