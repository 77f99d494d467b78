package io.patop.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a person says where HAProxy is, and that no password comes out again. */
class ProxyEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "/run/haproxy/admin.sock, /run/haproxy/admin.sock",
        "unix:///run/haproxy.sock, /run/haproxy.sock",
        "./h.sock, ./h.sock",
        "tcp://haproxy:7001, tcp://haproxy:7001",
        "tcp://[fd00::1]:9999, tcp://[fd00::1]:9999",
        "http://haproxy:7000, http://haproxy:7000/",
        "https://haproxy:7000/stats, https://haproxy:7000/stats",
        "http://admin@haproxy:7000/, http://haproxy:7000/"
    })
    void everyFormHasAName(String text, String name) {
        assertThat(ProxyEndpoint.parse(text, Optional.empty()).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://admin:s3cret@haproxy:7000/", "http://admin:s3c@ret@haproxy:7000/x"})
    void aPasswordIsNeverShown(String text) {
        ProxyEndpoint endpoint = ProxyEndpoint.parse(text, Optional.empty());

        assertThat(endpoint.toString()).doesNotContain("s3c");
        assertThat(endpoint.name()).doesNotContain("admin").startsWith("http://haproxy:7000/");
        assertThat(((ProxyEndpoint.Page) endpoint).login().orElseThrow().user()).isEqualTo("admin");
    }

    @Test
    void aPasswordFromElsewhereGoesWithItsUser() {
        ProxyEndpoint.Page page =
                (ProxyEndpoint.Page) ProxyEndpoint.parse("http://admin@haproxy:7000/", Optional.of("s3cret"));

        assertThat(page.login()).contains(new Login("admin", "s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "haproxy",
                "tcp://haproxy",
                "tcp://:1",
                "tcp://haproxy:99999",
                "http://",
                "unix://",
                "http://h:0/"
            })
    void whatIsNoAddressIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> ProxyEndpoint.parse(text, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void aRefusalShowsNoPasswordEither() {
        assertThatThrownBy(() -> ProxyEndpoint.parse("admin:s3cret@haproxy", Optional.empty()))
                .message()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> ProxyEndpoint.parse("http://admin:s3cret@ha proxy/", Optional.empty()))
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void thePagesCsvIsAskedWhereHaproxyHasIt() {
        assertThat(StatsPage.csv(URI.create("http://h:7000/"))).hasToString("http://h:7000/;csv");
        assertThat(StatsPage.csv(URI.create("http://h/haproxy?stats"))).hasToString("http://h/haproxy?stats;csv");
        assertThat(StatsPage.csv(URI.create("http://h/;csv;norefresh"))).hasToString("http://h/;csv;norefresh");
    }

    /** A slash must be encoded in a URL, and people forget that: the rest of it was taken for the path, and shown. */
    @Test
    void aPasswordWithASlashIsNotTakenForThePath() {
        assertThatThrownBy(() -> ProxyEndpoint.parse("http://admin:s3/cret@haproxy:7000/", Optional.empty()))
                .hasMessageContaining("PATOP_HAPROXY_PASSWORD")
                .hasMessageNotContainingAny("s3", "cret");
    }
}
