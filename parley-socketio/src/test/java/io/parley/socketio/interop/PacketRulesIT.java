package io.parley.socketio.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Json;
import io.parley.testkit.NodePeer;
import io.parley.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What follows from each packet that breaks a rule, or that looks as if it did: the same bytes to the official server
 * and to ours, over WebSocket and over polling. Compared are what the client gets, whether its connection goes on, and
 * the reason for which the server says that its socket left.
 */
class PacketRulesIT {

    private static final String ECHO = "42[\"echo\",\"after\"]";
    private static final byte[] BYTES = {1, 2};

    private static NodePeer official;
    private static ScenarioServer ours;
    private static Witness ofOfficial;
    private static Witness ofOurs;

    @BeforeAll
    static void start() {
        official = NodePeer.start(Path.of("src/test/node/scenario-server.cjs"));
        ours = ScenarioServer.start();
        ofOfficial = new Witness((int) official.call("listen", "json", 25_000, 20_000));
        ofOurs = new Witness(ours.port());
    }

    @AfterAll
    static void stop() {
        ofOfficial.visitor.close();
        ofOurs.visitor.close();
        official.close();
        ours.close();
    }

    /** Violations, spec 3.1 and 3.2: each closes the connection. */
    private static final List<List<Object>> VIOLATIONS = List.of(
            List.of("47"),
            List.of("49"),
            List.of("4x"),
            List.of("4\u0661"),
            List.of("40"), // a second CONNECT
            List.of("4"), // likewise, by accident: Number("") is 0
            List.of("40/a,\"x\""),
            List.of("40/a,[]"),
            List.of("40{"),
            List.of("41{}"),
            List.of("41/nowhere"),
            List.of("41/nowhere,"),
            List.of("42{}"),
            List.of("42\"x\""),
            List.of("42null"),
            List.of("42[]"),
            List.of("42[null]"),
            List.of("42[true]"),
            List.of("42[{}]"),
            List.of("42[[\"x\"]]"),
            List.of("42[\"connect\"]"),
            List.of("42[\"connect_error\"]"),
            List.of("42[\"disconnect\"]"),
            List.of("42[\"disconnecting\"]"),
            List.of("42[\"newListener\"]"),
            List.of("42[\"removeListener\"]"),
            List.of("42[\"x\""),
            List.of("42[\"x\"]]"),
            List.of("42[\"x\",01]"),
            List.of("42[\"x\",NaN]"),
            List.of("42[\"x\",\"\\x\"]"),
            List.of("42[\"x\",\"\u0001\"]"),
            List.of("42/nowhere,[\"x\"]"),
            List.of("42/nowhere?a=b,[\"x\"]"),
            List.of("42/private,[\"x\"]"),
            List.of("43/nowhere,1[]"),
            List.of("431{}"),
            List.of("44{\"message\":\"x\"}"),
            List.of("44\"x\""),
            List.of("450-[\"x\"]"),
            List.of("4511-[\"x\"]"),
            List.of("45999999999999-[\"x\"]"),
            List.of("45-1[\"x\"]"),
            List.of("45x-[\"x\"]"),
            List.of("451[\"x\"]"),
            List.of("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]", "42[\"x\"]"),
            List.of("452-[\"echo\",{\"_placeholder\":true,\"num\":0}]", BYTES, "42[\"x\"]"),
            List.of("451-[\"echo\",{\"_placeholder\":true,\"num\":1}]", BYTES),
            List.of("451-[\"echo\",{\"_placeholder\":true,\"num\":-1}]", BYTES),
            List.of("451-[\"echo\",{\"_placeholder\":true,\"num\":\"0\"}]", BYTES),
            List.of("451-[\"echo\",{\"_placeholder\":true}]", BYTES),
            List.of("451-[\"silence\",{\"_placeholder\":true,\"num\":0}]", BYTES, BYTES),
            List.of(BYTES));

    /** What goes on, and how it is answered. */
    private static final List<List<Object>> HARMLESS = List.of(
            List.of("40/nowhere"),
            List.of("40/nowhere,"),
            List.of("40/nowhere,{\"a\":1}"),
            List.of("40/private?token=secret,"), // a query is part of the name
            List.of("40/private,"),
            List.of("40/private,{\"token\":\"wrong\",\"_placeholder\":true,\"num\":0}"),
            List.of("43999[]"),
            List.of("43999[1,{\"a\":[]}]"),
            List.of("42[\"nobody listens\"]"),
            List.of("427[\"nobody answers\"]"),
            List.of("42[42,\"a number as the name\"]"),
            List.of("42[-1.50e1]"),
            List.of("42[\"echo\" , { \"a\" : [ 1 , 2 ] } ]"),
            List.of("42[\"echo\",{\"_placeholder\":true,\"num\":0}]"),
            List.of("429007199254740991[\"echo\"]"),
            List.of("420[\"echo\",null]"),
            List.of("42007[\"echo\",null]"),
            List.of("42[\"echo\",\"\\ud83d\",\"\\u00e9\\/\"]"),
            List.of("451-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]", BYTES),
            List.of("452-[\"echo\",{\"num\":1,\"_placeholder\":true,\"more\":1}]", BYTES, BYTES),
            List.of("451-[\"echo\",{\"_placeholder\":false,\"num\":7}]", BYTES));

