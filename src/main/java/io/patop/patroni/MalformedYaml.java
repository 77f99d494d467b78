package io.patop.patroni;

import io.patop.text.Printable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Explains what is wrong with a malformed YAML text, without quoting it, since it may hold passwords. */
public final class MalformedYaml {

    private MalformedYaml() {}

    /**
     * Returns the line (from 1) and the problem, e.g. {@code line 3: not YAML: found undefined alias}. SnakeYAML 2
     * adds names from the text to three of its messages; a password after a missing quote can be such a name.
     */
    public static String describe(MarkedYAMLException malformed) {
        int line = malformed.getProblemMark() == null
                ? 1
                : malformed.getProblemMark().getLine() + 1;
        String problem = malformed.getProblem().replaceFirst("(?s)(alias|handle|allowed:) .*", "$1");
        return "line " + line + ": not YAML: " + Printable.line(problem.replaceFirst(":$", ""));
    }
}
