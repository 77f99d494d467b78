package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.LogTopic;
import io.patop.docker.LogLines;
import io.patop.docker.LogSpan;
import io.patop.watch.model.Dashboard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Reads the logs that a person looks at, on a thread of its own; the next reading begins when the last has ended. */
public final class LogSource implements MemberLogs, AutoCloseable {

    /** How many of a log's last lines are shown. */
    public static final int LINES = 1000;

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_LASTS = Duration.ofSeconds(5);

    private final LogReader reader;
    private final Supplier<Dashboard> dashboard;
    private final Runnable news;
    private final Clock clock;
    private final ReadingLoop<Subject> loop;
    private volatile Optional<Page> page = Optional.empty();

    /**
     * A source that does nothing until a person looks.
     *
     * @param reader to read by
     * @param dashboard tells where the members run
     * @param news called when there is something new to show; must be quick
     * @param clock for the times of pages
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public LogSource(
            LogReader reader,
            Supplier<Dashboard> dashboard,
            Runnable news,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.reader = reader;
        this.dashboard = dashboard;
        this.news = news;
        this.clock = clock;
        this.loop = new ReadingLoop<>(EVERY, LOOK_LASTS, this::read, clock, scheduler);
    }

    @Override
    public void look(Subject subject) {
        loop.begin(loop.look(subject));
    }

    @Override
    public Optional<Page> page() {
        return page;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void read() {
        loop.subject().ifPresent(this::read);
    }

    private void read(Subject subject) {
        Page read = subject instanceof Tail tail ? tail(tail) : explanation((Explanation) subject);
        if (loop.isLatest(subject)) {
            page = Optional.of(read);
            news.run();
        }
    }

    private Page tail(Tail tail) {
        Answer<LogLines> answer = reader.read(dashboard.get(), tail.member(), LogSpan.last(LINES));
        List<String> troubles = new ArrayList<>();
        List<Said> lines = said(tail.member(), answer, troubles);
        return new Page(tail, clock.instant(), lines, troubles);
    }

    private Page explanation(Explanation wanted) {
        Dashboard now = dashboard.get();
        LogSpan span = LogSpan.between(wanted.from(), wanted.to());
        List<Said> all = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        Set<String> members = new TreeSet<>(now.members().keySet());
        members.add(wanted.oldLeader());
        for (String member : members) {
            all.addAll(said(member, reader.read(now, member, span), troubles));
        }
        return new Page(wanted, clock.instant(), explaining(all), troubles);
    }

    private static List<Said> said(String member, Answer<LogLines> answer, List<String> troubles) {
        answer.failure().ifPresent(failure -> troubles.add(member + ": " + failure.message()));
        answer.value().ifPresent(log -> log.troubles().forEach(trouble -> troubles.add(member + ": " + trouble)));
        return answer.value().map(LogLines::lines).orElse(List.of()).stream()
                .map(line -> Said.of(member, line))
                .toList();
    }

    /** The lines in the order of time. */
    public static List<Said> inOrder(List<Said> lines) {
        return lines.stream()
                .sorted(Comparator.comparing(said -> said.line().at().orElse(Instant.MIN)))
                .toList();
    }

    /**
     * The lines that explain a change of leader, in the order of time. What a node writes in each loop is told once: at
     * last before it changes, or at first after it has changed; so a killed leader's last words have their own time.
     */
    public static List<Said> explaining(List<Said> lines) {
        List<Said> telling =
                inOrder(lines).stream().filter(said -> said.topic().isPresent()).toList();
        Set<Said> told = told(telling);
        return telling.stream()
                .filter(said -> !repeats(said) || told.contains(said))
                .distinct()
                .toList();
    }

    /**
     * Does the same for lines that come little by little: a repeated one is told when it differs from the last.
     *
     * @param last the last repeated lines, by who wrote them; is changed
     */
    public static List<Said> explaining(List<Said> lines, Map<String, String> last) {
        return inOrder(lines).stream()
                .filter(said -> said.topic().isPresent())
                .filter(said -> !repeats(said) || !said.text().equals(last.put(key(said), said.text())))
                .toList();
    }

    private static boolean repeats(Said said) {
        return said.topic().filter(LogTopic::repeats).isPresent();
    }

    /** The first and the last of a row of lines by one member that say the same. */
    private record Repeated(Said first, Said last) {}

    private static Set<Said> told(List<Said> telling) {
        Map<String, Deque<Repeated>> rows = new HashMap<>();
        for (Said said : telling) {
            if (repeats(said)) {
                Deque<Repeated> before = rows.computeIfAbsent(key(said), none -> new ArrayDeque<>());
                boolean again =
                        !before.isEmpty() && before.getLast().last().text().equals(said.text());
                before.add(again ? new Repeated(before.removeLast().first(), said) : new Repeated(said, said));
            }
        }
        Set<Said> told = new HashSet<>();
        for (Deque<Repeated> all : rows.values()) {
            Repeated present = all.removeLast();
            told.add(all.isEmpty() ? present.last() : present.first());
            all.forEach(past -> told.add(past.last()));
        }
        return told;
    }

    /** A node writes two lines in each loop: who leads, and what it does. */
    private static String key(Said said) {
        return said.member() + (said.line().text().contains("Lock owner") ? " owner" : " action");
    }
}
