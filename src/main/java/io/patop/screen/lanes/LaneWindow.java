package io.patop.screen.lanes;

import io.patop.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The time that lanes are drawn of: columns of one length each. The columns begin at multiples of that length, so that
 * signs move on and do not flicker.
 *
 * @param end the end of the last column
 * @param cell how long a column is
 * @param columns how many there are
 */
public record LaneWindow(Instant end, Duration cell, int columns) {

    /** The lengths that a column can have. */
    public static final List<Duration> CELLS = List.of(
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    private static final List<Duration> TICKS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private static final int TICK_COLUMNS = 18;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TENTHS = DateTimeFormatter.ofPattern("HH:mm:ss.S");

    /**
     * A time that is written above its column.
     *
     * @param column the column
     * @param text the time of day
     */
    public record Tick(int column, String text) {}

    /** The window whose last column holds that time. */
    public static LaneWindow upTo(Instant time, Duration cell, int columns) {
        return new LaneWindow(floor(time, cell).plus(cell), cell, columns);
    }

    /** The window of at least the last minute up to that time, as fine as the columns allow. */
    public static LaneWindow ofLastMinute(Instant time, int columns) {
        Duration cell = CELLS.stream()
                .filter(each -> each.multipliedBy(columns).compareTo(Duration.ofMinutes(1)) >= 0)
                .findFirst()
                .orElse(CELLS.get(CELLS.size() - 1));
        return upTo(time, cell, columns);
    }

    /** The beginning of a column. */
    public Instant from(int column) {
        return end.minus(cell.multipliedBy((long) columns - column));
    }

    /** The end of a column. */
    public Instant to(int column) {
        return from(column + 1);
    }

    /** The column that holds a time; empty if none does. */
    public Optional<Integer> column(Instant time) {
        if (time.isBefore(from(0)) || !time.isBefore(end)) {
            return Optional.empty();
        }
        return Optional.of((int) (Duration.between(from(0), time).toMillis() / cell.toMillis()));
    }

    /** The whole time of the window. */
    public Duration length() {
        return cell.multipliedBy(columns);
    }

    /** The times to write above the columns. */
    public List<Tick> ticks(ZoneId zone) {
        Duration step = TICKS.stream()
                .filter(tick -> tick.toMillis() >= cell.toMillis() * TICK_COLUMNS)
                .findFirst()
                .orElse(TICKS.get(TICKS.size() - 1));
        List<Tick> ticks = new ArrayList<>();
        Instant first = floor(from(0), step);
        for (Instant at = first; at.isBefore(end); at = at.plus(step)) {
            String text = SECONDS.format(LocalTime.ofInstant(at, zone));
            column(at).ifPresent(column -> ticks.add(new Tick(column, text)));
        }
        return ticks;
    }

    /** The time of a column, as {@code 10:34:07.5 to 10:34:08.0}. */
    public String range(int column, ZoneId zone) {
        DateTimeFormatter format = cell.toMillis() < 1000 ? TENTHS : SECONDS;
        return format.format(LocalTime.ofInstant(from(column), zone)) + " to "
                + format.format(LocalTime.ofInstant(to(column), zone));
    }

    /** What the window shows: {@code Last 60 s, a column 1 s}, or from when to when. */
    public String title(boolean live, ZoneId zone) {
        String span = live
                ? "Last " + DurationText.age(length())
                : SECONDS.format(LocalTime.ofInstant(from(0), zone)) + " to "
                        + SECONDS.format(LocalTime.ofInstant(end, zone));
        return span + ", a column "
                + (cell.toMillis() < 1000 ? cell.toMillis() / 1000.0 + " s" : DurationText.age(cell));
    }

    private static Instant floor(Instant time, Duration step) {
        long millis = step.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }
}
