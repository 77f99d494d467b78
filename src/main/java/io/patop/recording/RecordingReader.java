package io.patop.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a recording line by line, in gzip or not, whatever its name. A recording that breaks off or is damaged is
 * read up to there, and {@link #flaw} tells where and why.
 */
final class RecordingReader implements Closeable {

    /** Longest line in bytes. Most lines are a few kilobytes, and with a thousand members a megabyte. */
    private static final int LONGEST = 64 << 20;

    /**
     * The earliest and latest valid time. No clock is outside them, and the nanoseconds between them fit into a long.
     */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path path;
    private final LineInput in;
    private final RecordingHeader header;
    private Dashboard before = Dashboard.EMPTY;
    private Optional<byte[]> ahead = Optional.empty();
    private Optional<String> flaw = Optional.empty();
    private long line;

    /**
     * Opens the file and reads its header.
     *
     * @throws NotARecording if the file cannot be read, or is no recording
     */
    RecordingReader(Path path) throws NotARecording {
        this.path = path;
        try {
            in = new LineInput(opened(path), LONGEST);
        } catch (NoSuchFileException missing) {
            throw new NotARecording(path + ": there is no such file");
        } catch (AccessDeniedException denied) {
            throw new NotARecording(path + ": permission denied");
        } catch (IOException wrong) {
            throw new NotARecording(path + " cannot be read: " + wrong.getMessage());
        }
        header = text().flatMap(this::tree)
                .flatMap(RecordingHeader::of)
                .orElseThrow(() -> closing(" is not a recording of patop's"));
        if (header.version() > RecordingHeader.VERSION) {
            throw closing(" is of a newer format (" + header.version() + ", by patop " + header.patop()
                    + "), of which this patop knows only " + RecordingHeader.VERSION);
        }
        ahead = text();
        Optional<JsonNode> second = ahead.flatMap(this::tree);
        if (second.filter(ObservationJson::isDashboard).isPresent()) {
            try {
                before = ObservationJson.dashboard(second.get());
            } catch (JsonProcessingException wrong) {
                throw closing(" cannot be read: its second line is damaged");
            }
            ahead = text();
        }
    }

    RecordingHeader header() {
        return header;
    }

    /** The dashboard before the first observation; empty unless the oldest observations were no longer kept. */
    Dashboard before() {
        return before;
    }

    /**
     * An observation and its line.
     *
     * @param observation the observation that was read
     * @param line the line in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares it
    record Entry(Observation observation, byte[] line) {}

    /** The next observation; empty at the end. */
    Optional<Entry> next() {
        Optional<byte[]> text = ahead.isPresent() ? ahead : text();
        ahead = Optional.empty();
        if (text.isEmpty() || flaw.isPresent()) {
            return Optional.empty();
        }
        try {
            Observation observation = ObservationJson.observation(text.get());
            if (!observation.at().isBefore(EARLIEST) && observation.at().isBefore(LATEST)) {
                return Optional.of(new Entry(observation, text.get()));
            }
        } catch (JsonProcessingException unknown) {
            return damaged(text.get());
        }
        return damaged(text.get());
    }

    /** Notes the flaw of a line that is no observation: it is damaged if it is JSON, else damaged or cut off. */
    private Optional<Entry> damaged(byte[] text) {
        if (tree(text).isPresent()) {
            flaw = Optional.of("damaged in line " + line + ", played up to there");
        }
        return Optional.empty();
    }

    /**
     * Where and why the recording breaks off, as the end of a sentence that begins with its name; empty if it does
     * not.
     */
    Optional<String> flaw() {
        return flaw;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The next line; empty at the end, and after a flaw. */
    private Optional<byte[]> text() {
        if (flaw.isPresent()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> text = in.next();
            if (text.isPresent()) {
                line++;
            }
            return text;
        } catch (EOFException cutOff) {
            flaw = Optional.of("cut off after line " + line + ", played up to there");
        } catch (ZipException damaged) {
            flaw = Optional.of("damaged after line " + line + ", played up to there");
        } catch (IOException unreadable) {
            flaw = Optional.of("unreadable after line " + line + " (" + unreadable.getMessage() + ")");
        }
        return Optional.empty();
    }

    private Optional<JsonNode> tree(byte[] text) {
        try {
            return Optional.of(MAPPER.readTree(new String(text, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException broken) {
            flaw = Optional.of(
                    (in.isCutOff() ? "cut off in line " : "damaged in line ") + line + ", played up to there");
            return Optional.empty();
        }
    }

    private NotARecording closing(String why) {
        try {
            in.close();
        } catch (IOException unimportant) {
            return new NotARecording(path + why);
        }
        return new NotARecording(path + why);
    }

    private static InputStream opened(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        BufferedInputStream plain = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        plain.mark(2);
        boolean gzip = plain.read() == 0x1F && plain.read() == 0x8B;
        plain.reset();
        return gzip ? new GZIPInputStream(plain, 1 << 16) : plain;
    }
}
