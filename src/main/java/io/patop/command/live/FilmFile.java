package io.patop.command.live;

import io.patop.recording.OwnersFile;
import io.patop.screen.terminal.Asciicast;
import io.patop.screen.terminal.Picture;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An asciicast file that is being written. Used by one thread. */
final class FilmFile implements Closeable {

    private final Path path;
    private final BufferedWriter out;
    private final Asciicast film = new Asciicast();
    private Optional<Instant> began = Optional.empty();

    FilmFile(Path path) throws IOException {
        this.path = path;
        this.out = new BufferedWriter(new OutputStreamWriter(OwnersFile.create(path), StandardCharsets.UTF_8));
    }

    Path path() {
        return path;
    }

    void add(Picture picture, Instant now) throws IOException {
        if (began.isEmpty()) {
            began = Optional.of(now);
            out.write(film.header(picture, now.getEpochSecond()));
            out.write('\n');
        }
        out.write(film.frame(picture, Duration.between(began.get(), now)));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
