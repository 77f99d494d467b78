package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.RawAnswer;
import io.patop.json.Json;
import io.patop.json.JsonChanges;
import io.patop.json.JsonReader;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.RawApi;
import io.patop.text.ByteText;
import io.patop.text.Printable;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Fetches raw answers while a person looks at them. Each node gets at most one request at a time, since newer nodes
 * serve only five at once, and HAProxy and the dashboard ask too. Answers are parsed here, so that a large one does
 * not delay the screen.
 */
public final class RawAnswers implements Inspection, AutoCloseable {

    /** Largest part of a body that is kept, in bytes. */
    public static final int LARGEST_BODY = 4 << 20;

    /** Largest body of a health check, in bytes. Only its status code is used. */
    private static final int LARGEST_CHECK = 64 << 10;

    private static final Duration LOOK_LASTS = Duration.ofSeconds(4);
    private static final Duration PAGE_EVERY = Duration.ofSeconds(2);
    private static final Duration CHECKS_EVERY = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(200);

    private final RawApi api;
    private final Supplier<Dashboard> dashboard;
    private final Runnable news;
    private final Clock clock;
    private final ReadingLoop<Subject> loop;
    private final Set<String> busy = new HashSet<>();
    private final Map<Check, Instant> askedAt = new HashMap<>();
    private final Map<Check, Code> codes = new ConcurrentHashMap<>();
    private Instant pageAskedAt = Instant.MIN;
    private volatile Optional<Page> page = Optional.empty();
    private volatile Optional<Saved> saved = Optional.empty();
    private volatile boolean wanted;

    /**
     * A source that does nothing until a person looks.
     *
     * @param api to ask nodes with
     * @param dashboard tells the members' addresses
     * @param news called when there is something new to show; must be quick
     * @param clock for the times of answers
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public RawAnswers(
            RawApi api, Supplier<Dashboard> dashboard, Runnable news, Clock clock, ScheduledExecutorService scheduler) {
        this.api = api;
        this.dashboard = dashboard;
        this.news = news;
        this.clock = clock;
        this.loop = new ReadingLoop<>(STEP, LOOK_LASTS, this::fetch, clock, scheduler);
    }

    @Override
    public void look(Subject subject) {
        wanted |= loop.look(subject);
        loop.begin(wanted);
    }

    @Override
    public void again() {
        wanted = true;
        loop.begin(true);
    }

    @Override
    public Optional<Page> page() {
        return page;
    }

    @Override
    public Map<Check, Code> codes() {
        return Map.copyOf(codes);
    }

    @Override
    public Optional<Saved> saved() {
        return saved;
    }

    @Override
    public void save(Page shown, String file) {
        loop.execute(() -> {
            saved = Optional.of(write(shown, file));
            news.run();
        });
    }

    @Override
    public void close() {
        loop.close();
    }

    private void fetch() {
        loop.subject().orElse(new Checks(List.of())).accept(new Subject.Visitor() {
            @Override
            public void place(Place place) {
                if (wanted || isDue(pageAskedAt, PAGE_EVERY)) {
                    fetchPage(place);
                }
            }

            @Override
            public void checks(Checks checks) {
                fetchChecks(checks);
            }
        });
    }

    private void fetchChecks(Checks checks) {
        boolean now = wanted;
        wanted = false;
        if (now) {
            askedAt.clear();
        }
        dashboard.get().members().keySet().forEach(member -> fetchCheck(member, checks));
        codes.keySet()
                .removeIf(check -> !checks.paths().contains(check.path())
                        || dashboard.get().member(check.member()).isEmpty());
    }

    private boolean isDue(Instant last, Duration every) {
        return last.equals(Instant.MIN)
                || Duration.between(last, clock.instant()).compareTo(every) >= 0;
    }

    private void fetchPage(Place place) {
        Optional<ApiUrl> url = url(place.member());
        if (url.isEmpty()) {
            wanted = false;
            pageAskedAt = clock.instant();
            show(Page.missing(place, clock.instant(), unknown(place.member())));
            return;
        }
        if (busy.contains(place.member())) {
            return;
        }
        CompletableFuture<Answer<RawAnswer>> asked;
        wanted = false;
        pageAskedAt = clock.instant();
        try {
            asked = api.get(url.get(), place.path(), LARGEST_BODY);
        } catch (IllegalArgumentException noPath) {
            Failure failure =
                    new Failure(Failure.Kind.NOT_UNDERSTOOD, "no URL can be made of " + Printable.line(place.path()));
            show(Page.missing(place, clock.instant(), new Answer.Missing<>(failure, Duration.ZERO)));
            return;
        }
        busy.add(place.member());
        URI endpoint = url.get().at(place.path());
        then(asked, place.member(), answer -> show(page(place, endpoint, answer)));
    }

    private void fetchCheck(String member, Checks checks) {
        if (busy.contains(member)) {
            return;
        }
        Optional<Check> due = checks.paths().stream()
                .map(path -> new Check(member, path))
                .filter(check -> isDue(askedAt.getOrDefault(check, Instant.MIN), CHECKS_EVERY))
                .findFirst();
        Optional<ApiUrl> url = url(member);
        if (due.isEmpty() || url.isEmpty()) {
            return;
        }
        askedAt.put(due.get(), clock.instant());
        busy.add(member);
        then(api.get(url.get(), due.get().path(), LARGEST_CHECK), member, answer -> {
            codes.put(due.get(), new Code(clock.instant(), code(member, answer)));
            if (answer.failure().isPresent()) {
                restOfAFailingNode(member, checks, answer.map(RawAnswer::status));
            }
            news.run();
            loop.subject().filter(checks::equals).ifPresent(still -> fetchCheck(member, checks));
        });
    }

    /** Gives all of the member's checks the same failure, since a node that does not answer one check answers none. */
    private void restOfAFailingNode(String member, Checks checks, Answer<Integer> failure) {
        for (String path : checks.paths()) {
            Check check = new Check(member, path);
            askedAt.put(check, clock.instant());
            codes.put(check, new Code(clock.instant(), failure));
        }
    }

