package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address in a message tells where, and no secret. */
class ShownAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://patroni1:8008/base",
                "patroni1:99999",
                "2001:db8::1:8008",
                "https://[2001:db8::1]:8008",
                "ftp://patroni1",
                "/run/haproxy.sock",
                "unix:///var/run/docker.sock"
            })
    void whatIsHarmlessStaysAsItIs(String address) {
        assertThat(ShownAddress.of(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "http://admin:s3cret@patroni1:8008,      …@patroni1:8008",
        "http://admin:s3/cr@et@patroni1,         …@patroni1",
        "http://admin:s3cret%40patroni1:8008,    …@patroni1:8008",
        "http://admin:s3cret,                    http://admin:…",
        "admin:s3cret,                           admin:…",
        "admin:s3:cret,                          admin:…",
        "http://patroni1:8008/?token=s3cret,     http://patroni1:8008/?…",
        "http://patroni1#s3cret,                 http://patroni1#…",
        "tcp://admin:s3cret@docker:2375,         …@docker:2375"
    })
    void whatMayBeASecretDoesNot(String address, String shown) {
        assertThat(ShownAddress.of(address)).isEqualTo(shown);
    }

    @Test
    void itIsFitForATerminalAndNotEndless() {
        assertThat(ShownAddress.of("\u001b]0;x\u0007\n" + "x".repeat(10_000)))
                .hasSizeLessThan(130)
                .doesNotContain("\u001b", "\n");
    }
}
