package io.patop.command.live;

import io.patop.command.shell.Threads;
import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.recording.Recorder;
import io.patop.screen.LocalCommands;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Picture;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes what a person keeps of a session (recordings, films, pictures, reports), and controls the replay. The work
 * is done on a thread of its own, so that a slow disk delays no key; each outcome is told in one line. An existing
 * file is never overwritten.
 */
final class SessionFiles implements LocalCommands, LocalCommand.Visitor, AutoCloseable {

    private static final int WAITING = 200;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

    /** Work on files, which returns its outcome in one line. */
    private interface Work {
        String outcome() throws IOException;
    }

    /** Tells the person a line. */
    interface Voice {
        void say(String text, Ink ink);
    }

    private final ShownSession shown;
    private final Optional<ReplaySession> replaying;
    private final Recorder recorder;
    private final Clock clock;
    private final Voice voice;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Threads.named("patop-files"));
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Optional<FilmFile> film = Optional.empty();
    private volatile Optional<String> filmFailure = Optional.empty();

    /**
     * Makes the files of a session.
     *
     * @param shown the session
     * @param recorder the recorder that has listened to the session from the beginning
     * @param clock the clock for names and films
     * @param voice tells the outcome of a command
     */
    SessionFiles(ShownSession shown, Recorder recorder, Clock clock, Voice voice) {
        this.shown = shown;
        this.replaying = shown instanceof ReplaySession replay ? Optional.of(replay) : Optional.empty();
        this.recorder = recorder;
        this.clock = clock;
        this.voice = voice;
    }

    @Override
    public void run(LocalCommand command) {
        command.accept(this);
    }

    @Override
    public void wind(LocalCommand.Wind wish) {
        replaying.ifPresent(replay -> replay.wind(wish));
    }

    @Override
    public void recording(LocalCommand.Recording wish) {
        soon(() -> record(wish));
    }

    @Override
    public void film(LocalCommand.Film wish) {
        soon(() -> filmed(wish));
    }

    @Override
    public void export(LocalCommand.Export wish) {
        SessionReport.Format format =
                wish.file().endsWith(".json") ? SessionReport.Format.JSON : SessionReport.Format.MARKDOWN;
        soon(() -> write(wish.file(), SessionReport.of(dashboard()).write(format, ZoneId.systemDefault())));
    }

    @Override
    public void save(LocalCommand.Save wish) {
        soon(() -> write(wish.file().orElseGet(() -> made(wish.extension())), wish.content()));
    }

    private void soon(Work work) {
        if (!later(() -> perform(work))) {
            voice.say("too much is waiting for the disk; try again", Ink.WARNING);
        }
    }

    /** Queues the work; returns whether there was room for it. */
    private boolean later(Runnable work) {
        try {
            worker.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    @Override
    public Optional<Playback> playback() {
        return shown.playback();
    }

    @Override
    public List<String> underWay() {
        List<String> words = new ArrayList<>();
        recorder.status().ifPresent(status -> words.add("REC " + io.patop.text.ByteText.text(status.bytes())));
        film.ifPresent(rolls -> words.add("FILM"));
        return words;
    }

    @Override
    public List<String> asked() {
        return shown.asked();
    }

    @Override
    public List<String> failed() {
        List<String> words = new ArrayList<>();
        recorder.failure().ifPresent(why -> words.add("RECORDING ENDED"));
        filmFailure.ifPresent(why -> words.add("FILM ENDED"));
        return words;
    }

    /** Returns why files were not written to their end, one line each. */
    List<String> failures() {
        return Stream.concat(recorder.failure().stream(), filmFailure.stream()).toList();
    }

    @Override
    public void drawn(Supplier<Picture> picture) {
        if (film.isPresent() && worker.getQueue().size() < WAITING / 2) {
            Picture made = picture.get();
            later(() -> film(made));
        }
    }

    /** Ends the files that are being written. Waits for the disk for a bounded time. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        boolean ignored = later(this::endFilm);
        worker.shutdown();
        recorder.close();
        try {
            ignored = worker.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a film. */
    void startFilm(Path path) throws IOException {
        try {
            film = Optional.of(new FilmFile(path));
            filmFailure = Optional.empty();
        } catch (IOException wrong) {
            throw new IOException("cannot film to " + path + ": " + reason(wrong), wrong);
        }
    }

    private void perform(Work work) {
        try {
            voice.say(work.outcome(), Ink.GOOD);
        } catch (IOException wrong) {
            voice.say(Printable.message(wrong), Ink.BAD);
        }
    }

    private String record(LocalCommand.Recording wish) throws IOException {
        if (replaying.isPresent()) {
            throw new IOException("this is a replay, and recorded already");
        }
        if (wish.file().isEmpty() && recorder.status().isPresent()) {
            return recorder.stop()
                    .map(done -> "recorded " + io.patop.text.ByteText.text(done.bytes()) + " to " + done.file())
                    .orElse("the recording has ended");
        }
        String file = wish.file().orElseGet(() -> made(".jsonl.gz"));
        recorder.start(path(file));
        return "recording to " + file + "; Ctrl-R or :record ends it";
    }

    private String filmed(LocalCommand.Film wish) throws IOException {
        if (film.isPresent() && wish.file().isEmpty()) {
            Path path = film.get().path();
            endFilm();
            return "filmed to " + path;
        }
        if (film.isPresent()) {
            throw new IOException("already filming to " + film.get().path() + "; :cast ends it");
        }
        String file = wish.file().orElseGet(() -> made(".cast"));
        startFilm(path(file));
        return "filming to " + file + "; :cast ends it";
    }

    private void film(Picture picture) {
        if (film.isEmpty()) {
            return;
        }
        try {
            film.get().add(picture, clock.instant());
        } catch (IOException full) {
            filmFailed("cannot film to " + film.get().path() + ": " + reason(full) + "; the film has ended");
            endFilm();
        }
    }

    private void endFilm() {
        Optional<FilmFile> ended = film;
        film = Optional.empty();
        try {
            if (ended.isPresent()) {
                ended.get().close();
            }
        } catch (IOException full) {
            if (filmFailure.isEmpty()) {
                filmFailed("cannot film to " + ended.get().path() + ": " + reason(full));
            }
        }
    }

    private void filmFailed(String why) {
        filmFailure = Optional.of(why);
        shown.session().accept(new Observation.RecordingFailed(shown.clock().instant(), why));
        voice.say(why, Ink.BAD);
    }

    private static String write(String file, String content) throws IOException {
        try {
            Files.writeString(path(file), content, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            return "written to " + file;
        } catch (IOException wrong) {
            throw new IOException("cannot write " + file + ": " + reason(wrong), wrong);
        }
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (java.nio.file.InvalidPathException none) {
            throw new IOException("no file can be named that", none);
        }
    }

    private static String reason(IOException wrong) {
        if (wrong instanceof FileAlreadyExistsException) {
            return "it is there already, name another";
        }
        if (wrong instanceof NoSuchFileException) {
            return "its directory is missing";
        }
        if (wrong instanceof AccessDeniedException) {
            return "permission denied";
        }
        return Optional.ofNullable(wrong.getMessage()).orElse(wrong.toString());
    }

    /** Returns a file name made of the cluster's name and the time, in the directory that patop was started in. */
    private String made(String extension) {
        String scope = dashboard().identity().scope().orElse("cluster").replaceAll("[^A-Za-z0-9_-]", "_");
        return "patop-" + scope.substring(0, Math.min(40, scope.length())) + "-"
                + STAMP.format(clock.instant().atZone(ZoneId.systemDefault())) + extension;
    }

    private Dashboard dashboard() {
        return shown.session().dashboard();
    }
}
