package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ProcessEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which commands are made for a command line: as few as will do, and none too few. */
class CommandsTest {

    @Test
    void eachIsKnownByTheNameThatPicocliShows() {
        for (String name : Commands.NAMES) {
            CommandLine.Command command = Commands.named(name).getClass().getAnnotation(CommandLine.Command.class);
            assertThat(command.name()).isEqualTo(name);
        }
        assertThat(Patop.whole(ProcessEnvironment.ofTheProcess())
                        .getSubcommands()
                        .keySet())
                .containsExactlyElementsOf(Commands.NAMES);
    }

    @Test
    void noneIsLeftOut() throws Exception {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/patop/command"))) {
            assertThat(sources.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("Command")))
                    .containsExactlyInAnyOrderElementsOf(Commands.NAMES.stream()
                            .map(name -> Commands.named(name).getClass().getSimpleName())
                            .toList());
        }
    }

    /** What an option is when it is not given can be read where the option is explained. */
    @Test
    void eachDefaultIsInTheHelp() {
        CommandLine whole = Patop.whole(ProcessEnvironment.ofTheProcess());
        List<String> untold = Stream.concat(Stream.of(whole), whole.getSubcommands().values().stream())
                .flatMap(command -> command.getCommandSpec().options().stream()
                        .filter(option -> option.arity().max() > 0 && !option.hidden())
                        .filter(CommandsTest::hasDefault)
                        .filter(option -> !String.join(" ", option.description())
                                .toLowerCase(Locale.ROOT)
                                .contains("default"))
                        .map(option -> command.getCommandName() + " " + option.longestName()))
                .toList();
        assertThat(untold).isEmpty();
    }

    /** What the environment tells alone is no default; the help names the variable. */
    private static boolean hasDefault(CommandLine.Model.OptionSpec option) {
        return option.defaultValue() != null
                && !String.join(" ", option.description()).contains("[PATOP_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--version|",
                "-u http://a:1|",
                "list -u http://a:1|list",
                "list --help|list",
                "-u list --debug scale|list scale",
                "nonsense|"
            })
    void onlyThoseThatAreNamed(String arguments, String names) {
        assertThat(Commands.in(arguments.split(" "))).isEqualTo(names == null ? List.of() : List.of(names.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"--help", "-h", "--help list", "-hV", "@arguments", "-u x -h"})
    void allWherePicocliMayListThem(String arguments) {
        assertThat(Commands.in(arguments.split(" "))).isEqualTo(Commands.NAMES);
    }

    /** The archive of classes is made from it, and a start without one takes twice as long. */
    @Test
    void whatEachStartDoesIsRehearsed() {
        assertThat(Run.of("rehearse").code()).isZero();
    }

    /** What a member is called must not become a command of the person's shell. */
    @Test
    void bashCompletesMembersAndRunsNoneOfTheirNames(@TempDir Path directory) throws Exception {
        Path script = Files.writeString(
                directory.resolve("patop.bash"), Completion.bash(Patop.whole(ProcessEnvironment.ofTheProcess())));
        Path started = directory.resolve("started");
        String evil = "patroni$(touch${IFS}" + started + ")";
        String lines = ". " + script + "\n"
                + "patop() { printf 'Cluster\\tMember\\ndemo\\tpatroni1\\ndemo\\tother\\ndemo\\t%s\\n' '" + evil
                + "'; }\n"
                + "COMP_WORDS=(patop restart pat); COMP_CWORD=2\n_patop_with_members\n"
                + "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process bash = new ProcessBuilder("bash", "-c", lines)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.lines()).contains("patroni1").doesNotContain("other").anyMatch(line -> line.contains("touch"));
        assertThat(started).doesNotExist();
    }
}
