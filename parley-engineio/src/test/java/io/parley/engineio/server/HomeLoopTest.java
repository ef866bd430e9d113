package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class HomeLoopTest {

    private static final String TARGET = "/engine.io/?EIO=4&transport=websocket";

    private final TestEngine engine = new TestEngine();
    private final HomeLoop home = engine.server.homeOf(engine.loop);

    @Test
    void givenRequestsThatDifferInKeyAndAddress_whenKept_thenTheyAreOne() {
        HttpRequest first = home.keepable(request(1, "Sec-WebSocket-Key", "a", "Origin", "http://x"));

        HttpRequest second = home.keepable(request(2, "Sec-WebSocket-Key", "b", "Origin", "http://x"));

        assertThat(second).isSameAs(first);
        assertThat(HomeLoop.from(address(2), second)).isEqualTo(request(2, "Origin", "http://x"));
    }

    @Test
    void givenRequestsThatDifferOtherwise_whenKept_thenEachIsItsOwn() {
        HttpRequest first = home.keepable(request(1, "Cookie", "user=1"));

        HttpRequest second = home.keepable(request(2, "Cookie", "user=2"));

        assertThat(HomeLoop.from(address(1), first)).isEqualTo(request(1, "Cookie", "user=1"));
        assertThat(HomeLoop.from(address(2), second)).isEqualTo(request(2, "Cookie", "user=2"));
    }

    private static HttpRequest request(int port, String... headers) {
        return new HttpRequest("GET", TARGET, HttpHeaders.of(headers), address(port), false);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
