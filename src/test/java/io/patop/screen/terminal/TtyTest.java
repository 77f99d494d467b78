package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that a terminal is sent for text. */
class TtyTest {

    /** Lanterna hands out the whole of a buffer that is longer than the character, with NULs at its end. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "EUC-JP", "GB18030", "ISO-8859-1", "US-ASCII"})
    void aCharacterIsItsOwnBytesAndNoOthers(String name) throws IOException {
        Charset charset = Charset.forName(name);
        InputStream none = InputStream.nullInputStream();
        Tty tty = new Tty(none, OutputStream.nullOutputStream(), charset, "");
        String text = "a é e\u0301 日本 ★ ─ …";

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            out.write(tty.translateCharacter(text.charAt(i)));
        }

        assertThat(new String(out.toByteArray(), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))
                .doesNotContain("\0");
    }
}
