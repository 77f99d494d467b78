package io.patop.screen.terminal;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals of the terminal: a resized window, a job that is stopped and continued. Java has no public way to handle
 * them; {@code jdk.unsupported} exports {@code sun.misc.Signal} for it, but javac warns of it. The class is therefore
 * reached by name, as Lanterna does.
 */
final class Signals {

    private Signals() {}

    /**
     * Calls the listener at each signal of this name, on a thread of the runtime. On a runtime without
     * {@code sun.misc.Signal} nothing is called.
     *
     * @param name name without SIG, e.g. {@code WINCH}
     */
    static void on(String name, Runnable listener) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    listener.run();
                }
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
            Object named = signal.getConstructor(String.class).newInstance(name);
            Object unused = signal.getMethod("handle", signal, handler).invoke(null, named, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException noSignals) {
            return;
        }
    }

    /**
     * Stops this process by the shell's kill, since the runtime sends itself only signals that it handles. Returns
     * when the process has been continued, or at once if it cannot be stopped (the first process of a container).
     */
    static void stop() {
        try {
            int unused = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -STOP " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
