package io.patop.command.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Keeps Ctrl-C from ending patop while a program that it started has the terminal, since the terminal sends SIGINT to
 * both. Java has no public way to handle a signal, so {@code sun.misc.Signal} is reached by name.
 */
public final class Interrupts {

    private Interrupts() {}

    /** Ignores SIGINT until the returned action has run. The child process keeps the default handling. */
    public static Runnable ignore() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler nothing = (proxy, method, arguments) -> null;
            Object ignoring =
                    Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {handler}, nothing);
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            Object before = signal.getMethod("handle", signal, handler).invoke(null, interrupt, ignoring);
            return () -> handle(signal, handler, interrupt, before);
        } catch (ReflectiveOperationException | IllegalArgumentException noSignals) {
            return () -> {};
        }
    }

    private static void handle(Class<?> signal, Class<?> handler, Object interrupt, Object by) {
        try {
            Object unused = signal.getMethod("handle", signal, handler).invoke(null, interrupt, by);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
