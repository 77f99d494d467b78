package io.patop.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.command.shell.CommandFailure;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {

    @TempDir
    Path directory;

    @Test
    void allThatTheFileCanHold() throws IOException {
        ConfigurationFile file = read(
                """
                options:
                  theme: light
                  interval: 2
                keys:
                  kill-leader: X
                  hold: [p, Ctrl-p, F5]
                colors:
                  leader: "#00afff"
                  good: 71
                  bad: red
                clusters:
                  - {name: orders, urls: x}
                """);

        assertThat(file.options()).containsOnlyKeys("theme", "interval");
        assertThat(file.options().get("interval"))
                .isEqualTo(new ConfigurationFile.Setting("2", directory.resolve("config.yaml") + ", line 3"));
        assertThat(file.keys().standard(new KeyStroke('X', false, false))).contains(Key.KILL_LEADER.stroke());
        assertThat(file.keys().standard(new KeyStroke('K', false, false))).isEmpty();
        assertThat(file.keys().standard(new KeyStroke(KeyType.F5))).contains(Key.HOLD.stroke());
        assertThat(file.keys().standard(new KeyStroke('T', false, false))).contains(Key.TALK.stroke());
        assertThat(file.keys().name(Key.HOLD)).isEqualTo("p, Ctrl-P, F5");
        assertThat(file.colors())
                .containsEntry(Ink.LEADER, new TextColor.RGB(0, 0xaf, 0xff))
                .containsEntry(Ink.GOOD, new TextColor.Indexed(71))
                .containsEntry(Ink.BAD, TextColor.ANSI.RED);
        assertThat(FleetFile.read(directory.resolve("config.yaml")).entries()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "options:\\n  force: true | 2 | unknown key force; options are ascii, bell",
                "options:\\n  theme: dark\\n  theme: light | 3 | theme stands there twice",
                "options: none | 1 | options has no KEY: VALUE lines",
                "keys:\\n  kill: X | 2 | unknown key kill; keys are",
                "keys:\\n  hold: y | 2 | a key is a letter or sign (not y, n or a digit)",
                "keys:\\n  hold: 7 | 2 | a key is a letter or sign",
                "keys:\\n  hold: Ctrl-m | 2 | a key is a letter or sign",
                "keys:\\n  hold: T | 2 | T already means: the few things",
                "keys:\\n  hold: X\\n  talk: X | 2 | X stands at two keys",
                "colors:\\n  leader: blueish | 2 | a color is a name",
                "colors:\\n  leader: 256 | 2 | a color is a name",
                "colours:\\n  leader: red | 1 | unknown key colours; at the top stand clusters, colors",
                "options: [ | 1 | not YAML",
            })
    void aMistakeIsToldWithItsLine(String content, int line, String what) {
        assertThatThrownBy(() -> read(content.replace("\\n", "\n")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(directory.resolve("config.yaml") + ", line " + line + ": ")
                .hasMessageContaining(what);
    }

    /** A dsn may hold a password. */
    @Test
    void aMistakeShowsNoSecret() {
        assertThatThrownBy(() -> read("options:\n  dsn: {password: s3cret}\n"))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void noFileAndAnEmptyOneSayNothing() throws IOException {
        assertThat(ConfigurationFile.readIfThere(directory.resolve("none.yaml")))
                .isEqualTo(ConfigurationFile.EMPTY);
        assertThat(read("# nothing yet\n\n")).isEqualTo(ConfigurationFile.EMPTY);
    }

    private ConfigurationFile read(String content) throws IOException {
        Path file = directory.resolve("config.yaml");
        Files.writeString(file, content);
        return ConfigurationFile.read(file);
    }
}
