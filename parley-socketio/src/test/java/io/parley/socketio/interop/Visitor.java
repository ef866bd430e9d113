package io.parley.socketio.interop;

import io.parley.testkit.RawWebSocket;

/** A Socket.IO client on a raw WebSocket: what an official client would send, or not. Used by one thread at a time. */
final class Visitor implements AutoCloseable {

    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final RawWebSocket socket;

    private Visitor(RawWebSocket socket) {
        this.socket = socket;
    }

    /** Opens a session and joins no namespace. */
    static Visitor open(int port) {
        Visitor visitor = new Visitor(RawWebSocket.open(port, TARGET));
        visitor.readPacket("0{");
        return visitor;
    }

    /** Opens a session and joins the main namespace. */
    static Visitor connect(int port) {
        Visitor visitor = open(port);
        visitor.send("40");
        visitor.readPacket("40{");
        visitor.readPacket("42[\"hello\"");
        return visitor;
    }

    /** Sends a text message as it is. */
    void send(String packet) {
        socket.sendText(packet);
    }

    /** The next packet, which must begin like this; pings are answered on the way. */
    String readPacket(String beginning) {
        String packet = socket.readText();
        while (packet.equals("2")) {
            socket.sendText("3");
            packet = socket.readText();
        }
        if (!packet.startsWith(beginning)) {
            throw new AssertionError(packet + " (expected: " + beginning + "…)");
        }
        return packet;
    }

    /** Waits for so many pings, and answers them and what else of them has come. */
    void answerPings(int atLeast) {
        for (int answered = 0; answered < atLeast || socket.raw().hasInput(); answered++) {
            String packet = socket.readText();
            if (!packet.equals("2")) {
                throw new AssertionError(packet + " (expected: pings only)");
            }
            socket.sendText("3");
        }
    }

    /** Sends an event and waits for it to come back. */
    void expectEcho(String text) {
        send("42[\"echo\",\"" + text + "\"]");
        readPacket("42[\"echo\",\"" + text + "\"]");
    }

    /** Waits until the server has closed the connection. */
    RawWebSocket.Frame expectClosed() {
        RawWebSocket.Frame frame = socket.read();
        while (frame.opcode() != RawWebSocket.CLOSE) {
            frame = socket.read();
        }
        socket.send(0x80 | RawWebSocket.CLOSE, new byte[0]);
        socket.raw().readToEnd();
        return frame;
    }

    RawWebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
