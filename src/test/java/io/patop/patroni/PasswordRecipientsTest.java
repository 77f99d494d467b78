package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To whom the password goes: a member publishes whatever it likes as its address. */
class PasswordRecipientsTest {

    private static final Tls CHECKED = Tls.DEFAULT;
    private static final Tls UNCHECKED = new Tls(true, Optional.empty(), Optional.empty());

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        executor.shutdownNow();
    }

    @Test
    void whatWasGivenIsTold() throws Exception {
        PasswordRecipients recipients = asking("http://10.0.0.1:8008", CHECKED);

        assertThat(recipients.refusal(url("http://10.0.0.1:8008"))).isEmpty();
        assertThat(recipients.refusal(url("http://10.0.0.9:8008"))).isPresent();
    }

    /** An ordinary cluster without TLS, of which one member was named. */
    @Test
    void whatAnotherPublishedOnTheHostOfItsPostgresqlIsTold() throws Exception {
        PasswordRecipients recipients = asking("http://10.0.0.1:8008", CHECKED);
        recipients.listed(url("http://10.0.0.1:8008"), view("http://10.0.0.2:8008/patroni", "10.0.0.2"));

        assertThat(recipients.refusal(url("http://10.0.0.2:8008"))).isEmpty();
    }

    @Test
    void whatAnotherPublishedOnAHostThatWasGivenIsTold() throws Exception {
        PasswordRecipients recipients = asking("http://db:8008", CHECKED);
        recipients.listed(url("http://db:8008"), view("http://db:8009/patroni", "10.0.0.2"));

        assertThat(recipients.refusal(url("http://db:8009"))).isEmpty();
    }

    @Test
    void aStrangeAddressIsNotToldAndSaysHowToNameIt() throws Exception {
        PasswordRecipients recipients = asking("http://10.0.0.1:8008", CHECKED);
        recipients.listed(url("http://10.0.0.1:8008"), view("http://192.0.2.7:80/patroni", "10.0.0.2"));

        assertThat(recipients.refusal(url("http://192.0.2.7:80"))).hasValueSatisfying(why -> assertThat(why)
                .isEqualTo("b published this address, and its PostgreSQL is on another host; if it is right,"
                        + " name it with -u b=http://192.0.2.7:80"));
        recipients.give(List.of(url("http://192.0.2.7:80")));
        assertThat(recipients.refusal(url("http://192.0.2.7:80"))).isEmpty();
    }

    /** However it is learned: a plain address that was told over TLS stays one. */
    @Test
    void fromTlsNobodyIsLedToPlainHttp() throws Exception {
        PasswordRecipients recipients = asking("https://10.0.0.1:8008", CHECKED);
        recipients.listed(url("https://10.0.0.1:8008"), view("http://10.0.0.2:8008/patroni", "10.0.0.2"));
        assertThat(recipients.refusal(url("http://10.0.0.2:8008")))
                .hasValueSatisfying(why -> assertThat(why).contains("for plain HTTP", "over TLS"));

        recipients.listed(url("http://10.0.0.2:8008"), view("http://10.0.0.3:8008/patroni", "10.0.0.3"));
        assertThat(recipients.refusal(url("http://10.0.0.3:8008"))).isPresent();
    }

    @Test
    void whatTlsProvesIsToldWhereverItIs() throws Exception {
        PasswordRecipients recipients = asking("http://10.0.0.1:8008", CHECKED);
        recipients.listed(url("http://10.0.0.1:8008"), view("https://192.0.2.7:443/patroni", "10.0.0.2"));

        assertThat(recipients.refusal(url("https://192.0.2.7:443"))).isEmpty();
    }

    @Test
    void tlsWithoutChecksProvesNothing() throws Exception {
        PasswordRecipients recipients = asking("https://10.0.0.1:8008", UNCHECKED);
        recipients.listed(url("https://10.0.0.1:8008"), view("https://192.0.2.7:443/patroni", "10.0.0.2"));
        assertThat(recipients.refusal(url("https://192.0.2.7:443"))).isPresent();

        recipients.listed(url("https://10.0.0.1:8008"), view("https://10.0.0.2:8008/patroni", "10.0.0.2"));
        assertThat(recipients.refusal(url("https://10.0.0.2:8008"))).isEmpty();
    }

    /** What was seen: a member that published a strange address received the password, once a second. */
    @Test
    void theClientSendsNothingToAStrangeAddressAndReadsWithoutAPassword() throws Exception {
        Access access = new Access(Optional.of(new Credentials("admin", new Secret("s3cret"))), CHECKED);
        PatroniClient client = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT, access);
        try (FaultyServer strange = FaultyServer.saying(FaultyServer.http10(
                        "200 OK", "application/json", "{\"state\": \"running\", \"role\": \"replica\"}"));
                FaultyServer seed = FaultyServer.saying(FaultyServer.http10(
                        "200 OK",
                        "application/json",
                        json("http://127.0.0.1:" + strange.port() + "/patroni", "10.0.0.2")))) {
            ApiUrl given = ApiUrl.parse("http://localhost:" + seed.port());
            client.given(List.of(given));
            assertThat(client.cluster(given).get().value()).isPresent();
            assertThat(client.node(strange.url()).get().value()).isPresent();
            Answer<CommandReply> refused = client.reload(strange.url()).get();

            assertThat(refused.failure().map(Failure::kind)).contains(Failure.Kind.WITHHELD);
            assertThat(strange.requests()).hasSize(1).noneMatch(head -> head.contains("Authorization"));
            assertThat(seed.requests()).noneMatch(head -> head.contains("Authorization"));
            assertThat(client.reload(given).get().value()).isPresent();
            assertThat(seed.requests().get(1)).contains("\r\nAuthorization: Basic ");
        }
    }

    /** Without a password there is nothing to keep. */
    @Test
    void withoutAPasswordAllAreTold() throws Exception {
        PatroniClient client = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT);

        assertThat(client.withheld(url("http://192.0.2.7:80"))).isEmpty();
    }

    private static PasswordRecipients asking(String seed, Tls tls) {
        PasswordRecipients recipients = new PasswordRecipients(tls);
        recipients.give(List.of(url(seed)));
        return recipients;
    }

    private static ApiUrl url(String text) {
        return ApiUrl.parse(text);
    }

    private static ClusterView view(String api, String postgresHost) throws Exception {
        return PatroniJson.cluster(PatroniJson.tree(json(api, postgresHost).getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(String api, String postgresHost) {
        return "{\"members\": [{\"name\": \"b\", \"role\": \"replica\", \"state\": \"running\", \"api_url\": \"" + api
                + "\", \"host\": \"" + postgresHost + "\", \"port\": 5432}]}";
    }
}
