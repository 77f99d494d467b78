package io.patop.patroni;

import io.patop.text.Printable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Explains what is wrong with a malformed YAML text, without quoting it, since it may hold passwords. */
public final class MalformedYaml {

    private MalformedYaml() {}

    /**
     * Returns the origin, the line (from 1) and the problem, e.g. {@code f.yml, line 3: not YAML: found undefined
     * alias}. SnakeYAML 2 adds names from the text to three of its messages; a password after a missing quote can be
     * such a name.
     *
     * @param origin the file, or where else the text is from
     */
    public static String describe(Object origin, YAMLException malformed) {
        if (!(malformed instanceof MarkedYAMLException marked)) {
            return origin + ": not YAML: " + Printable.line(Printable.message(malformed));
        }
        int line = marked.getProblemMark() == null ? 1 : marked.getProblemMark().getLine() + 1;
        String problem = marked.getProblem().replaceFirst("(?s)(alias|handle|allowed:) .*", "$1");
        return origin + ", line " + line + ": not YAML: " + Printable.line(problem.replaceFirst(":$", ""));
    }
}
