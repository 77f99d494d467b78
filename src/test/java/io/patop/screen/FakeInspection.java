package io.patop.screen;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.RawAnswer;
import io.patop.json.Json;
import io.patop.json.JsonChanges;
import io.patop.json.JsonReader;
import io.patop.watch.ReducerStory;
import io.patop.watch.source.Inspection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An inspection whose answers a test tells; it knows what was looked at. */
public final class FakeInspection implements Inspection {

    public final List<Subject> looks = new ArrayList<>();
    public final List<String> savedAs = new ArrayList<>();
    private final Map<Check, Code> codes = new HashMap<>();
    private Optional<Page> page = Optional.empty();
    private Optional<Saved> saved = Optional.empty();
    private final Instant now;

    public FakeInspection() {
        this(ReducerStory.START);
    }

    /** Whose answers all have come then. */
    FakeInspection(Instant now) {
        this.now = now;
    }

    public FakeInspection json(String member, String path, String body) {
        return answer(member, path, 200, "application/json", body, now);
    }

    public FakeInspection text(String member, String path, int status, String body) {
        return answer(member, path, status, "text/html", body, now);
    }

    private FakeInspection answer(String member, String path, int status, String type, String body, Instant at) {
        Optional<Json> tree = Optional.empty();
        if (type.contains("json")) {
            try {
                tree = Optional.of(JsonReader.read(body.getBytes(StandardCharsets.UTF_8)));
            } catch (JsonReader.NotJson wrong) {
                throw new IllegalArgumentException(wrong);
            }
        }
        Optional<Json> before = page.flatMap(Page::tree);
        JsonChanges changes = tree.isPresent() && before.isPresent()
                ? JsonChanges.between(before.get(), tree.get())
                : JsonChanges.NONE;
        RawAnswer answer =
                new RawAnswer(status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8), false);
        page = Optional.of(new Page(
                new Place(member, path),
                Optional.of(URI.create("http://" + member + ":8091" + path)),
                at,
                new Answer.Given<>(answer, Duration.ofMillis(3)),
                tree,
                "",
                new News(changes, Set.of())));
        return this;
    }

    public FakeInspection code(String member, String path, int code) {
        codes.put(new Check(member, path), new Code(now, new Answer.Given<>(code, Duration.ofMillis(3))));
        return this;
    }

    public FakeInspection refused(String member, String path) {
        codes.put(
                new Check(member, path),
                new Code(
                        now,
                        new Answer.Missing<>(new Failure(Failure.Kind.REFUSED, member + ": refused"), Duration.ZERO)));
        return this;
    }

    public FakeInspection wasSaved(String words) {
        saved = Optional.of(new Saved(now, true, words));
        return this;
    }

    @Override
    public void look(Subject subject) {
        looks.add(subject);
    }

    @Override
    public void again() {}

    @Override
    public Optional<Page> page() {
        return page;
    }

    @Override
    public Map<Check, Code> codes() {
        return Map.copyOf(codes);
    }

    @Override
    public void save(Page shown, String file) {
        savedAs.add(file);
    }

    @Override
    public Optional<Saved> saved() {
        return saved;
    }
}
