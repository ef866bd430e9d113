package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.client.WebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Does once, in small, what the commands do. It is no command: {@code ./parley} runs it on a JVM that keeps the classes
 * it has loaded in an archive, out of which later starts take theirs (docs/start-up.md).
 */
public final class Rehearsal {

    private static final int PATIENCE_SECONDS = 60;
    private static final String SOCKET_IO = "/socket.io/?EIO=4&transport=";

    private Rehearsal() {}

    /**
     * Runs it and ends the process: with 0 if all went as it should.
     *
     * @param args a folder for the chat's data
     * @throws Exception if it did not; then the archive is not to be used
     */
    public static void main(String... args) throws Exception {
        run(args[0]);
        System.exit(0); // servers run
    }

    static void run(String dataFolder) throws IOException, InterruptedException {
        int echo = start("echo", "--port", "0");
        get(echo, "/");
        play("connect", "--send", "hello", "--once", "127.0.0.1:" + echo);
        play("bench", "-c", "2", "--warm-up", "0.1", "-t", "0.2", "-q", "ws://127.0.0.1:" + echo);

        int chat = start("chat", "--port", "0", "--data", dataFolder);
        get(chat, "/");
        poll(chat);
        talk(chat);
    }

    private static void play(String... args) {
        check(Main.commandLine().execute(args) == 0, args[0]);
    }

    /** The port of a server that one of the commands has started; its threads end with the process. */
    private static int start(String... args) throws IOException {
        PipedReader output = new PipedReader();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(new PipedWriter(output), true));
        Thread thread = new Thread(() -> command.execute(args), "parley-rehearsal");
        thread.setDaemon(true);
        thread.start();
        String line = String.valueOf(new BufferedReader(output).readLine());
        check(line.contains("http://"), line);
        return URI.create(line.substring(line.indexOf("http://"))).getPort();
    }

    /** What a Socket.IO client does that begins with polling. */
    private static void poll(int port) throws IOException {
        String opened = get(port, SOCKET_IO + "polling");
        String session = opened.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        String path = SOCKET_IO + "polling&sid=" + session;
        ask(port, "POST " + path, "40/chat,{\"name\":\"Ann\"}");
        check(get(port, path).contains("40/chat,"), "CONNECT over polling");
    }

    /** What one does that begins with a WebSocket. */
    private static void talk(int port) throws InterruptedException {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket = WebSocket.builder("ws://127.0.0.1:" + port + SOCKET_IO + "websocket")
                .onMessage(message -> answers.add(message.text()))
                .connect();
        await(answers, "0{");
        socket.send("40/chat,{\"name\":\"Bob\"}");
        await(answers, "40/chat,");
        socket.send("42/chat,0[\"say\",{\"room\":\"lobby\",\"key\":\"1\",\"text\":\"hello\"}]");
        await(answers, "43/chat,0[{\"ok\":true");
        socket.send("42/chat,1[\"history\",{\"room\":\"lobby\"}]");
        await(answers, "43/chat,1[{\"ok\":true");
        socket.close();
    }

    private static void await(BlockingQueue<String> answers, String expected) throws InterruptedException {
        String answer;
        do {
            answer = String.valueOf(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            check(!answer.equals("null"), expected);
        } while (!answer.startsWith(expected));
    }

    private static String get(int port, String path) throws IOException {
        return ask(port, "GET " + path, "");
    }

    private static String ask(int port, String request, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            String head = request + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                    + "Accept-Encoding: gzip\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            check(answer.startsWith("HTTP/1.1 200"), answer);
            return answer;
        }
    }

    private static void check(boolean asExpected, String what) {
        if (!asExpected) {
            throw new IllegalStateException("Rehearsal: " + what);
        }
    }
}
