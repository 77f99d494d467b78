package io.patop.screen;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;

/** What comes from a terminal's keyboard, cut as the test says. */
public final class Keystrokes {

    private Keystrokes() {}

    /** A read never gives more than one of the chunks. */
    public static InputStream chunks(String... chunks) {
        return new SequenceInputStream(Collections.enumeration(Stream.of(chunks)
                .map(chunk -> new ByteArrayInputStream(chunk.getBytes(StandardCharsets.UTF_8)))
                .toList()));
    }
}
