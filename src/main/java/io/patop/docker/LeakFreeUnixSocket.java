package io.patop.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;

/**
 * A unix socket that closes everything that belongs to it. HttpClient 5.6's own keeps two selectors that are closed
 * only with its streams, which it never closes: each request leaked five file descriptors.
 */
@SuppressWarnings("NullAway") // what Socket says of an unconnected one is null
final class LeakFreeUnixSocket extends Socket {

    private final Socket socket;
    private InputStream in;
    private OutputStream out;

    private LeakFreeUnixSocket(Socket socket) {
        this.socket = socket;
    }

    /** Returns a factory of HttpClient's usual connections on such sockets. */
    static HttpConnectionFactory<ManagedHttpClientConnection> connections(
            HttpConnectionFactory<ManagedHttpClientConnection> factory) {
        return given -> {
            ManagedHttpClientConnection connection = factory.createConnection(given);
            return (ManagedHttpClientConnection) Proxy.newProxyInstance(
                    LeakFreeUnixSocket.class.getClassLoader(),
                    new Class<?>[] {ManagedHttpClientConnection.class},
                    (proxy, method, arguments) -> {
                        boolean binds = method.getName().equals("bind")
                                && arguments.length == 1
                                && arguments[0] instanceof Socket;
                        try {
                            return method.invoke(
                                    connection,
                                    binds ? new Object[] {new LeakFreeUnixSocket((Socket) arguments[0])} : arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        };
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = socket.getInputStream();
        }
        return in;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        if (out == null) {
            out = socket.getOutputStream();
        }
        return out;
    }

    @Override
    @SuppressWarnings("try") // each has a name so that each is closed, whatever closing the others does
    public synchronized void close() throws IOException {
        super.close();
        try {
            if (in != null) {
                in.close();
            }
        } finally {
            closeRest();
        }
    }

    private void closeRest() throws IOException {
        try {
            if (out != null) {
                out.close();
            }
        } finally {
            socket.close();
        }
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) throws SocketException {
        socket.setSoTimeout(milliseconds);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {}

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public InetAddress getInetAddress() {
        return null;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return null;
    }
}
