package io.parley.socketio.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/** A Socket.IO client over long-polling that sends what it likes. Used by one thread at a time. */
final class PollingVisitor {

    private static final String SEPARATOR = "\u001e";

    private final String url;

    private PollingVisitor(String url) {
        this.url = url;
    }

    /** Opens a session and joins the main namespace. */
    static PollingVisitor connect(int port) {
        PollingVisitor opener = new PollingVisitor("http://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=polling");
        String open = opener.poll().get(0).substring(1);
        PollingVisitor visitor =
                new PollingVisitor(opener.url + "&sid=" + Json.parseObject(open).get("sid"));
        visitor.post("40");
        StringBuilder answers = new StringBuilder();
        while (answers.indexOf("42[\"hello\"") < 0) {
            visitor.poll().forEach(answers::append);
        }
        return visitor;
    }

    /** The target of a WebSocket that asks to take over the session. */
    String upgradeTarget() {
        return url.substring(url.indexOf("/socket.io/")).replace("transport=polling", "transport=websocket");
    }

    /** Posts one packet: a text, or bytes. */
    void post(Object packet) {
        String body =
                packet instanceof byte[] bytes ? "b" + Base64.getEncoder().encodeToString(bytes) : (String) packet;
        send(body.getBytes(UTF_8));
    }

    /** The next packets; empty when the session is over. */
    List<String> poll() {
        String body = send(new byte[0]);
        return body.isEmpty() ? List.of() : List.of(body.split(SEPARATOR));
    }

    /** Posts, or polls when there is nothing to post. Returns the body of the answer; empty if it is none or an error. */
    private String send(byte[] body) {
        try {
            HttpURLConnection request =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            if (body.length > 0) {
                request.setDoOutput(true);
                request.setFixedLengthStreamingMode(body.length); // so that it is not sent twice
                try (OutputStream out = request.getOutputStream()) {
                    out.write(body);
                }
            }
            try (InputStream in = request.getInputStream()) {
                return new String(in.readAllBytes(), UTF_8);
            }
        } catch (IOException refused) { // the official server aborts a request that broke the protocol
            return "";
        }
    }
}
