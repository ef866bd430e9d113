package io.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void givenAnEvent_whenRead_thenItsArgumentHasItsType() {
        Event<String> say = Event.of("say", String.class);
        Event<List<Long>> ids = Event.of("ids", new TypeToken<>() {});

        assertThat(say.read(arguments("[\"say\",\"hi\"]"))).isEqualTo("hi");
        assertThat(ids.read(arguments("[\"ids\",[1,2]]"))).containsExactly(1L, 2L);
        assertThat(say).hasToString("say(java.lang.String)");
    }

    @Test
    void givenAnEventWithoutArgument_whenRead_thenItIsNull() {
        assertThat(Event.of("ping", Void.class).read(arguments("[\"ping\"]"))).isNull();
    }

    @Test
    void givenAnAckEvent_whenRead_thenBothSidesHaveTheirTypes() {
        AckEvent<String, List<String>> join = AckEvent.of("join", String.class, new TypeToken<>() {});

        assertThat(join.read(arguments("[\"join\",\"lobby\"]"))).isEqualTo("lobby");
        assertThat(join.readReply(Arguments.of(List.of("ann")))).containsExactly("ann");
        assertThat(join).hasToString("join(java.lang.String) -> java.util.List<java.lang.String>");
    }

    @Test
    void givenTheOtherWaysToSayTypes_whenDeclared_thenTheyAreKept() {
        TypeToken<List<String>> names = new TypeToken<>() {};

        assertThat(AckEvent.of("a", Void.class, Integer.class).replyType()).isEqualTo(Integer.class);
        assertThat(AckEvent.of("a", names, Integer.class).type()).isEqualTo(names.type());
        assertThat(AckEvent.of("a", names, names).replyType()).isEqualTo(names.type());
        assertThat(names).hasToString("java.util.List<java.lang.String>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void givenAReservedName_whenDeclared_thenItIsRefused(String name) {
        assertThatThrownBy(() -> Event.of(name, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name + "\" is a reserved event name");
    }

    @Test
    void givenTheNameError_whenDeclared_thenItIsAllowed() {
        assertThat(Event.of("error", String.class).name()).isEqualTo("error");
    }

    @Test
    void givenAReason_whenAsked_thenItHasTheOfficialText() {
        assertThat(Arrays.stream(DisconnectReason.values()).map(DisconnectReason::text))
                .containsExactly(
                        "transport error",
                        "transport close",
                        "forced close",
                        "ping timeout",
                        "parse error",
                        "server shutting down",
                        "forced server close",
                        "client namespace disconnect",
                        "server namespace disconnect",
                        "client too slow",
                        "rate limit exceeded");
        assertThat(DisconnectReason.TRANSPORT_CLOSE).hasToString("transport close");
    }

    @Test
    void givenAReason_whenAskedForRecovery_thenOnlyAccidentsAllowIt() {
        assertThat(Arrays.stream(DisconnectReason.values()).filter(reason -> !reason.isRecoverable()))
                .containsExactly(
                        DisconnectReason.PARSE_ERROR,
                        DisconnectReason.CLIENT_NAMESPACE_DISCONNECT,
                        DisconnectReason.SERVER_NAMESPACE_DISCONNECT,
                        DisconnectReason.RATE_LIMITED);
    }

    @ParameterizedTest
    @EnumSource
    void givenAReasonOfTheSession_whenMapped_thenTheTextIsTheSame(io.parley.engineio.DisconnectReason reason) {
        assertThat(DisconnectReason.of(reason).text()).isEqualTo(reason.text());
    }

    @Test
    void givenARefusal_whenThrown_thenItCarriesItsDataAndNoTrace() {
        ConnectionRefused refused = new ConnectionRefused("unauthorized", Map.of("retry", false));

        assertThat(refused).hasMessage("unauthorized");
        assertThat(refused.data()).isEqualTo(Map.of("retry", false));
        assertThat(refused.getStackTrace()).isEmpty();
        assertThat(new ConnectionRefused("no").data()).isNull();
    }

    private static Arguments arguments(String json) {
        return ((Packet.Event) new PacketDecoder(JsonCodec.standard()).add("2" + json)).arguments();
    }
}
