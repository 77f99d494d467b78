package io.patop.patroni;

import java.io.IOException;

/** A configuration that cannot be used. The message is one line: the file, the line in it, and what is wrong. */
public final class ConfigurationMistake extends IOException {
    ConfigurationMistake(String message) {
        super(message);
    }
}
