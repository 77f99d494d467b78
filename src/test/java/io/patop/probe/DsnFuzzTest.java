package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.MutatedJson;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is typed as a DSN is one or is refused in a line, and a password is never said again. */
class DsnFuzzTest {

    private static final Map<String, String> NOTHING = Map.of("USER", "me");

    @Property
    void dsn(@ForAll("texts") String text) {
        try {
            Dsn dsn = Dsn.parse(text, NOTHING);
            var unused = List.of(dsn.hosts(), dsn.text(), dsn.hasPassword());
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getClass()).isEqualTo(IllegalArgumentException.class);
            assertThat(refused.getMessage().lines().count())
                    .as(refused.getMessage())
                    .isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return MutatedJson.text(List.of(
                "postgresql://app:s3cret@a,b:5433,[::1]:5434/shop?user=app&connect_timeout=3",
                "jdbc:postgresql://a:1,b:2/shop?user=app&password=s3cret",
                "jdbc:postgresql:shop",
                "host=a,b port=1,2 dbname='the \\'shop' user=app password=s3cret target_session_attrs=read-write"));
    }
}