    private interface Then {
        void take(Answer<RawAnswer> answer);
    }

    private void then(CompletableFuture<Answer<RawAnswer>> asked, String member, Then next) {
        CompletableFuture<Void> unused = asked.thenAccept(answer -> loop.execute(() -> {
            busy.remove(member);
            next.take(answer);
        }));
    }

    /** The status code, or a failure if another node answers at the member's address. */
    private Answer<Integer> code(String member, Answer<RawAnswer> answer) {
        return stranger(member)
                .<Answer<Integer>>map(why -> new Answer.Missing<>(why, answer.took()))
                .orElseGet(() -> answer.map(RawAnswer::status));
    }

    /** Which other node answers at the member's address, as the source of observations has found. */
    private Optional<Failure> stranger(String member) {
        return dashboard
                .get()
                .member(member)
                .map(WatchedMember::api)
                .flatMap(api ->
                        api instanceof Api.Silent silent && silent.failure().kind() == Failure.Kind.STRANGER
                                ? Optional.of(silent.failure())
                                : Optional.empty());
    }

    private Page page(Place place, URI url, Answer<RawAnswer> answer) {
        Optional<Json> tree = Optional.empty();
        String note = "";
        if (answer.value().isPresent()) {
            RawAnswer raw = answer.value().get();
            boolean json = raw.header("content-type").orElse("").contains("json");
            if (raw.isCut()) {
                note = "cut after " + ByteText.text(raw.size()) + "; patop get prints all of it";
            } else if (json) {
                try {
                    tree = Optional.of(JsonReader.read(raw.body()));
                } catch (JsonReader.NotJson not) {
                    note = Printable.message(not);
                }
            }
        }
        String whose = stranger(place.member())
                .map(why -> "NOT OF " + place.member() + ": " + why.message())
                .orElse(note);
        return new Page(place, Optional.of(url), clock.instant(), answer, tree, whose, news(place, tree, answer));
    }

    private News news(Place place, Optional<Json> tree, Answer<RawAnswer> answer) {
        Optional<Page> before = page.filter(shown -> shown.place().equals(place));
        Optional<Json> oldTree = before.flatMap(Page::tree);
        if (tree.isPresent() && oldTree.isPresent()) {
            return new News(JsonChanges.between(oldTree.get(), tree.get()), Set.of());
        }
        Optional<RawAnswer> old = before.flatMap(shown -> shown.answer().value());
        if (tree.isPresent()
                || oldTree.isPresent()
                || old.isEmpty()
                || answer.value().isEmpty()) {
            return News.NONE;
        }
        Set<String> known = old.get().text().lines().collect(Collectors.toSet());
        List<String> lines = answer.value().get().text().lines().toList();
        Set<Integer> fresh = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!known.contains(lines.get(i))) {
                fresh.add(i);
            }
        }
        return new News(JsonChanges.NONE, fresh);
    }

    /** Shows the answer if its endpoint is still looked at. A late answer must not replace another one. */
    private void show(Page fetched) {
        if (loop.isLatest(fetched.place())) {
            page = Optional.of(fetched);
            news.run();
        }
    }

    private Optional<ApiUrl> url(String member) {
        Optional<WatchedMember> known = dashboard.get().member(member);
        Optional<URI> asked = known.map(WatchedMember::api).flatMap(Api::asked);
        return asked.or(() -> known.flatMap(WatchedMember::listed).flatMap(Member::apiUrl))
                .map(ApiUrl::new);
    }

    private static <T> Answer<T> unknown(String member) {
        return new Answer.Missing<>(
                new Failure(Failure.Kind.ABSENT, "no address of " + Printable.line(member) + "'s REST API is known"),
                Duration.ZERO);
    }

    private Saved write(Page shown, String file) {
        byte[] body = shown.answer().value().map(RawAnswer::body).orElse(new byte[0]);
        try {
            Path path = Path.of(file);
            Files.write(path, body, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Saved(clock.instant(), true, "saved " + body.length + " bytes to " + path.toAbsolutePath());
        } catch (FileAlreadyExistsException there) {
            return new Saved(clock.instant(), false, "not saved: " + file + " exists already");
        } catch (IOException | InvalidPathException impossible) {
            return new Saved(clock.instant(), false, "not saved: " + impossible.getMessage());
        }
    }
}
