package io.patop.net;

import java.util.Map;

/** The environment of the programs that patop starts. */
public final class ProgramEnvironment {

    private ProgramEnvironment() {}

    /** Takes out what was given to patop alone: DSNs, passwords and URLs with logins. */
    public static void removeSecrets(Map<String, String> variables) {
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("PATOP_") || name.startsWith("PATRONI_") || name.equals("PGPASSWORD"));
    }

    /** Has {@code variables} be those of {@code environment}, without patop's secrets; ssh asks for no password. */
    public static void replace(Map<String, String> variables, Map<String, String> environment) {
        variables.clear();
        variables.putAll(environment);
        removeSecrets(variables);
        variables.put("SSH_ASKPASS_REQUIRE", "never");
    }
}
