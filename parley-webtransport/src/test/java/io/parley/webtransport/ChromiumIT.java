package io.parley.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.server.Socket;
import io.parley.testkit.Chromium;
import io.parley.testkit.Deadline;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The official client in a browser. */
@ExtendWith(NeedsQuic.class)
class ChromiumIT {

    private static Chromium chromium;

    @TempDir
    Path folder;

    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private Site site;
    private Chromium.Page page;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launchWithQuic();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        site = Site.start(folder);
        site.io.onConnection(socket -> {
            socket.on("echo", (args, ack) -> ack.send(args.get(0)));
            socket.on("empty", (args, ack) -> ack.send(new byte[0]));
            socket.onDisconnect(reason -> ends.add(reason.text()));
            sockets.add(socket);
        });
        page = chromium.newPage();
        page.goTo(site.url());
    }

    @AfterEach
    void close() {
        page.close();
        site.close();
    }

    private void connect(String transports) {
        page.evaluate("""
                (() => {
                  window.got = [];
                  window.socket = io({ transports: %s, transportOptions, reconnectionDelay: 50 });
                  socket.on("disconnect", (reason) => got.push("disconnect " + reason));
                  socket.on("say", (text) => got.push(text));
                  return new Promise((done, fail) => {
                    socket.once("connect", done);
                    socket.once("connect_error", fail);
                  }).then(() => null);
                })()
                """.formatted(transports));
    }

    private Object transport() {
        return page.evaluate("socket.io.engine.transport.name");
    }

    private Socket socket() {
        Deadline.await("a socket", () -> !sockets.isEmpty());
        return sockets.remove();
    }

    @Test
    void givenWebTransportOnly_whenThePageConnects_thenTextAndBinaryGoBothWays() {
        connect("['webtransport']");

        assertThat(transport()).isEqualTo("webtransport");
        assertThat(page.evaluate("socket.emitWithAck('echo', 'héllo €')")).isEqualTo("héllo €");
        assertThat(
                        page.evaluate(
                                "socket.emitWithAck('echo', new Uint8Array([1, 2, 255])).then((b) => Array.from(new Uint8Array(b)).join())"))
                .isEqualTo("1,2,255");
        assertThat(page.evaluate("socket.emitWithAck('empty').then((b) => b.byteLength)"))
                .isEqualTo(0);
        assertThat(site.webTransport.figures().sessionsOpen()).isEqualTo(1);
    }

    @Test
    void givenAMessageOfNearlyAMegabyte_whenItGoesBothWays_thenItArrivesWhole() {
        connect("['webtransport']");

        Object same = page.evaluate("""
                (async () => {
                  const bytes = Uint8Array.from({ length: 990_000 }, (_, i) => i * 31);
                  const text = "€".repeat(330_000);
                  const back = new Uint8Array(await socket.emitWithAck("echo", bytes));
                  return bytes.every((value, i) => value === back[i]) && (await socket.emitWithAck("echo", text)) === text;
                })()
                """);

        assertThat(same).isEqualTo(true);
    }

    @Test
    void givenPollingFirst_whenThePageConnects_thenItUpgradesAndNothingIsLost() {
        connect("['polling', 'webtransport']");
        Socket socket = socket();
        for (int i = 0; i < 200; i++) {
            socket.emit("say", "n" + i);
        }

        page.waitForTrue("socket.io.engine.transport.name === 'webtransport' && got.length === 200");

        assertThat(page.evaluate("got.every((text, i) => text === 'n' + i)")).isEqualTo(true);
        assertThat(page.evaluate("socket.emitWithAck('echo', 1)")).isEqualTo(1);
    }

    @Test
    void givenASessionThatIsCut_whenItIsNoticed_thenThePageConnectsAgain() {
        connect("['webtransport']");
        Socket first = socket();

        page.evaluate("socket.io.engine.transport._transport.close()");
        Socket second = socket();

        page.waitForTrue("socket.connected && got.length === 1");
        assertThat(page.evaluate("got[0]")).isEqualTo("disconnect transport close");
        assertThat(second.id()).isNotEqualTo(first.id());
        Deadline.await("the end of the first", () -> ends.size() == 1);
        assertThat(ends).containsExactly("transport close");
    }

    @Test
    void givenAServerThatClosesOneSocket_whenItHasSentBefore_thenThatArrivesFirst() {
        connect("['webtransport']");
        Socket socket = socket();

        socket.emit("say", "last words");
        socket.disconnect(true);

        page.waitForTrue("got.length === 2");
        assertThat(page.evaluate("got.join()")).isEqualTo("last words,disconnect io server disconnect");
    }

    @Test
    void givenAPageThatDisconnects_whenItHasSentBefore_thenThatArrivesFirst() {
        connect("['webtransport']");
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        socket().on("say", String.class, said::add);

        page.evaluate("void (socket.emit('say', 'last words'), socket.disconnect())");

        Deadline.await("the end", () -> ends.size() == 1);
        assertThat(ends).containsExactly("client namespace disconnect");
        assertThat(said).containsExactly("last words");
    }

    @Test
    void givenAServerThatCloses_whenThePageIsConnected_thenItHearsOfAnOrderlyEnd() {
        connect("['webtransport']");
        page.evaluate("""
                (() => {
                  window.outcome = [];
                  socket.io.engine.transport._transport.closed.then(
                    (info) => outcome.push(`${info.closeCode ?? 0}`), (error) => outcome.push(`${error}`));
                  socket.io.reconnection(false);
                })()
                """);

        site.webTransport.close();

        page.waitForTrue("outcome.length === 1");
        assertThat(page.evaluate("outcome[0]")).isEqualTo("0");
        assertThat(site.webTransport.figures().connectionsOpen()).isZero();
        Deadline.await("the end", () -> ends.size() == 1);
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItConnects_thenItIsRefused() {
        Chromium.Page other = chromium.newPage();
        other.goTo(site.url().replace("127.0.0.1", "localhost"));

        Object outcome = other.evaluate("""
                new WebTransport("https://127.0.0.1:%d/socket.io/?EIO=4&transport=webtransport", { serverCertificateHashes })
                  .ready.then(() => "ready", () => "refused")
                """.formatted(site.port()));

        assertThat(outcome).isEqualTo("refused");
        assertThat(site.webTransport.figures().refusedSessions()).isEqualTo(1);
        other.close();
    }
}
