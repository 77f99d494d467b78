package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.control.journal.MemoryJournal;
import io.patop.control.place.CommandTemplate;
import io.patop.control.place.KubernetesPods;
import io.patop.control.place.OwnCommands;
import io.patop.control.place.ProgramFaults;
import io.patop.control.place.Programs;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action.MemberOperation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the dashboard shows and asks where members are broken by commands and not by Docker. */
class OtherPlacesOnScreenTest {

    private final ProgramFaults faults = new ProgramFaults(
            "lab",
            new OwnCommands(Map.of(
                    MemberOperation.STOP,
                    new CommandTemplate(List.of(
                            "ssh",
                            "-o",
                            "BatchMode=yes",
                            "root@{host}",
                            "/usr/local/lib/cluster/bin/control",
                            "--machine={name}",
                            "--reason=a drill",
                            "stop")),
                    MemberOperation.START,
                    new CommandTemplate(List.of("virsh", "start", "{name}")),
                    MemberOperation.KILL,
                    new CommandTemplate(List.of("virsh", "destroy", "{name}")))),
            Map.of("a", "10.0.0.1", "b", "10.0.0.2", "c", "10.0.0.3"),
            new MemoryJournal(),
            (command, longest) -> new Programs.Ended(0, "", ""),
            Clock.systemUTC());

    private final Pictures pictures = new Pictures(new ViewState(faults), Glyphs.UNICODE);

    @Test
    void theQuestionShowsTheVeryCommandOnASmallScreenToo() {
        ReducerStory told = ReducerStory.healthy();
        press(told, "K");

        assertThat(draw(told, 80, 24))
                .contains(
                        "Stop a?",
                        "This takes away a, the LEADER of cluster demo.",
                        "This is run:",
                        "ssh -o BatchMode=yes root@10.0.0.1 /usr/local/lib/cluster/bin/control",
                        "--machine=a '--reason=a drill' stop",
                        "2  kill it (SIGKILL)")
                .doesNotContain("Docker", "freeze it");
        press(told, "y");
        assertThat(pictures.ordered).singleElement().satisfies(action -> {
            assertThat(action.text()).isEqualTo("stop a");
            assertThat(faults.perform(action, step -> {}).join().failure()).isEmpty();
        });
    }

    /** A killed pod is started again, so that no drill promises to keep it down. */
    @Test
    void podsOfKubernetesAreAskedAboutInKubectlsWords() {
        Pictures pods = new Pictures(
                new ViewState(new ProgramFaults(
                        "k8s",
                        new KubernetesPods("prod", "cluster-name=demo", "postgres", Optional.empty(), "kubectl"),
                        Map.of(),
                        new MemoryJournal(),
                        (command, longest) -> new Programs.Ended(0, "", ""),
                        Clock.systemUTC())),
                Glyphs.UNICODE);
        ReducerStory told = ReducerStory.healthy();
        pods.press(told.dashboard(), told.now(), "K");

        assertThat(pods.draw(told.dashboard(), told.now(), 100, 24))
                .contains("Stop a?", "kubectl --namespace prod delete pod a --wait=false", "kill it (SIGKILL)");
        pods.press(told.dashboard(), told.now(), "nD");
        assertThat(pods.draw(told.dashboard(), told.now(), 100, 24))
                .contains("crash (SIGKILL), free to start again")
                .doesNotContain("keep down");
    }

    @Test
    void readOnlyNothingIsAsked() {
        ReducerStory told = ReducerStory.healthy();
        pictures.readOnly = true;
        press(told, "K");

        assertThat(draw(told, 80, 24)).contains("read-only").doesNotContain("Stop a?");
        press(told, "y");
        assertThat(pictures.ordered).isEmpty();
    }

    @Test
    void theServicesViewTellsHowMembersAreRun() {
        ReducerStory told = ReducerStory.healthy();
        press(told, "K");
        press(told, "y");
        assertThat(faults.perform(pictures.ordered.get(0), step -> {}).join().failure())
                .isEmpty();
        told.seconds(1).silent("a").silent("b");
        press(told, "2");

        assertThat(draw(told, 100, 24))
                .contains("how members are run: commands of the configuration file")
                .containsPattern("a +patop was to stop a since .* 10.0.0.1")
                .containsPattern("b +unknown: its API does not answer since .* 10.0.0.2")
                .containsPattern("c +runs: its API answers +10.0.0.3");
    }

    @Test
    void theSelectedMembersMenuHasWhatHasACommand() {
        ReducerStory told = ReducerStory.healthy();
        draw(told, 80, 24);
        pictures.state.member.select(Optional.of("b"));
        press(told, "a");

        assertThat(draw(told, 80, 40)).contains("stop b", "kill b (SIGKILL)").doesNotContain("freeze b", "thaw b");
    }

    private void press(ReducerStory told, String keys) {
        for (int i = 0; i < keys.length(); i++) {
            pictures.state.answerable = true;
            assertThat(pictures.press(told.dashboard(), told.now(), new KeyStroke(keys.charAt(i), false, false)))
                    .isEqualTo(Keyboard.Outcome.GO_ON);
        }
    }

    private String draw(ReducerStory told, int columns, int rows) {
        return pictures.draw(told.dashboard(), told.now(), columns, rows);
    }
}
