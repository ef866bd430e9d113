package io.parley.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy in front of a server of this machine that spoils the connection in chosen ways: delays, throttles, cuts,
 * resets, corrupts, or swallows everything as a dead link does. Faults apply to open connections and to new ones, from
 * the next bytes on. Safe for any thread.
 */
public final class FaultProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        /** From the client to the server. */
        TO_SERVER,
        /** From the server to the client. */
        TO_CLIENT
    }

    private static final int CHUNK = 4096;

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Fault toServer = new Fault();
    private final Fault toClient = new Fault();
    private volatile boolean refusing;

    /** What is wrong with one direction. */
    private static final class Fault {
        volatile long delayNanos;
        volatile int bytesPerSecond = Integer.MAX_VALUE;
        volatile boolean swallowing;
        volatile boolean corrupting;
    }

    private FaultProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Starts a proxy for a port of this machine; it listens on {@link #port}. */
    public static FaultProxy of(int target) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
            start("fault-proxy", proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen", e);
        }
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Holds everything back for this long before it is passed on, both ways. */
    public FaultProxy delay(Duration delay) {
        toServer.delayNanos = delay.toNanos();
        toClient.delayNanos = delay.toNanos();
        return this;
    }

    /** Passes on at most this many bytes a second in one direction. */
    public FaultProxy throttle(Direction direction, int bytesPerSecond) {
        fault(direction).bytesPerSecond = bytesPerSecond;
        return this;
    }

    /** Reads and drops what comes in one direction: the connection looks open and is dead. */
    public FaultProxy swallow(Direction direction) {
        fault(direction).swallowing = true;
        return this;
    }

    /** Makes the link dead in both directions, without closing anything. */
    public FaultProxy halfOpen() {
        return swallow(Direction.TO_SERVER).swallow(Direction.TO_CLIENT);
    }

    /** Flips a bit in the first byte of everything that goes in one direction. */
    public FaultProxy corrupt(Direction direction) {
        fault(direction).corrupting = true;
        return this;
    }

    /** Takes new connections and closes them at once, as a server that is gone behind a proxy. */
    public FaultProxy refuse(boolean refuse) {
        refusing = refuse;
        return this;
    }

    /** Takes all faults away; connections that are cut stay cut. */
    public FaultProxy heal() {
        for (Fault fault : List.of(toServer, toClient)) {
            fault.delayNanos = 0;
            fault.bytesPerSecond = Integer.MAX_VALUE;
            fault.swallowing = false;
            fault.corrupting = false;
        }
        return refuse(false);
    }

    /** Closes the open connections in order, with FIN. */
    public void cut() {
        sockets.forEach(FaultProxy::closeQuietly);
        sockets.clear();
    }

    /** Ends the open connections with TCP resets. */
    public void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException expected) {
                continue; // closed already
            }
            closeQuietly(socket);
        }
        sockets.clear();
    }

    /** Stops listening and cuts what is open. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close", e);
        }
        cut();
    }

    private Fault fault(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException expected) {
                // Closed, or the server behind is not there: the client sees its connection end.
            }
        }
    }

    private void join(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        start("fault-proxy-to-server", () -> pump(client, server, toServer));
        start("fault-proxy-to-client", () -> pump(server, client, toClient));
    }

    private void pump(Socket from, Socket to, Fault fault) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                pass(chunk, count, out, fault);
            }
            if (!fault.swallowing) {
                to.shutdownOutput();
            }
        } catch (IOException expected) {
            closeQuietly(from); // one side is gone; so is the other
            closeQuietly(to);
        }
    }

    private static void pass(byte[] chunk, int count, OutputStream out, Fault fault) throws IOException {
        LockSupport.parkNanos(fault.delayNanos + count * 1_000_000_000L / fault.bytesPerSecond);
        if (fault.swallowing) {
            return;
        }
        if (fault.corrupting) {
            chunk[0] ^= 0x10;
        }
        out.write(chunk, 0, count);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException expected) {
            // It is closed either way.
        }
    }
}
