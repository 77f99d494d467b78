package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.haproxy.ProxyClient;
import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.haproxy.ProxyView;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProxyPlaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the HAProxies for their statistics again and again, and runs commands on them. It finds them first, and looks
 * again while none answers, since a container comes back with another address. A proxy never has two requests at a
 * time. All state is confined to one scheduling thread, and answers are handled on it.
 */
public final class ProxySource implements ProxyConsole, AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Supplier<List<ProxyPlaces.Place>> places;
    private final Function<ProxyEndpoint, ProxyClient> clients;
    private final Observation.Sink sink;
    private final Supplier<Duration> interval;
    private final Clock clock;
    private final Executor workers;
    private final ScheduledExecutorService scheduler;

    private final Map<ProxyPlaces.Place, Watched> watched = new LinkedHashMap<>();
    private final Map<String, ProxyClient> all = new HashMap<>();
    private Optional<Instant> lookedAt = Optional.empty();

    @SuppressWarnings("NullAway.Init") // set by start
    private ScheduledFuture<?> next;

    private Instant nextAt = Instant.MAX;

    /** One HAProxy, with the endpoint at which it answers. */
    private static final class Watched {
        private Optional<ProxyClient> door = Optional.empty();
        private boolean asked;
        private boolean answers;
    }

    /**
     * A source that does nothing until {@link #start}.
     *
     * @param places where to look, asked again while none answers; a place with one endpoint was named by a person,
     *     so it is reported even if it never answers
     * @param clients makes the client of an endpoint; closed with this source
     * @param sink takes the observations
     * @param interval from tick to tick, read at each tick
     * @param clock for the observations' times
     * @param workers run what blocks
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public ProxySource(
            Supplier<List<ProxyPlaces.Place>> places,
            Function<ProxyEndpoint, ProxyClient> clients,
            Observation.Sink sink,
            Supplier<Duration> interval,
            Clock clock,
            Executor workers,
            ScheduledExecutorService scheduler) {
        this.places = places;
        this.clients = clients;
        this.sink = sink;
        this.interval = interval;
        this.clock = clock;
        this.workers = workers;
        this.scheduler = scheduler;
    }

    /** Starts looking and asking. */
    public void start() {
        onScheduler(this::tick);
    }

    /** Moves the next tick forward if the interval has become shorter than the time left to it. */
    public void hurry() {
        onScheduler(() -> {
            Instant sooner = clock.instant().plus(interval.get());
            if (next != null && sooner.isBefore(nextAt) && next.cancel(false)) {
                tick();
            }
        });
    }

    @Override
    public Answer<String> run(String proxy, ProxyCommand command) {
        Optional<ProxyClient> client;
        synchronized (all) {
            client = Optional.ofNullable(all.get(proxy));
        }
        if (client.isEmpty()) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.ABSENT, "HAProxy " + proxy + " is not watched from here"), Duration.ZERO);
        }
        Answer<String> answer = client.get().run(command);
        onScheduler(() -> watched.values().stream()
                .filter(each -> each.door.equals(client))
                .forEach(this::ask));
        return answer;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        synchronized (all) {
            all.values().forEach(ProxyClient::close);
        }
    }

    private void tick() {
        Duration wait = interval.get();
        nextAt = clock.instant().plus(wait);
        next = scheduler.schedule(() -> onScheduler(this::tick), wait.toMillis(), TimeUnit.MILLISECONDS);
        lookAgain();
        watched.values().forEach(this::ask);
    }

    /** Looks again at all places where no HAProxy answers, new places included. */
    private void lookAgain() {
        Instant now = clock.instant();
        if (lookedAt.filter(at -> Duration.between(at, now).compareTo(LOOK_AGAIN) < 0)
                .isPresent()) {
            return;
        }
        lookedAt = Optional.of(now);
        for (ProxyPlaces.Place place : places.get()) {
            Watched known = watched.computeIfAbsent(place, unknown -> new Watched());
            if (!known.answers && !known.asked) {
                look(place, known);
            }
        }
    }

    /**
     * Tries all endpoints of the place at once and takes the best that answers. If another place has that endpoint
     * already, both are the same HAProxy, and this place needs no further look.
     */
    private void look(ProxyPlaces.Place place, Watched known) {
        known.asked = true;
        List<CompletableFuture<Answer<ProxyView>>> asked = new ArrayList<>();
        List<ProxyClient> doors = place.doors().stream().map(this::client).toList();
        doors.forEach(door -> asked.add(CompletableFuture.supplyAsync(door::view, workers)));
        CompletableFuture<Void> unused = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .whenComplete((done, bug) -> onScheduler(() -> {
                    known.asked = false;
                    for (int i = 0; i < doors.size(); i++) {
                        Answer<ProxyView> answer = asked.get(i).join();
                        if (answer.value().isPresent() && isTaken(doors.get(i), known)) {
                            known.answers = true;
                            return;
                        }
                        if (answer.value().isPresent()) {
                            known.door = Optional.of(doors.get(i));
                            told(known, doors.get(i), answer);
                            return;
                        }
                    }
                    if (doors.size() == 1) {
                        known.door = Optional.of(doors.get(0));
                        told(known, doors.get(0), asked.get(0).join());
                    }
                }));
    }

    private boolean isTaken(ProxyClient door, Watched by) {
        return watched.values().stream()
                .anyMatch(
                        other -> other != by && other.door.filter(door::equals).isPresent());
    }

    private void ask(Watched proxy) {
        if (proxy.asked || proxy.door.isEmpty()) {
            return;
        }
        proxy.asked = true;
        ProxyClient door = proxy.door.get();
        Instant asked = clock.instant();
        CompletableFuture<Void> unused = CompletableFuture.supplyAsync(door::view, workers)
                .thenAccept(answer -> onScheduler(() -> {
                    proxy.asked = false;
                    if (!sink.hasSleptSince(asked)) {
                        told(proxy, door, answer);
                    }
                }));
    }

    private void told(Watched proxy, ProxyClient door, Answer<ProxyView> answer) {
        proxy.answers = answer.value().isPresent();
        String name = door.endpoint().name();
        Instant now = clock.instant();
        answer.value().ifPresent(view -> sink.accept(new Observation.ProxyAnswered(now, name, answer.took(), view)));
        answer.failure().ifPresent(failure -> sink.accept(new Observation.ProxyFailed(now, name, failure)));
    }

    private ProxyClient client(ProxyEndpoint endpoint) {
        synchronized (all) {
            return all.computeIfAbsent(endpoint.name(), unknown -> clients.apply(endpoint));
        }
    }

    /** Runs the step on the scheduling thread. An exception in it is reported and does not stop the source. */
    private void onScheduler(Runnable step) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException bug) {
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
                }
            });
        }
    }
}
