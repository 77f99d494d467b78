package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {

    private static final Map<String, String> NOTHING = Map.of("USER", "me");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://app@haproxy:5000/shop                     | app@haproxy:5000/shop",
                "postgres://app:s%40crt@haproxy/shop                    | app@haproxy:5432/shop",
                "postgresql://a,b:5433,[::1]:5434/shop?user=app         | app@a:5432,b:5433,[::1]:5434/shop",
                "postgresql://app@haproxy                               | app@haproxy:5432/app",
                "jdbc:postgresql://a:1,b:2/shop?user=app&password=secret | app@a:1,b:2/shop",
                "jdbc:postgresql:shop                                   | me@localhost:5432/shop",
                "host=a,b port=1,2 dbname=shop user=app password=secret | app@a:1,b:2/shop",
                "host = a  dbname = 'the \\'shop' user=app              | app@a:5432/the 'shop",
                "hostaddr=10.0.0.1 user=app                             | app@10.0.0.1:5432/app",
                "''                                                     | me@localhost:5432/me"
            })
    void eachFormNamesServersDatabaseAndUser(String text, String words) {
        Dsn dsn = Dsn.parse(text.replace("''", text.equals("''") ? "" : "''"), NOTHING);

        assertThat(dsn.text()).isEqualTo(words);
        assertThat(dsn).hasToString(words);
    }

    @Test
    void passwordsAreTakenAndNeverShown() {
        for (String text : new String[] {
            "postgresql://app:s3cret@h/shop",
            "jdbc:postgresql://h/shop?user=app&password=s3cret",
            "host=h dbname=shop user=app password='s3cret'"
        }) {
            Dsn dsn = Dsn.parse(text, NOTHING);
            assertThat(dsn.hasPassword()).isTrue();
            assertThat(dsn.toString()).doesNotContain("s3cret");
            assertThat(dsn.property("password")).isEmpty();
        }
        assertThat(Dsn.parse("postgresql://app@h", NOTHING).hasPassword()).isFalse();
    }

    @Test
    void theEnvironmentFillsInWhatTheTextLeavesOut() {
        Map<String, String> environment = Map.of(
                "PGHOST", "haproxy",
                "PGPORT", "5000",
                "PGUSER", "app",
                "PGPASSWORD", "secret",
                "PGDATABASE", "shop",
                "PGSSLMODE", "require");

        Dsn all = Dsn.parse("", environment);
        assertThat(all.text()).isEqualTo("app@haproxy:5000/shop");
        assertThat(all.hasPassword()).isTrue();
        assertThat(all.property("sslmode")).contains("require");
        assertThat(Dsn.parse("host=other sslmode=disable", environment).property("sslmode"))
                .contains("disable");
        assertThat(Dsn.parse("postgresql://other:1/db", environment).text()).isEqualTo("app@other:1/db");
    }

    @Test
    void parametersOfLibpqAreGivenToTheDriverByItsOwnNames() {
        Dsn dsn = Dsn.parse(
                "postgresql://a,b/shop?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=%2Fca.pem"
                        + "&connect_timeout=3",
                NOTHING);

        assertThat(dsn.property("targetServerType")).contains("primary");
        assertThat(dsn.property("sslmode")).contains("verify-full");
        assertThat(dsn.property("sslrootcert")).contains("/ca.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "mysql://h/db",
                "host=h port=none",
                "host=h port=70000",
                "host=a,b,c port=1,2",
                "host='h",
                "host=h colour=red",
                "host=/var/run/postgresql",
                "postgresql://h/db?sslmode",
                "postgresql://h/db?x=%zz",
                "postgresql://h/db?target_session_attrs=best"
            })
    void whatIsNoneIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Dsn.parse(text, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(wrong -> assertThat(wrong.getMessage().lines()).hasSize(1));
    }

    @Test
    void aRefusalDoesNotRepeatAPassword() {
        assertThatThrownBy(() -> Dsn.parse("mysql://app:s3cret@h/db", NOTHING))
                .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("s3cret"));
        assertThatThrownBy(() -> Dsn.parse("host=h password='s3cret", NOTHING))
                .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("s3cret"));
    }
}
