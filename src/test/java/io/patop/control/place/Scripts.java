package io.patop.control.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs that tests make: real executables in a folder of their own, which write down how they were called.
 *
 * @param folder that comes first on the PATH
 */
public record Scripts(Path folder) {

    /** Makes a program that writes its arguments down, each in a line, and then does what the script says. */
    public Path make(String name, String script) throws IOException {
        Path program = folder.resolve(name);
        Files.writeString(
                program,
                "#!/bin/sh\n{ for word in \"$@\"; do printf '%s\\n' \"$word\"; done; echo --; } >> \"" + calls(name)
                        + "\"\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private Path calls(String name) {
        return folder.resolve(name + ".calls");
    }

    /** Returns the argument lists with which the program was called. */
    public List<List<String>> called(String name) throws IOException {
        if (!Files.exists(calls(name))) {
            return List.of();
        }
        List<List<String>> calls = new ArrayList<>();
        for (String call : Files.readString(calls(name)).split("(?m)^--\n", 0)) {
            calls.add(call.isEmpty() ? List.of() : Arrays.asList(call.split("\n", 0)));
        }
        return calls;
    }

    /** Returns this process's environment with the folder first on the PATH. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", folder + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        return environment;
    }
}
