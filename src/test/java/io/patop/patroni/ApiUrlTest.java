package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.ShownAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiUrlTest {

    @ParameterizedTest
    @CsvSource({
        "patroni1, http://patroni1:8008",
        "patroni1:8091, http://patroni1:8091",
        "'  patroni1:8091 ', http://patroni1:8091",
        "Patroni1.Example.COM:8091, http://patroni1.example.com:8091",
        "patroni_patroni1:8091, http://patroni_patroni1:8091",
        "http://tasks.patroni_patroni1, http://tasks.patroni_patroni1:8008",
        "10.0.0.1, http://10.0.0.1:8008",
        "http://10.0.0.1:8008/, http://10.0.0.1:8008",
        "http://10.0.0.1:8008/patroni, http://10.0.0.1:8008",
        "http://10.0.0.1:8008/patroni/, http://10.0.0.1:8008",
        "http://10.0.0.1:/patroni, http://10.0.0.1:8008",
        "HTTPS://db.example.com/base, https://db.example.com:8008/base",
        "https://db.example.com:443/base//patroni//, https://db.example.com:443/base",
        "https://[2001:db8::1]:8008/base, https://[2001:db8::1]:8008/base",
        "[::1], http://[::1]:8008",
        "http://münchen.example:8008, http://xn--mnchen-3ya.example:8008",
        "localhost:65535, http://localhost:65535",
    })
    void readsWhatPeopleTypeAndMembersPublish(String text, String url) {
        assertThat(ApiUrl.parse(text)).hasToString(url);
        assertThat(ApiUrl.parse(url)).isEqualTo(ApiUrl.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://:8008/patroni | names no host",
                "'' | cannot be read",
                ":8008 | names no host",
                "http:// | cannot be read",
                "http:///patroni | names no host",
                "ftp://patroni1 | only http and https",
                "unix:///var/run/docker.sock | only http and https",
                "://patroni1 | cannot be read",
                "two words | cannot be read",
                "http://patroni1:port | cannot be read",
                "http://patroni1:0 | 1 to 65535",
                "http://patroni1:65536 | 1 to 65535",
                "http://patroni1:-1 | cannot be read",
                "http://patroni1:99999999999 | cannot be read",
                "http://patroni1:8008?x=1 | query or fragment",
                "http://patroni1:8008/#top | query or fragment",
                "2001:db8::1 | goes into brackets",
                "http://[::zz]:8008 | cannot be read",
                "http://-patroni1 | no name or address",
                "http://pa%74roni | no name or address",
                "http://a..b..ü | no name or address",
            })
    void refusesWhatIsNoneInOneLineThatSaysWhy(String text, String why) {
        assertThatThrownBy(() -> ApiUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a URL of a Patroni REST API: " + ShownAddress.of(text))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://admin:s3cret@patroni1:8008",
                "admin:s3cret@patroni1",
                "http://admin:s3^cret@patroni1:8008",
                "http://admin:s3cret@x@patroni1:8008",
                "ftp://admin:s3cret@patroni1"
            })
    void neverShowsAPasswordThatWasTypedIntoAUrl(String text) {
        assertThatThrownBy(() -> ApiUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@patroni1")
                .hasMessageNotContainingAny("s3", "cret", "admin");
    }

    @Test
    void keepsControlCharactersAndEndlessTextOutOfItsMessage() {
        assertThatThrownBy(() -> ApiUrl.parse("http://a\u001b[2Jb\n" + "c".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage())
                        .doesNotContain("\u001b", "\n")
                        .hasSizeLessThan(300));
        assertThatThrownBy(() -> ApiUrl.parse("c".repeat(300))).hasMessageContaining("no name or address");
    }

    @Test
    void tellsHostAndPortAlsoWhereTheJdkSeesNone() {
        ApiUrl swarm = ApiUrl.parse("patroni_patroni1:8091");
        assertThat(swarm.host()).isEqualTo("patroni_patroni1");
        assertThat(swarm.port()).isEqualTo(8091);
        assertThat(swarm.at("/cluster")).isEqualTo(URI.create("http://patroni_patroni1:8091/cluster"));
        ApiUrl six = ApiUrl.parse("https://[2001:db8::1]/base");
        assertThat(six.host()).isEqualTo("2001:db8::1");
        assertThat(six.isTls()).isTrue();
        assertThat(six.at("/patroni")).hasToString("https://[2001:db8::1]:8008/base/patroni");
    }

    @Test
    void movesToAnotherHost() {
        ApiUrl url = ApiUrl.parse("https://patroni_patroni1:8091/base");
        assertThat(url.withHost("10.77.1.36")).hasToString("https://10.77.1.36:8091/base");
        assertThat(url.withHost("2001:db8::1")).hasToString("https://[2001:db8::1]:8091/base");
        assertThat(url.withHost("2001:db8::1").withHost("patroni_patroni1")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://patroni1", "http:///x", "http://:8008", "/cluster"})
    void isNotMadeOfAUriWithoutHostAndPort(String uri) {
        assertThatThrownBy(() -> new ApiUrl(URI.create(uri))).isInstanceOf(IllegalArgumentException.class);
    }
}
