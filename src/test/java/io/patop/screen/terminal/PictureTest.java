package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.googlecode.lanterna.TerminalSize;
import io.patop.control.FaultInjector;
import io.patop.screen.Alarm;
import io.patop.screen.Frame;
import io.patop.screen.ViewState;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The screen as text, SVG and film; and whom the bell calls. */
class PictureTest {

    private final ReducerStory told = ReducerStory.healthy().seconds(1);

    @Test
    void svgIsWellFormedWhateverAMemberIsCalled() throws Exception {
        told.cluster(
                ReducerStory.leader("a", 1),
                ReducerStory.member("<&\\\"日本]]>\\u0001", "replica", "running", "\"lag\":0"));
        Picture picture = picture(80, 24);

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Svg.of(picture).getBytes(StandardCharsets.UTF_8)));

        StringBuilder all = new StringBuilder();
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            all.append(texts.item(i).getTextContent()).append('\n');
        }
        assertThat(all).contains("★ a", "<&\"日本]]>");
        assertThat(picture.text().lines()).hasSize(24);
        assertThat(Svg.of(picture)).contains("fill=\"#5fc85f\" font-weight=\"bold\"");
    }

    @Test
    void aFilmTellsOnlyWhatHasChanged() throws Exception {
        Asciicast film = new Asciicast();
        Picture first = picture(80, 24);
        JsonNode header = new JsonMapper().readTree(film.header(first, 1_800_000_000));
        assertThat(header.path("version").intValue()).isEqualTo(2);
        assertThat(header.path("width").intValue()).isEqualTo(80);

        JsonNode whole = new JsonMapper().readTree(film.frame(first, Duration.ZERO));
        assertThat(whole.path(1).asText()).isEqualTo("o");
        assertThat(whole.path(2).asText()).contains("\u001b[2J", "\u001b[24;1H", "★ a");
        assertThat(film.frame(first, Duration.ofSeconds(1))).isEmpty();

        told.seconds(1).silent("b");
        JsonNode change = new JsonMapper().readTree(film.frame(picture(80, 24), Duration.ofMillis(2500)));
        assertThat(change.path(0).doubleValue()).isEqualTo(2.5);
        assertThat(change.path(2).asText()).contains("does not answer").doesNotContain("\u001b[2J");

        List<String> resized =
                film.frame(picture(100, 30), Duration.ofSeconds(3)).lines().toList();
        assertThat(resized).hasSize(2);
        assertThat(resized.get(0)).isEqualTo("[3.000,\"r\",\"100x30\"]");
    }

    @Test
    void theBellCallsForBadNewsOnceASecond() throws Exception {
        List<String> rung = new ArrayList<>();
        Alarm alarm = new Alarm(rung::add);
        alarm.heed(told.dashboard(), 0);
        assertThat(rung).isEmpty();

        alarm.heed(told.seconds(1).silent("a").dashboard(), 1_000_000_000L);
        assertThat(rung).singleElement().asString().startsWith("demo: leader a: REST API does not answer");
        alarm.heed(told.silent("b").dashboard(), 1_100_000_000L);
        alarm.heed(told.silent("c").dashboard(), 1_900_000_000L);
        assertThat(rung).hasSize(1);
        alarm.heed(told.dashboard(), 2_100_000_000L);
        assertThat(rung).hasSize(2).last().asString().endsWith("(and 1 more)");
        alarm.heed(told.seconds(1).standby("b", 1).dashboard(), 9_000_000_000L);
        assertThat(rung).hasSize(2);
    }

    @Test
    void aNotificationIsNothingButText() {
        assertThat(Tty.Notification.OSC9.sequence("a;b")).isEqualTo("\u001b]9;a;b\u0007");
        assertThat(Tty.Notification.OSC9.sequence("4;1;50")).isEqualTo("\u001b]9;4 ;1;50\u0007");
        assertThat(Tty.Notification.OSC777.sequence("a;b")).isEqualTo("\u001b]777;notify;patop;a,b\u0007");
    }

    private Picture picture(int columns, int rows) {
        Scene scene = new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, "", false);
        return Picture.of(
                new Frame(scene, new ViewState(FaultInjector.NONE))::draw,
                new TerminalSize(columns, rows),
                Glyphs.UNICODE);
    }
}
