package io.patop.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long names are kept: the same whether a launcher's file says so or patop itself. */
class JdkSettingsTest {

    @Test
    void theLaunchersFileSaysWhatIsSetWithoutIt() throws Exception {
        Properties file = new Properties();
        try (Reader text = Files.newBufferedReader(Path.of("dist/java.security"))) {
            file.load(text);
        }
        JdkSettings.apply();

        assertThat(file).hasSize(2);
        file.forEach((name, value) ->
                assertThat(Security.getProperty((String) name)).as("%s", name).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dist/patop", "dist/package/patop", "dist/container", "dist/archive"})
    void eachLauncherNamesIt(String launcher) throws Exception {
        assertThat(Path.of(launcher)).content().containsPattern("-Djava\\.security\\.properties=.*/java\\.security");
    }
}
