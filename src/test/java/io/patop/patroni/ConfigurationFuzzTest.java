package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.MutatedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in a configuration file is understood or is a mistake of one line. */
class ConfigurationFuzzTest {

    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("patop-fuzz", ".yml");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property
    void configuration(@ForAll("files") String content) throws IOException {
        Files.write(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try {
            var unused = PatroniConfiguration.read(
                    Optional.of(file), new ConfigurationFiles(Map.of(), file.getParent(), file.getParent()));
        } catch (ConfigurationMistake mistake) {
            assertThat(mistake.getMessage().lines().count())
                    .as(mistake.getMessage())
                    .isEqualTo(1);
            assertThat(mistake.getMessage()).doesNotContain("\u001b", "\u009b", "\u202e", "s3cret-of-");
        }
    }

    @Provide
    Arbitrary<String> files() {
        return MutatedJson.text(
                List.of(
                        """
                scope: demo
                namespace: /service/
                name: node1
                restapi: &r
                  listen: 0.0.0.0:8008
                  connect_address: 10.0.0.1:8008
                  certfile: /etc/c.pem
                  keyfile: /etc/k.pem
                  verify_client: required
                  authentication:
                    username: admin
                    password: s3cret-of-rest
                ctl:
                  <<: *r
                  insecure: off
                  cacert: /etc/ca.pem
                  keyfile_password: s3cret-of-key
                """,
                        "restapi: {listen: '*:8008', auth: 'a:s3cret-of-auth'}\nctl: {insecure: yes, auth: \"b:s3cret-of-ctl\"}\n"));
    }
}