    static Stream<Arguments> packets() {
        return Stream.of(VIOLATIONS, HARMLESS)
                .flatMap(List::stream)
                .flatMap(messages -> Stream.of(Arguments.of("websocket", messages), Arguments.of("polling", messages)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("packets")
    void givenPackets_whenSentToBothServers_thenTheSameFollows(String transport, List<Object> messages) {
        Outcome expected = ofOfficial.watch(transport, messages);

        Outcome outcome = ofOurs.watch(transport, messages);

        assertThat(outcome).isEqualTo(expected);
        assertThat(outcome.closed()).isEqualTo(VIOLATIONS.contains(messages));
        if (outcome.closed()) {
            assertThat(outcome.reason()).isIn("forced close", "forced server close");
        }
    }

    /** What the official server takes by accident and ours refuses: docs/adr says why. */
    static Stream<String> accidents() {
        return Stream.of("42", "43", "43[]", "441", "45", "451e0-[\"x\"]", "4299999999999999999999[\"echo\"]");
    }

    @ParameterizedTest
    @MethodSource("accidents")
    void givenAPacketThatIsTakenByAccident_whenSentToBothServers_thenOursClosesTheConnection(String packet) {
        Outcome outcome = ofOurs.watch("websocket", List.of(packet));

        assertThat(outcome).isEqualTo(new Outcome(List.of("42[\"refused\"]"), true, "forced close"));
    }

    /** To the official server it is as if one of its own errors had happened. */
    @Test
    void givenAnEventOfTheNameError_whenSent_thenItIsAnEventAsAnyOther() {
        assertThat(ofOurs.watch("websocket", List.of("42[\"error\",1]"))).isEqualTo(new Outcome(List.of(), false, ""));
    }

    private record Outcome(List<String> answers, boolean closed, String reason) {}

    /** Sees why others leave a server. */
    private static final class Witness {

        private final int port;
        private final Visitor visitor;

        Witness(int port) {
            this.port = port;
            visitor = Visitor.connect(port);
            visitor.send("421[\"join\",\"observers\"]");
            visitor.readPacket("431");
        }

        Outcome watch(String transport, List<Object> messages) {
            List<String> answers = transport.equals("polling") ? poll(messages) : converse(messages);
            boolean closed = !answers.remove(ECHO);
            List<?> leaving =
                    (List<?>) Json.parse(visitor.readPacket("42[\"leaving\"").substring(2));
            visitor.readPacket("42[\"gone\"");
            answers.replaceAll(Witness::normalized);
            return new Outcome(answers, closed, closed ? (String) leaving.get(2) : "");
        }

        /** Without what JSON leaves open; the words of an error are each library's own. */
        private static String normalized(String answer) {
            if (answer.startsWith("42[\"refused\"")) {
                return "42[\"refused\"]";
            }
            int json = answer.split("[\\[{]", 2)[0].length();
            return json == answer.length()
                    ? answer
                    : answer.substring(0, json) + Json.write(Json.parse(answer.substring(json)));
        }

        /** A middleware answers in its own time. */
        private static boolean isComplete(List<Object> messages, List<String> answers) {
            boolean joins = messages.get(0) instanceof String text && text.startsWith("40/");
            return answers.contains(ECHO) && (!joins || answers.stream().anyMatch(answer -> answer.startsWith("44")));
        }

        private List<String> converse(List<Object> messages) {
            List<String> answers = new ArrayList<>();
            try (Visitor other = Visitor.connect(port)) {
                for (Object message : messages) {
                    if (message instanceof byte[] bytes) {
                        other.socket().sendBinary(bytes);
                    } else {
                        other.send((String) message);
                    }
                }
                other.socket().raw().trySend(RawWebSocket.frame(0x81, true, ECHO.getBytes(StandardCharsets.UTF_8)));
                boolean more = true;
                while (more) {
                    RawWebSocket.Frame frame = other.socket().read();
                    String answer = frame.opcode() == RawWebSocket.TEXT ? frame.text() : "bytes";
                    if (frame.opcode() != RawWebSocket.CLOSE && !answer.equals("2")) {
                        answers.add(answer);
                    }
                    more = frame.opcode() != RawWebSocket.CLOSE && !isComplete(messages, answers);
                }
            }
            return answers;
        }

        private List<String> poll(List<Object> messages) {
            List<String> answers = new ArrayList<>();
            PollingVisitor other = PollingVisitor.connect(port);
            messages.forEach(other::post);
            other.post(ECHO);
            boolean more = true;
            while (more) {
                List<String> packets = other.poll();
                packets.stream()
                        .filter(packet -> !List.of("1", "2", "6").contains(packet))
                        .map(packet -> packet.startsWith("b") ? "bytes" : packet)
                        .forEach(answers::add);
                more = !packets.isEmpty() && !packets.contains("1") && !isComplete(messages, answers);
            }
            other.post("1");
            return answers;
        }
    }
}
