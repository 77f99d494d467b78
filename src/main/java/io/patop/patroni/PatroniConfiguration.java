package io.patop.patroni;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Patroni's or patronictl's own configuration says about reaching a cluster, so that what works for patronictl
 * works here. The environment (PATRONI_…) overrides the file, as in Patroni.
 *
 * @param file the file that was read, if any
 * @param scope the cluster's name
 * @param namespace prefix of the DCS's keys
 * @param restApis APIs of this machine's own node, if the file is a server's; the likeliest first
 * @param access as patronictl takes it (request.py of 3.0.2 and 4.1.4): authentication of section ctl else of
 *     restapi, cacert of ctl else cafile of restapi, the client certificate of ctl; else, as in 3.0.2, the node's
 *     own, but only if its verify_client says that one is asked for
 */
public record PatroniConfiguration(
        Optional<Path> file, Optional<String> scope, Optional<String> namespace, List<ApiUrl> restApis, Access access) {

    public PatroniConfiguration {
        restApis = List.copyOf(restApis);
    }

    /**
     * Reads the chosen file and the environment.
     *
     * @param named the file given by {@code -c}
     * @throws ConfigurationMistake with one line, which names the file and its line or the variable
     */
    public static PatroniConfiguration read(Optional<Path> named, ConfigurationFiles files)
            throws ConfigurationMistake {
        Optional<Path> file = files.chosen(named);
        Settings settings = new Settings(
                file.isPresent() ? Optional.of(YamlFile.read(file.get())) : Optional.empty(), files.environment());
        return new PatroniConfiguration(
                file,
                settings.text("scope"),
                settings.text("namespace"),
                restApis(settings),
                new Access(credentials(settings), tls(settings)));
    }

    private static List<ApiUrl> restApis(Settings settings) throws ConfigurationMistake {
        String scheme = settings.text("restapi", "certfile").isPresent() ? "https://" : "http://";
        Set<ApiUrl> urls = new LinkedHashSet<>();
        for (String key : List.of("connect_address", "listen")) {
            Optional<String> place = settings.text("restapi", key);
            if (place.isPresent()) {
                try {
                    urls.add(ApiUrl.parse(scheme + fromHere(place.get())));
                } catch (IllegalArgumentException none) {
                    // The value is not repeated: after a missing quote it runs on into the next line's password.
                    throw new ConfigurationMistake(
                            settings.origin("restapi", key) + ": not HOST:PORT, such as 10.0.0.1:8008");
                }
            }
        }
        return new ArrayList<>(urls);
    }

    /** Returns the address as seen from this machine: a wildcard address becomes loopback. */
    private static String fromHere(String listen) {
        String place = listen.strip();
        for (String all : List.of("0.0.0.0", "*", "[::]", "::")) {
            if (place.equals(all) || place.startsWith(all + ":")) {
                String loopback = all.contains("::") ? "[::1]" : "127.0.0.1";
                return loopback + place.substring(all.length());
            }
        }
        return place;
    }

    private static Optional<Credentials> credentials(Settings settings) throws ConfigurationMistake {
        for (String section : List.of("ctl", "restapi")) {
            Optional<String> pair = settings.text(section, "auth").filter(text -> text.indexOf(':') > 0);
            Optional<String> username = settings.credential(section, "username")
                    .or(() -> pair.map(text -> text.substring(0, text.indexOf(':'))));
            Optional<String> password = settings.credential(section, "password")
                    .or(() -> pair.map(text -> text.substring(text.indexOf(':') + 1)));
            if (username.isPresent() && password.isPresent()) {
                try {
                    return Optional.of(new Credentials(username.get(), new Secret(password.get())));
                } catch (IllegalArgumentException refused) {
                    throw new ConfigurationMistake(
                            settings.origin(section, "authentication") + ": " + refused.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private static Tls tls(Settings settings) throws ConfigurationMistake {
        Optional<Path> cacert = settings.path("ctl", "cacert");
        boolean ownOnly = settings.path("ctl", "certfile").isEmpty()
                && settings.text("restapi", "verify_client")
                        .filter(asked -> asked.equals("required") || asked.equals("optional"))
                        .isPresent();
        String section = ownOnly ? "restapi" : "ctl";
        Optional<Path> certfile = settings.path(section, "certfile");
        Optional<Path> keyfile = settings.path(section, "keyfile");
        Optional<Secret> password = settings.text(section, "keyfile_password").map(Secret::new);
        return new Tls(
                settings.truth("ctl", "insecure"),
                cacert.isPresent() ? cacert : settings.path("restapi", "cafile"),
                certfile.map(given -> new Tls.ClientCertificate(given, keyfile, password)));
    }

    /** The settings of the file and the environment; the environment overrides the file. */
    private record Settings(Optional<YamlFile> file, Map<String, String> environment) {

        Optional<String> text(String... keys) throws ConfigurationMistake {
            Optional<String> variable = variable(name(keys));
            return variable.isPresent() || file.isEmpty()
                    ? variable
                    : file.get().text(keys);
        }

        Optional<Path> path(String... keys) throws ConfigurationMistake {
            try {
                return text(keys).map(Path::of);
            } catch (InvalidPathException none) {
                throw new ConfigurationMistake(origin(keys) + " is no file's name");
            }
        }

        /** Returns a credential: PATRONI_CTL_USERNAME, in the file {@code ctl.authentication.username}. */
        Optional<String> credential(String section, String key) throws ConfigurationMistake {
            Optional<String> variable = variable(name(section, key));
            return variable.isPresent() || file.isEmpty()
                    ? variable
                    : file.get().text(section, "authentication", key);
        }

        boolean truth(String... keys) throws ConfigurationMistake {
            Optional<String> variable = variable(name(keys));
            if (variable.isEmpty()) {
                return file.isPresent() && file.get().truth(keys).orElse(false);
            }
            return PatroniBoolean.of(variable.get())
                    .orElseThrow(() -> new ConfigurationMistake(name(keys) + " is neither true nor false"));
        }

        String origin(String... keys) {
            return variable(name(keys)).isPresent() ? name(keys) : "configuration, " + String.join(".", keys);
        }

        private Optional<String> variable(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
        }

        private static String name(String... keys) {
            return "PATRONI_" + String.join("_", keys).toUpperCase(java.util.Locale.ROOT);
        }
    }
}
