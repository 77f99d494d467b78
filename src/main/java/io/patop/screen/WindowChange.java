package io.patop.screen;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signal of a resized window. Java has no public way to take it; {@code sun.misc.Signal} is exported by
 * {@code jdk.unsupported} for that, and javac warns of it, so it is reached by name, as Lanterna does.
 */
final class WindowChange {

    private WindowChange() {}

    /** Calls the listener at each SIGWINCH. On a runtime without the class the window's size is fixed. */
    static void onSignal(Runnable listener) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    listener.run();
                }
                return null;
            };
            Object proxy = Proxy.newProxyInstance(WindowChange.class.getClassLoader(), new Class<?>[] {handler}, call);
            Object winch = signal.getConstructor(String.class).newInstance("WINCH");
            Object unused = signal.getMethod("handle", signal, handler).invoke(null, winch, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException noSignals) {
            return;
        }
    }
}
