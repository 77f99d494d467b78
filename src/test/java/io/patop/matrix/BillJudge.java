package io.patop.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the bill of an outage against the truth: each of its pieces ends within two polls of where it truly ended,
 * counted from where writes ended.
 */
final class BillJudge {

    private static final Duration TWO_POLLS = EventJudge.TOLERANCE.multipliedBy(2);

    /** As {@code 19.0 s until the key expired}. */
    private static final Pattern PIECE =
            Pattern.compile("(?:(\\d+)m )?(\\d+(?:\\.\\d+)?) (ms|s) ((?:until|while) [^:;\u00b7]+)");

    private final Truth truth;

    BillJudge(Truth truth) {
        this.truth = truth;
    }

    /** The change of leader that the event tells of: when the member came to hold the key, the last time before. */
    static Optional<Instant> change(Truth truth, ReducerStory event) {
        return truth.keySet("leader", event.member()::equals).stream()
                .map(Span::from)
                .filter(at -> at.isBefore(event.at()))
                .max(Instant::compareTo);
    }

    /** Why it is not true; empty if it is. */
    Optional<String> why(ReducerStory event) {
        Optional<Instant> elected = change(truth, event);
        Optional<Instant> began = elected.flatMap(at -> truth.outages(false).stream()
                .map(Span::from)
                .filter(from -> from.isBefore(at))
                .max(Instant::compareTo));
        if (began.isEmpty()) {
            return Optional.of("nobody was elected after an outage");
        }
        List<String> wrong = new ArrayList<>();
        Duration said = Duration.ZERO;
        int pieces = 0;
        Matcher piece = PIECE.matcher(event.text());
        while (piece.find()) {
            said = said.plus(length(piece));
            pieces++;
            Optional<Instant> end = end(piece.group(4), event, began.get(), elected.get());
            Optional<Duration> truly = end.map(at -> Duration.between(began.get(), at));
            Duration until = said;
            if (truly.filter(length -> length.minus(until).abs().compareTo(TWO_POLLS) <= 0)
                    .isEmpty()) {
                wrong.add(piece.group(4) + " " + truly.map(Span::text).orElse("never"));
            }
        }
        return pieces > 0 && wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(pieces == 0 ? "no figures in it" : "since the last write, " + String.join(", ", wrong));
    }

    private static Duration length(Matcher piece) {
        double number = Double.parseDouble(piece.group(2)) * (piece.group(3).equals("ms") ? 1 : 1000);
        int minutes = piece.group(1) == null ? 0 : Integer.parseInt(piece.group(1));
        return Duration.ofMinutes(minutes).plusMillis(Math.round(number));
    }

    private Optional<Instant> end(String stage, ReducerStory event, Instant began, Instant elected) {
        if (stage.contains("released the key") || stage.contains("expired") || stage.contains("DCS could not")) {
            return Optional.of(truth.keyThere("leader", false).stream()
                    .map(Span::from)
                    .filter(at -> at.isAfter(began) && at.isBefore(elected))
                    .max(Instant::compareTo)
                    .orElse(elected));
        }
        if (stage.contains("elected")) {
            return Optional.of(elected);
        }
        if (stage.contains("promoted")) {
            return first(truth.becomes(event.member(), Truth::isPrimary), elected);
        }
        if (stage.contains("HAProxy")) {
            return first(
                    truth.told().proxy().stream()
                            .filter(change -> change.backend().equals("leader")
                                    && change.server().equals(event.member())
                                    && change.up())
                            .map(Testimony.ProxyChange::when)
                            .toList(),
                    began);
        }
        if (stage.contains("acknowledged")) {
            return first(
                    truth.outages(true).stream().map(gap -> Span.at(gap.to())).toList(), elected);
        }
        return Optional.empty();
    }

    private static Optional<Instant> first(List<Span> moments, Instant after) {
        return moments.stream().map(Span::to).filter(at -> at.isAfter(after)).min(Instant::compareTo);
    }
}
