package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void itIsWhereTheEnvironmentSays() {
        assertThat(Home.of(Map.of("HOME", "/somewhere/else"))).isEqualTo(Path.of("/somewhere/else"));
    }

    @Test
    void elseItIsWhereJavaSays() {
        Path java = Path.of(System.getProperty("user.home"));
        assertThat(Home.of(Map.of())).isEqualTo(java);
        assertThat(Home.of(Map.of("HOME", ""))).isEqualTo(java);
        assertThat(Home.of(Map.of("HOME", "relative"))).isEqualTo(java);
    }
}
