package io.patop.command.live;

import io.patop.cluster.DynamicConfig;
import io.patop.command.shell.Interrupts;
import io.patop.command.shell.YamlText;
import io.patop.screen.view.ConfigEditor;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Runs the person's own editor on a temporary file that only they can read. A Ctrl-C for the editor must not end
 * patop.
 */
public final class EditorProcess implements ConfigEditor {

    private static final int LARGEST = 1 << 20;

    private final Map<String, String> environment;
    private volatile Optional<Process> running = Optional.empty();

    public EditorProcess(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Outcome edit(DynamicConfig config) {
        String before = YamlText.block(config.tree());
        Path file;
        try {
            file = Files.createTempFile("patop-config-", ".yaml");
        } catch (IOException trouble) {
            return new Outcome.Nothing("nothing was changed: " + Printable.line(Printable.message(trouble)));
        }
        try {
            Files.writeString(file, before);
            int code = run(file);
            if (code != 0) {
                return new Outcome.Nothing("nothing was changed: the editor ended with " + code);
            }
            if (Files.size(file) > LARGEST) {
                return new Outcome.Nothing("nothing was changed: what was saved is longer than 1 MiB");
            }
            String after = Files.readString(file, StandardCharsets.UTF_8);
            return after.equals(before) ? new Outcome.Nothing("nothing was changed") : read(after);
        } catch (IOException trouble) {
            return new Outcome.Nothing("nothing was changed: " + Printable.line(String.valueOf(trouble.getMessage())));
        } finally {
            delete(file);
        }
    }

    @Override
    public void end() {
        running.ifPresent(Process::destroy);
    }

    /** Runs the editor that patronictl would choose, by the shell, since EDITOR may hold options. */
    private int run(Path file) throws IOException {
        String editor = environment.getOrDefault("EDITOR", environment.getOrDefault("VISUAL", "vi"));
        Runnable heedAgain = Interrupts.ignore();
        try {
            Process process = new ProcessBuilder(
                            List.of("/bin/sh", "-c", "exec " + editor + " \"$1\"", "patop", file.toString()))
                    .inheritIO()
                    .start();
            running = Optional.of(process);
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            running = Optional.empty();
            heedAgain.run();
        }
    }

    private static Outcome read(String yaml) {
        try {
            LoaderOptions bounds = new LoaderOptions();
            bounds.setMaxAliasesForCollections(20);
            bounds.setAllowDuplicateKeys(false);
            Object tree = new Yaml(new SafeConstructor(bounds)).load(yaml);
            if (!(tree instanceof Map<?, ?> map)) {
                return new Outcome.Nothing("nothing was changed: what was saved has no KEY: VALUE lines");
            }
            Map<String, Object> config = new LinkedHashMap<>();
            map.forEach((key, value) -> config.put(String.valueOf(key), value));
            return new Outcome.Edited(new DynamicConfig(config));
        } catch (YAMLException malformed) {
            return new Outcome.Nothing("nothing was changed: what was saved is no YAML: "
                    + Printable.line(String.valueOf(malformed.getMessage())));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            return; // in the directory for temporary files, readable by its owner alone
        }
    }
}
