package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that remembers its session, and comes back to it by hand. */
final class RecoveryClient {

    private static final Pattern CONNECT =
            Pattern.compile("0(?:/[a-z]+,)?\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern OFFSET = Pattern.compile(",\"([^\",]+)\"]$");

    private final RecoveryServer server;
    private final TestClient client;

    /** What came before CONNECT. */
    final List<String> missed;

    /** The CONNECT packet. */
    final String connect;

    final String sid;
    String pid;

    private RecoveryClient(RecoveryServer server, TestClient client, List<String> received) {
        this.server = server;
        this.client = client;
        connect = received.get(received.size() - 1);
        missed = received.subList(0, received.size() - 1);
        Matcher parts = CONNECT.matcher(connect);
        assertThat(parts.matches()).as(connect).isTrue();
        sid = parts.group(1);
        pid = parts.group(2);
    }

    static RecoveryClient join(RecoveryServer server, TestClient client, String packet) {
        return new RecoveryClient(server, client, client.send(packet).received());
    }

    List<String> received() {
        return client.received();
    }

    void send(String packet) {
        client.send(packet);
    }

    void sendRaw(String packet) {
        client.sendRaw(packet);
    }

    void lose() {
        client.lose();
    }

    boolean isClosed() {
        return client.isClosed();
    }

    void slow(boolean slow) {
        client.slow(slow);
    }

    /** The offset of the last event that came. */
    String lastOffset() {
        List<String> received = received();
        return offsetOf(received.get(received.size() - 1));
    }

    /** Asks to go on, as the official client does; without an offset if it is null. */
    TestClient attempt(@Nullable String offset) {
        return server.client().send(claim(offset));
    }

    RecoveryClient comeBack(@Nullable String offset) {
        return join(server, server.client(), claim(offset));
    }

    RecoveryClient comeBackElsewhere(@Nullable String offset) {
        return join(server, server.clientElsewhere(), claim(offset));
    }

    private String claim(@Nullable String offset) {
        return "0{\"pid\":\"" + pid + (offset == null ? "\"}" : "\",\"offset\":\"" + offset + "\"}");
    }

    static String offsetOf(String packet) {
        Matcher offset = OFFSET.matcher(packet);
        assertThat(offset.find()).as(packet).isTrue();
        return offset.group(1);
    }

    static String withoutOffset(String packet) {
        return OFFSET.matcher(packet).replaceFirst("]");
    }
}
