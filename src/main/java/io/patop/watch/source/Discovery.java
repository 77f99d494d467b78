package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Finds a cluster without being given an address: from the configuration, then from what Docker shows, then at the
 * usual names. All places of one kind are tried at once, and the first node that answers is taken.
 */
public final class Discovery {

    /** The result of a search. */
    public sealed interface Finding {

        /**
         * A node answers.
         *
         * @param urls that of the node, and of the others that were tried with it
         */
        record Found(List<ApiUrl> urls) implements Finding {}

        /**
         * Docker shows nodes, but none of their addresses can be reached from here.
         *
         * @param network the Docker network that they are on
         */
        record OutOfReach(String network) implements Finding {}

        /**
         * No node was found.
         *
         * @param tried where patop looked, in words
         */
        record Nothing(String tried) implements Finding {}
    }

    private final NodeApi api;
    private final Supplier<Answer<EngineView>> docker;
    private final List<ApiUrl> configured;
    private final DiscoveredAddresses usual;

    /**
     * A discovery that does nothing until {@link #look}.
     *
     * @param api to ask nodes with
     * @param docker asks the engine, and blocks for a bounded time
     * @param configured REST APIs that a configuration file or the environment names
     * @param usual addresses to try if neither these nor Docker lead to a node
     */
    public Discovery(
            NodeApi api, Supplier<Answer<EngineView>> docker, List<ApiUrl> configured, DiscoveredAddresses usual) {
        this.api = api;
        this.docker = docker;
        this.configured = List.copyOf(configured);
        this.usual = usual;
    }

    /** Looks for a cluster. Blocks for at most the time of two requests and one of Docker. */
    public Finding look() {
        List<String> tried = new ArrayList<>();
        Optional<Finding> found = first(configured);
        configured.forEach(url -> tried.add(url.toString()));
        if (found.isPresent()) {
            return found.get();
        }
        Answer<EngineView> engine = docker.get();
        Optional<DiscoveredAddresses> shown = engine.value().map(DiscoveredAddresses::of);
        tried.add(engine.failure().map(Failure::message).orElse("the services and containers that Docker shows"));
        CompletableFuture<Optional<Finding>> inDocker =
                ask(shown.map(DiscoveredAddresses::urls).orElse(List.of()));
        CompletableFuture<Optional<Finding>> atNames = ask(usual.urls());
        Optional<Finding> anywhere = inDocker.join().or(atNames::join);
        if (!usual.urls().isEmpty()) {
            tried.add(usual.text());
        }
        if (anywhere.isPresent()) {
            return anywhere.get();
        }
        return shown.filter(candidates -> !candidates.urls().isEmpty())
                .flatMap(DiscoveredAddresses::network)
                .<Finding>map(Finding.OutOfReach::new)
                .orElseGet(() -> new Finding.Nothing(String.join("; ", tried)));
    }

    private Optional<Finding> first(List<ApiUrl> urls) {
        return ask(urls).join();
    }

    /** Completes with the first node that answers, or empty when none did. */
    private CompletableFuture<Optional<Finding>> ask(List<ApiUrl> urls) {
        api.given(urls);
        CompletableFuture<Optional<Finding>> first = new CompletableFuture<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (ApiUrl url : urls) {
            CompletableFuture<Answer<ClusterView>> asked = api.cluster(url);
            all.add(asked.thenAccept(
                    answer -> answer.value().ifPresent(view -> first.complete(Optional.of(found(url, urls))))));
        }
        CompletableFuture<Void> unused = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenRun(() -> first.complete(Optional.empty()));
        return first;
    }

    private static Finding found(ApiUrl answering, List<ApiUrl> others) {
        Set<ApiUrl> urls = new LinkedHashSet<>();
        urls.add(answering);
        others.stream().filter(url -> url.port() == answering.port()).forEach(urls::add);
        return new Finding.Found(List.copyOf(urls));
    }
}
