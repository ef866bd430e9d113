package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A chat server and a browser; each test ends with a look at what the pages complained about. */
abstract class PageScenario {

    private static Chromium browser;

    @TempDir
    Path folder;

    private final List<ChatPage> pages = new ArrayList<>();
    private final List<ChatPeer> peers = new ArrayList<>();
    private ChatServer server;

    @BeforeAll
    static void launch() {
        browser = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        browser.close();
    }

    @BeforeEach
    void start() {
        start(0);
    }

    /** Starts the server on this port, with the data of the one before. */
    final void start(int port) {
        server = ChatServer.builder(folder.resolve("data"))
                .port(port)
                .messageRate(1_000, 5_000)
                .build()
                .start();
    }

    /** Stops the server and says on which port it was. */
    final int stop() {
        int port = server.port();
        server.close();
        return port;
    }

    @AfterEach
    void closeAndLookForComplaints() {
        List<String> complaints = pages.stream()
                .flatMap(page -> page.complaints().stream())
                .filter(complaint -> !isExpected(complaint))
                .toList();
        pages.forEach(ChatPage::close);
        peers.forEach(ChatPeer::close);
        server.close();
        assertThat(complaints).isEmpty();
    }

    /** Whether a test brings this complaint about. */
    boolean isExpected(String complaint) {
        return false;
    }

    /** Somebody new at the name screen. */
    final ChatPage visit() {
        return visit(1280, 800);
    }

    final ChatPage visit(int width, int height) {
        ChatPage page = new ChatPage(browser.newPage(width, height));
        pages.add(page);
        page.open(server.port());
        return page;
    }

    /** Somebody new who came in. */
    final ChatPage enter(String name) {
        ChatPage page = visit();
        page.enterAs(name);
        return page;
    }

    /** Another tab of the same person. */
    final ChatPage tabOf(ChatPage page) {
        ChatPage tab = new ChatPage(page.browserPage().newTab());
        pages.add(tab);
        tab.open(server.port());
        return tab;
    }

    /** Somebody without a page, for what takes many messages. */
    final ChatPeer peer(String name) {
        ChatPeer peer = ChatPeer.named(server.port(), name);
        peers.add(peer);
        return peer;
    }

    /** A plain Socket.IO client. */
    final ChatPeer guest() {
        ChatPeer peer = ChatPeer.guest(server.port());
        peers.add(peer);
        return peer;
    }

    final void say(ChatPeer peer, String room, String text) {
        Map<String, Object> request =
                Map.of("room", room, "key", UUID.randomUUID().toString(), "text", text);
        assertThat(peer.ask("say", request)).containsEntry("ok", true);
    }
}
