package io.parley.engineio.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.websocket.testing.InMemoryExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature table, sections 1.1 (allowEIO3) and 1.9: who speaks protocol 3. */
class V3HandshakeTest {

    @ParameterizedTest
    @CsvSource({
        "EIO=4, 4",
        "EIO=3, 3",
        "EIO=2, 3",
        "EIO=04, 3",
        "EIO=, 3",
        "x=1, 3",
    })
    void givenOldClientsAllowed_whenAClientComes_thenEverythingButFourIsProtocol3(String query, int protocol) {
        V3Engine old = new V3Engine();

        InMemoryExchange opened = old.engine.get("/engine.io/?" + query + "&transport=polling");

        assertThat(opened.response().status()).isEqualTo(200);
        assertThat(old.engine.socket.protocol()).isEqualTo(protocol);
        assertThat(opened.responseText()).startsWith(protocol == 4 ? "0{\"sid\":" : "118:0{\"sid\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void givenOldClientsNotAllowed_whenOneComes_thenItIsRefusedWithCode5(String transport) {
        TestEngine engine = new TestEngine();
        String target = V3Engine.PATH + "&transport=" + transport;

        InMemoryExchange refused = transport.equals("polling") ? engine.get(target) : engine.upgrade(target);

        assertThat(refused.response().status()).isEqualTo(400);
        assertThat(refused.responseText()).contains("Unsupported protocol version");
        assertThat(engine.errors).hasSize(1).first().satisfies(error -> {
            assertThat(error.code()).isEqualTo(5);
            assertThat(error.context()).isEqualTo(Map.of("protocol", 3));
        });
    }

    @Test
    void givenAClientOverPolling_whenItConnects_thenTheOpenPacketIsThatOfProtocol4InTheOtherPayload() {
        V3Engine old = new V3Engine();

        InMemoryExchange opened = old.connectPolling("");

        String packet = "0{\"sid\":\"" + old.engine.socket.id() + "\",\"upgrades\":[\"websocket\"],"
                + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
        assertThat(opened.responseText()).isEqualTo(packet.length() + ":" + packet);
        assertThat(V3Engine.contentType(opened)).isEqualTo("text/plain; charset=UTF-8");
        assertThat(old.engine.socket.transport()).isEqualTo(TransportType.POLLING);
    }

    @Test
    void givenAnInitialPacket_whenAClientConnects_thenItStandsInTheSamePayload() {
        V3Engine old = new V3Engine(
                EngineOptions.builder().initialPacket(EncodedPacket.text("hi")).build());

        assertThat(old.connectPolling("").responseText()).endsWith("3:4hi");
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "4, 3"})
    void givenASession_whenARequestSaysAnotherProtocol_thenItIsRefused(String first, String second) {
        V3Engine old = new V3Engine();
        old.engine.get("/engine.io/?transport=polling&EIO=" + first);

        InMemoryExchange refused =
                old.engine.get("/engine.io/?transport=polling&EIO=" + second + "&sid=" + old.engine.socket.id());

        assertThat(refused.responseText()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(old.engine.errors.get(0).context()).containsEntry("name", "PROTOCOL_MISMATCH");
    }

    @Test
    void givenOptionsThatAllowOldClients_whenCopied_thenTheCopyAllowsThemToo() {
        assertThat(EngineOptions.defaults().allowEIO3()).isFalse();
        assertThat(EngineOptions.builder().allowEIO3(true).build().toBuilder()
                        .build()
                        .allowEIO3())
                .isTrue();
    }
}
