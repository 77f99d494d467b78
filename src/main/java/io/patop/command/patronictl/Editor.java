package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets a person edit a text in their own editor, in a file that only they can read. */
final class Editor {

    private final ProcessEnvironment environment;

    Editor(ProcessEnvironment environment) {
        this.environment = environment;
    }

    /** An edited text. Its file is deleted when the text is dropped, and kept if the text was not valid. */
    record Edited(String text, Path file) {
        void drop() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException kept) {
                throw new CommandFailure(ExitCode.FAILED, file + " cannot be removed");
            }
        }
    }

    /** Runs {@code $EDITOR}, else {@code editor} or {@code vi}, in this terminal. */
    Edited edit(String text, String name) throws InterruptedException {
        String command = command();
        try {
            Path file = Files.createTempFile(name.replaceAll("[^A-Za-z0-9_.-]", "_") + "-config-", ".yaml");
            Files.writeString(file, text);
            // By the shell, so that an EDITOR with options works, as with git; the file is an argument of its own.
            int code = new ProcessBuilder("/bin/sh", "-c", command + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                Files.deleteIfExists(file);
                throw CommandFailure.ofPatronictl("Editor exited with return code " + code);
            }
            return new Edited(Files.readString(file, StandardCharsets.UTF_8), file);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the editor " + command + " cannot be used: " + failed.getMessage());
        }
    }

    private String command() {
        return Optional.ofNullable(environment.variables().get("EDITOR"))
                .filter(editor -> !editor.isBlank())
                .or(() -> Stream.of("editor", "vi").filter(this::isOnPath).findFirst())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "EDITOR environment variable is not set. editor or vi are not available"));
    }

    private boolean isOnPath(String program) {
        return Stream.of(environment.variables().getOrDefault("PATH", "").split(":", -1))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
