package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Json;
import io.parley.testkit.RawWebSocket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A Socket.IO client in one namespace, spoken by hand over a raw WebSocket. Used by one thread at a time. */
final class ChatPeer implements AutoCloseable {

    record Event(String name, List<Object> args) {}

    private final RawWebSocket socket;
    private final String namespace; // as on the wire: with a comma, or empty for the main one
    private final List<Event> events = new ArrayList<>();
    private int nextAck;

    private ChatPeer(RawWebSocket socket, String namespace) {
        this.socket = socket;
        this.namespace = namespace.equals("/") ? "" : namespace + ",";
    }

    /** Somebody with a name, who was welcomed. */
    static ChatPeer named(int port, String name) {
        return person(port, Map.of("name", name));
    }

    /** Somebody with these credentials, who was welcomed. */
    static ChatPeer person(int port, Map<String, ?> auth) {
        ChatPeer peer = open(port, "/chat", auth);
        assertThat(peer.read()).startsWith("40/chat,{\"sid\":");
        while (peer.events.stream().noneMatch(event -> event.name().equals("welcome"))) {
            peer.keep(peer.read());
        }
        return peer;
    }

    /** A guest. */
    static ChatPeer guest(int port) {
        ChatPeer peer = open(port, "/", Map.of());
        assertThat(peer.read()).startsWith("40{\"sid\":");
        return peer;
    }

    /** The CONNECT_ERROR of somebody who is not let in. */
    static Map<String, Object> refusal(int port, String namespace, Map<String, ?> auth) {
        try (ChatPeer peer = open(port, namespace, auth)) {
            String packet = peer.read();
            assertThat(packet).startsWith("44" + peer.namespace);
            return Json.parseObject(packet.substring(2 + peer.namespace.length()));
        }
    }

    private static ChatPeer open(int port, String namespace, Map<String, ?> auth) {
        ChatPeer peer = new ChatPeer(RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket"), namespace);
        assertThat(peer.read()).startsWith("0{");
        peer.socket.sendText("40" + peer.namespace + Json.write(auth));
        return peer;
    }

    /** Emits an event and waits for the acknowledgement. */
    Map<String, Object> ask(String event, Object... args) {
        String ack = send(event, args);
        while (true) {
            String packet = read();
            if (packet.startsWith(ack)) {
                return Json.object(((List<?>) Json.parse(packet.substring(ack.length()))).get(0));
            }
            keep(packet);
        }
    }

    /** Emits an event that asks for an acknowledgement; what the acknowledgement begins with. */
    String send(String event, Object... args) {
        int id = nextAck++;
        socket.sendText("42" + namespace + id + array(event, args));
        return "43" + namespace + id;
    }

    /** Emits an event that asks for nothing. */
    void tell(String event, Object... args) {
        socket.sendText("42" + namespace + array(event, args));
    }

    private static String array(String event, Object... args) {
        List<Object> all = new ArrayList<>(List.of(event));
        all.addAll(List.of(args));
        return Json.write(all);
    }

    /** Waits for the next event of that name, and gives its only argument. */
    Object next(String name) {
        while (true) {
            for (Iterator<Event> all = events.iterator(); all.hasNext(); ) {
                Event event = all.next();
                if (event.name().equals(name)) {
                    all.remove();
                    return event.args().get(0);
                }
            }
            keep(read());
        }
    }

    /** Waits for the next event of that name whose argument is an object. */
    Map<String, Object> nextObject(String name) {
        return Json.object(next(name));
    }

    /** The events of that name so far, everything that the server had sent before included. */
    List<Event> soFar(String name) {
        ask(namespace.isEmpty() ? "chat message" : "rooms", 0); // answered after all that was sent before
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    private void keep(String packet) {
        String prefix = "42" + namespace;
        if (packet.startsWith(prefix + "[")) {
            List<?> array = (List<?>) Json.parse(packet.substring(prefix.length()));
            events.add(new Event((String) array.get(0), new ArrayList<>(array.subList(1, array.size()))));
        }
    }

    /** Waits for the next packet that is no heartbeat. */
    private String read() {
        while (true) {
            String text = socket.readText();
            if (!text.equals("2")) {
                return text;
            }
            socket.sendText("3");
        }
    }

    /** Goes away without a word, like a lost network. */
    @Override
    public void close() {
        socket.close();
    }
}
