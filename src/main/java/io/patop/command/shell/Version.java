package io.patop.command.shell;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** patop's own version, from its jar. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"patop " + number()};
    }

    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
