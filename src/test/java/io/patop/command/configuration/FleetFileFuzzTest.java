package io.patop.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.MutatedJson;
import io.patop.command.shell.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in patop's own file is understood or is a complaint of one line. */
class FleetFileFuzzTest {

    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("patop-fuzz", ".yaml");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property
    void clusters(@ForAll("files") String content) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        try {
            var unused = FleetFile.read(file).entries();
        } catch (CommandFailure complaint) {
            assertThat(complaint.getMessage().lines().count())
                    .as(complaint.getMessage())
                    .isEqualTo(1);
            assertThat(complaint.getMessage()).doesNotContain("\u001b", "\u009b", "\u202e");
        }
    }

    @Provide
    Arbitrary<String> files() {
        return MutatedJson.text(
                List.of(
                        """
                clusters:
                  - name: orders
                    urls: [10.0.0.1:8008, "b=https://10.0.0.2:8008"]
                    config-file: orders.yml
                    read-only: true
                    docker-host: tcp://10.0.0.9:2376
                    dsn: postgresql://app@10.0.0.9/app
                  - &a {name: stock, urls: stock1}
                """));
    }
}
