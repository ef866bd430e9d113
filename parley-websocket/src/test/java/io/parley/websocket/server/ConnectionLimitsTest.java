package io.parley.websocket.server;

import static io.parley.websocket.server.HttpServerTest.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections there may be, altogether and from one address. */
class ConnectionLimitsTest {

    private static final String GET = head("GET / HTTP/1.1", "Host: a");

    private static HttpServer start(HttpServer.Builder options) {
        HttpServer server = options.eventLoops(1).build();
        return server.handle("GET", "/", exchange -> exchange.respond(HttpResponse.text(200, "served")))
                .start();
    }

    @Test
    void givenALimitForAnAddress_whenOneMoreComes_thenItIsRefusedUntilOneGoes() {
        try (HttpServer server = start(HttpServer.builder().maxConnectionsPerAddress(2));
                RawPeer first = RawPeer.connect(server.port())) {
            RawPeer second = RawPeer.connect(server.port());
            assertThat(first.send(GET).readResponse()).endsWith("served");
            assertThat(second.send(GET).readResponse()).endsWith("served");

            try (RawPeer third = RawPeer.connect(server.port())) {
                assertThat(third.readToEnd())
                        .startsWith("HTTP/1.1 503 ")
                        .endsWith("Your address has 2 connections, as many as it may have; try again later\n");
            }
            second.close();

            Deadline.await("one is gone", () -> server.figures().connectionsOpen() == 1);
            try (RawPeer fourth = RawPeer.connect(server.port())) {
                assertThat(fourth.send(GET).readResponse()).endsWith("served");
            }
            assertThat(server.figures().refusedByAddress()).isEqualTo(1);
            assertThat(server.figures().connectionsAccepted()).isEqualTo(4);
        }
    }

    @Test
    void givenALimitForAll_whenOneMoreComes_thenTheServerCountsIt() {
        try (HttpServer server = start(HttpServer.builder().maxConnections(1));
                RawPeer first = RawPeer.connect(server.port())) {
            assertThat(first.send(GET).readResponse()).endsWith("served");

            try (RawPeer second = RawPeer.connect(server.port())) {
                assertThat(second.readToEnd()).startsWith("HTTP/1.1 503 ");
            }

            assertThat(server.figures().refusedByTotal()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, false",
        "192.0.2.1, 192.0.2.2, true",
        "2001:db8::1, 2001:db8::ffff:1, false",
        "2001:db8::1, 2001:db8:0:1::1, true",
    })
    void givenTwoAddresses_whenCounted_thenTheyAreOneOrTwo(String one, String other, boolean apart)
            throws UnknownHostException {
        AddressCounts counts = new AddressCounts(1);

        assertThat(counts.add(new InetSocketAddress(InetAddress.getByName(one), 1)))
                .isTrue();
        assertThat(counts.add(new InetSocketAddress(InetAddress.getByName(other), 2)))
                .isEqualTo(apart);
    }

    @Test
    void givenAddressesThatTellNothing_whenCounted_thenTheyHaveNoLimit() {
        AddressCounts counts = new AddressCounts(1);

        for (int i = 0; i < 3; i++) {
            assertThat(counts.add(null)).isTrue();
            assertThat(counts.add(UnixDomainSocketAddress.of(""))).isTrue();
        }
    }

    @Test
    void givenAWrongLimit_whenSet_thenSaysWhatIsAllowed() {
        assertThatThrownBy(() -> HttpServer.builder().maxConnectionsPerAddress(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxConnectionsPerAddress: 0 (expected: 1 or more)");
    }
}
