package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.parley.testkit.RawPeer;
import io.parley.testkit.RawWebSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays steps with one server and writes down what it answers. A step is
 *
 * <ul>
 *   <li>{@code GET query}, {@code POST query} and the like; header fields and a body may follow after {@code  | }
 *   <li>the same behind {@code ~}: its answer is awaited when all other steps are done
 *   <li>{@code WS query}: opens a WebSocket; then {@code >text} and {@code <} send to it and read from it
 * </ul>
 *
 * <p>{@code SID} stands for the id of the session that began last.
 */
final class Transcript implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    /** What every host does its own way and what only frames the body (RFC 9110 section 7.6, RFC 9112). */
    private static final List<String> OF_THE_HOST =
            List.of("date", "connection", "keep-alive", "transfer-encoding", "content-length");

    private final int port;
    private final List<String> lines = new ArrayList<>();
    private final List<RawPeer> pending = new ArrayList<>();
    private final List<RawWebSocket> opened = new ArrayList<>();
    private @Nullable RawWebSocket webSocket; // the one that was opened last
    private String sid = "none";

    Transcript(int port) {
        this.port = port;
    }

    String play(List<String> steps) {
        steps.forEach(step -> play(step.replace("SID", sid)));
        pending.forEach(peer -> lines.add("~ " + read(peer)));
        return String.join("\n", lines);
    }

    private void play(String step) {
        if (step.startsWith("~")) {
            pending.add(send(step.substring(1)));
        } else if (step.startsWith(">")) {
            webSocket.sendText(step.substring(1));
        } else if (step.equals("<")) {
            RawWebSocket.Frame frame = webSocket.read();
            lines.add("frame " + frame.opcode() + " " + masked(frame.text()));
        } else if (step.startsWith("WS ")) {
            String[] parts = step.substring(3).split(" \\| ", -1);
            webSocket = RawWebSocket.open(port, target(parts[0]), Arrays.copyOfRange(parts, 1, parts.length));
            opened.add(webSocket);
            lines.add(head(webSocket.response()));
        } else {
            try (RawPeer peer = send(step)) {
                lines.add(read(peer));
            }
        }
    }

    private RawPeer send(String step) {
        String[] parts = step.split(" \\| ", -1);
        String[] line = parts[0].split(" ", 2);
        String body = line[0].equals("POST") ? parts[parts.length - 1] : "";
        String fields = Arrays.stream(parts)
                .skip(1)
                .filter(part -> part.matches("[A-Z][A-Za-z-]*: .*"))
                .map(field -> field + "\r\n")
                .collect(joining());
        String connection = fields.contains("Upgrade: ") ? "" : "Connection: close\r\n";
        return RawPeer.connect(port)
                .send(line[0] + " " + target(line[1]) + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + connection
                        + fields + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    private static String target(String query) {
        return "/engine.io/?" + query;
    }

    private String read(RawPeer peer) {
        String all = peer.readResponse();
        int end = all.indexOf("\r\n\r\n");
        String head = all.substring(0, end);
        String lower = head.toLowerCase(Locale.ROOT);
        byte[] body = lower.contains("transfer-encoding: chunked")
                ? unchunked(peer.readToEnd())
                : all.substring(end + 4).getBytes(ISO_8859_1);
        byte[] content = decoded(lower, body);
        return head(head) + " " + masked(new String(content, UTF_8));
    }

    private String masked(String text) {
        Matcher id = ID.matcher(text);
        if (id.find()) {
            sid = id.group(1);
        }
        String shown = text.replace(sid, "SID");
        return shown.length() > 200 ? shown.length() + " characters" : shown.replace("\u001e", "<RS>");
    }

    /** Status and fields in a form that two hosts agree on. */
    private static String head(String head) {
        String[] lines = head.strip().split("\r\n", -1);
        return lines[0].split(" ", -1)[1] + " "
                + Arrays.stream(lines)
                        .skip(1)
                        .map(field -> field.split(": ?", 2))
                        .filter(field -> !OF_THE_HOST.contains(field[0].toLowerCase(Locale.ROOT)))
                        .map(field -> field[0].toLowerCase(Locale.ROOT) + "=" + value(field))
                        .sorted()
                        .collect(joining("; ", "[", "]"));
    }

    private static String value(String[] field) {
        return switch (field[0].toLowerCase(Locale.ROOT)) {
            case "set-cookie" -> field[1].replaceFirst("=[^;]*", "=SID");
            case "sec-websocket-accept" -> "…";
            default -> field[1];
        };
    }

    private static byte[] decoded(String head, byte[] content) {
        try (InputStream raw = new ByteArrayInputStream(content)) {
            if (head.contains("content-encoding: gzip")) {
                return new GZIPInputStream(raw).readAllBytes();
            }
            return head.contains("content-encoding: deflate") ? new InflaterInputStream(raw).readAllBytes() : content;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] unchunked(String text) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf("\r\n", at);
            int length = Integer.parseInt(text.substring(at, end), 16);
            content.writeBytes(text.substring(end + 2, end + 2 + length).getBytes(ISO_8859_1));
            at = end + 2 + length + 2;
        }
        return content.toByteArray();
    }

    @Override
    public void close() {
        pending.forEach(RawPeer::close);
        opened.forEach(RawWebSocket::close);
    }
}
