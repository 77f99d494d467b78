package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlCommandTest {

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(CurlCommand.of(URI.create("http://patroni1:8091/cluster")))
                .isEqualTo("curl -s http://patroni1:8091/cluster");
        assertThat(CurlCommand.of(URI.create("http://a:1/replica?lag=1MB&tag_x=1")))
                .isEqualTo("curl -s 'http://a:1/replica?lag=1MB&tag_x=1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "it's", "$(id)`id`", "a&b;c|d", "", "\"\\", "~", "*", "'';'"})
    void aShellReadsTheSameWord(String word) throws Exception {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf %s " + CurlCommand.quoted(word)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
        assertThat(shell.waitFor()).isZero();
    }
}
