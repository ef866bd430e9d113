package io.parley.bench.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parley.bench.process.ChildProcess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The program of those who attack, until it is ended. Its arguments: the key of an {@link Attack}, and the port. */
public final class Attackers {

    private static final int HALF_OPEN_A_SECOND = 2_000;
    private static final int MAX_OPEN = 8_000;
    private static final int FLOODERS = 20;
    private static final int POLLING_FLOODERS = 4;
    private static final int POSTED_EVENTS = 80_000;
    private static final int SLOW_READERS = 50;
    private static final int SLOW_WRITERS = 200;
    private static final int CHURNERS = 2;

    private static final byte[][] BEGINNINGS = {
        bytes(""),
        bytes("G"),
        bytes("GET /socket.io/?EIO=4&transport=webso"),
        bytes(Peer.WEBSOCKET.substring(0, 90)),
        bytes("POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n40"),
        bytes(Peer.WEBSOCKET), // a session that joins no namespace
        bytes(Peer.POLLING), // likewise
        bytes(Peer.POLLING + Peer.POLLING.substring(0, 30)),
        bytes(Peer.WEBSOCKET + "\u0081"), // half a frame
        bytes(Peer.WEBSOCKET + "\u0081\u0082\u0000"),
    };

    /** Each after a client has joined. */
    private static final byte[][] MISTAKES = {
        Peer.frame("9"),
        Peer.frame("49"),
        Peer.frame("40"),
        Peer.frame("42/other,[\"x\"]"),
        Peer.frame("42[\"x\""),
        Peer.frame("42[\"connect\"]"),
        Peer.frame("43[]"),
        Peer.frame("451-[\"x\",{\"_placeholder\":true,\"num\":7}]"),
        Peer.frame("4599-[]"),
        Peer.frame("42" + "[".repeat(1_000)),
        Peer.frame("2"),
        Peer.frame(0x82, bytes("x")),
        Peer.frame(0x81, bytes("\u00ff")),
        Peer.frame(0xC1, bytes("x")),
        Peer.frame(0x83, bytes("x")),
        Peer.frame(0x88, bytes("x")),
    };

    private final int port;

    private Attackers(int port) {
        this.port = port;
    }

    /** Runs it. */
    public static void main(String... args) throws IOException {
        Attackers attackers = new Attackers(Integer.parseInt(args[1]));
        attackers.begin(Attack.of(args[0]));
        ChildProcess.say(0);
        ChildProcess.awaitEnd();
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }

    private void begin(Attack attack) throws IOException {
        switch (attack) {
            case NONE -> {}
            case HALF_OPEN -> run(1, this::stopHalfWay);
            case CHURN -> run(CHURNERS, this::comeAndGo);
            case FLOOD, FLOOD_LIMITED -> run(FLOODERS, this::flood);
            case FLOOD_POLLING -> run(POLLING_FLOODERS, this::post);
            case SLOW_READERS -> run(SLOW_READERS, this::readNothing);
            case SLOW_WRITERS -> writeSlowly();
            case MALFORMED -> run(CHURNERS, this::breakRules);
        }
    }

    /** What an attacker does once; it begins again when it is cut. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private static void run(int times, Deed deed) {
        for (int i = 0; i < times; i++) {
            daemon(() -> {
                while (true) {
                    try {
                        deed.run();
                    } catch (IOException expected) { // cut, which is what it asks for
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    }
                }
            });
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "attacker");
        thread.setDaemon(true);
        thread.start();
    }

    private void stopHalfWay() throws IOException {
        Queue<Peer> open = new ArrayDeque<>();
        long pause = TimeUnit.SECONDS.toNanos(1) / HALF_OPEN_A_SECOND;
        long next = System.nanoTime();
        for (int i = 0; ; i++) {
            Peer peer = Peer.connect(port);
            peer.write(BEGINNINGS[i % BEGINNINGS.length]);
            open.add(peer);
            if (open.size() > MAX_OPEN) {
                open.remove().close();
            }
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void comeAndGo() throws IOException {
        try (Peer peer = Peer.connect(port)) {
            peer.join();
        }
    }

    private void flood() throws IOException {
        byte[] frame = Peer.frame("42[\"flood\",\"" + "x".repeat(40) + "\"]");
        byte[] batch = new byte[100 * frame.length];
        for (int i = 0; i < batch.length; i += frame.length) {
            System.arraycopy(frame, 0, batch, i, frame.length);
        }
        try (Peer peer = Peer.connect(port).join()) {
            daemon(peer::readOver);
            while (true) {
                peer.write(batch);
            }
        }
    }

    private void post() throws IOException {
        String body = "42[\"flood\"]\u001e".repeat(POSTED_EVENTS - 1) + "42[\"flood\"]";
        try (Peer peer = Peer.connect(port)) {
            String target = "/socket.io/?EIO=4&transport=polling";
            peer.write(Peer.POLLING);
            String open = peer.readThrough("\"maxPayload\":");
            peer.readThrough("}");
            target += "&sid=" + open.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
            post(peer, target, "40");
            while (true) {
                post(peer, target, body);
            }
        }
    }

    private static void post(Peer peer, String target, String body) throws IOException {
        peer.write("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
        if (!peer.readThrough("\r\n\r\n").startsWith("HTTP/1.1 200")) {
            throw new IOException("POST was not taken");
        }
        peer.readThrough("ok");
    }

    private void readNothing() throws IOException {
        try (Peer peer = Peer.connectDeaf(port).join()) {
            peer.write(Peer.frame("42[\"subscribe\"]"));
            while (true) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                peer.write(Peer.frame("3")); // fails when it was cut
            }
        }
    }

    private void writeSlowly() throws IOException {
        byte[] frame = Peer.frame("42[\"flood\",\"" + "x".repeat(1_000) + "\"]");
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < SLOW_WRITERS; i++) {
            Peer peer = Peer.connect(port).join();
            daemon(peer::readOver);
            peers.add(peer);
        }
        run(1, () -> {
            long next = System.nanoTime();
            for (int i = 0; ; i++) {
                for (Peer peer : peers) {
                    peer.write(new byte[] {frame[i % frame.length]});
                }
                next += TimeUnit.MILLISECONDS.toNanos(5);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        });
    }

    private void breakRules() throws IOException {
        for (byte[] mistake : MISTAKES) {
            try (Peer peer = Peer.connect(port).join()) {
                peer.write(mistake);
                peer.readToClose();
            }
        }
    }
}
