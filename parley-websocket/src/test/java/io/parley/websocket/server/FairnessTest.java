package io.parley.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.WebSocketConnection;
import io.parley.websocket.WebSocketListener;
import io.parley.websocket.server.HttpExchange.WebSocketUpgrade;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that share an event loop share its time, whatever one of them sends. */
class FairnessTest {

    private static final int TURN = 64;
    private static final int MANY = 20_000;

    private final HttpServer server =
            HttpServer.builder().host("127.0.0.1").port(0).eventLoops(1).build();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Handlers run on the loop. */
    private void serve(BiConsumer<WebSocketConnection, String> onText) {
        serve(new WebSocketListener() {
            @Override
            public void onText(WebSocketConnection connection, String text) {
                onText.accept(connection, text);
            }
        });
    }

    private void serve(WebSocketListener listener) {
        WebSocketUpgrade options = new WebSocketUpgrade(List.of(), HttpHeaders.empty(), ConnectionOptions.defaults());
        server.mount("/", exchange -> exchange.upgrade(options, listener)).start();
    }

    private RawWebSocket connect() {
        return RawWebSocket.open(server.port(), "/");
    }

    private static byte[] messages(int count) {
        byte[] frame = RawWebSocket.frame(0x81, true, new byte[] {'x'});
        ByteArrayOutputStream all = new ByteArrayOutputStream(count * frame.length);
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    @Test
    void givenAFlood_whenItIsRead_thenOthersGetTheirTurnInBetween() {
        AtomicInteger heard = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> turns = new ConcurrentLinkedQueue<>();
        serve((connection, text) -> {
            int number = heard.incrementAndGet();
            if (number % TURN == 1) {
                connection.eventLoop().execute(() -> turns.add(heard.get() - number + 1));
            }
        });

        try (RawWebSocket flooder = connect()) {
            flooder.raw().send(messages(MANY));
            Deadline.await("all heard", () -> heard.get() == MANY);
        }

        assertThat(turns).isNotEmpty().allMatch(messagesInARow -> messagesInARow <= TURN);
    }

    @Test
    void givenAFlood_whenItIsPausedAndGoesOn_thenNothingIsLostOrDoubled() {
        AtomicInteger heard = new AtomicInteger();
        serve((connection, text) -> {
            if (heard.incrementAndGet() % 100 == 0) {
                connection.pauseReading();
                connection.eventLoop().execute(connection::resumeReading);
            }
        });

        try (RawWebSocket flooder = connect()) {
            flooder.raw().send(messages(MANY));
            flooder.sendClose(1000, "");

            assertThat(flooder.read().closeCode()).isEqualTo(1000);
        }

        assertThat(heard).hasValue(MANY);
    }

    @Test
    void givenAFlood_whenItsConnectionEnds_thenWhatCameBeforeIsHeard() {
        AtomicInteger heard = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        serve(new WebSocketListener() {
            @Override
            public void onText(WebSocketConnection connection, String text) {
                heard.incrementAndGet();
            }

            @Override
            public void onClose(WebSocketConnection connection, int code, String reason) {
                closed.set(true);
            }
        });

        RawWebSocket flooder = connect();
        flooder.raw().send(messages(MANY)).endOutput();
        Deadline.await("closed", closed::get);
        flooder.close();

        assertThat(heard).hasValue(MANY);
    }

    /** With Netty's own loops each answer would take a second. */
    @Test
    void givenTasksWithoutEnd_whenAClientAsks_thenItIsAnswered() {
        AtomicBoolean over = new AtomicBoolean();
        serve((connection, text) -> {
            if (text.equals("begin")) {
                new Runnable() {
                    @Override
                    public void run() {
                        if (!over.get()) {
                            connection.eventLoop().execute(this);
                        }
                    }
                }.run();
            }
            connection.send(text, false);
        });

        try (RawWebSocket client = connect()) {
            client.sendText("begin");
            for (int i = 0; i < 100; i++) {
                assertThat(client.readText()).isNotEmpty();
                client.sendText("x");
            }
        } finally {
            over.set(true);
        }
    }
}
