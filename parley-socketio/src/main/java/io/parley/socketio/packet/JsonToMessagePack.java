package io.parley.socketio.packet;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a JSON text into MessagePack, with binary values and dates in the place of their placeholders. Two passes, for
 * MessagePack says how many elements an array has before they come.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class JsonToMessagePack {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":";

    private final String json;
    private final List<Object> attachments;
    private final MessagePackWriter out;
    private final int[] counts; // of the elements of each array and object, in the order in which they begin
    private int container;
    private int at;

    /**
     * A translator.
     *
     * @param json one valid JSON value
     * @param attachments {@link ByteBuffer}s and {@link Instant}s, by number
     */
    JsonToMessagePack(String json, List<Object> attachments, MessagePackWriter out) {
        this.json = json;
        this.attachments = attachments;
        this.out = out;
        counts = countElements(json);
    }

    private static int[] countElements(String json) {
        int[] counts = new int[8];
        int[] open = new int[8];
        int begun = 0;
        int depth = 0;
        boolean empty = false; // nothing has come since the last bracket opened
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == ',') {
                counts[open[depth - 1]]++;
            } else if (c == ']' || c == '}') {
                depth--;
                empty = false;
            } else if (c > ' ' && c != ':') {
                if (empty) {
                    counts[open[depth - 1]] = 1;
                    empty = false;
                }
                if (c == '[' || c == '{') {
                    counts = begun == counts.length ? Arrays.copyOf(counts, 2 * begun) : counts;
                    open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
                    open[depth++] = begun++;
                    empty = true;
                } else if (c == '"') {
                    i = endOfString(json, i) - 1;
                }
            }
        }
        return counts;
    }

    private static int endOfString(String json, int start) {
        int i = start + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    /** Writes the value. */
    void write() {
        char c = skipTo();
        switch (c) {
            case '"' -> out.writeString(readString());
            case '[' -> writeArray();
            case '{' -> writeObject();
            case 't', 'f' -> {
                out.writeBoolean(c == 't');
                at += c == 't' ? 4 : 5;
            }
            case 'n' -> {
                out.writeNil();
                at += 4;
            }
            default -> writeNumber();
        }
    }

    private char skipTo() {
        while (json.charAt(at) <= ' ') {
            at++;
        }
        return json.charAt(at);
    }

    private String readString() {
        int start = at;
        at = endOfString(json, at);
        return JsonStrings.decode(json, start, at);
    }

    private void writeNumber() {
        int start = at;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        Number number = JsonNumbers.decode(json, start, at);
        if (number instanceof Long) {
            out.writeInteger(number.longValue());
        } else {
            out.writeNumber(number.doubleValue());
        }
    }

    private void writeArray() {
        int count = counts[container++];
        out.writeArray(count);
        for (int i = 0; i < count; i++) {
            at++; // the bracket or a comma
            write();
        }
        leave(count);
    }

    private void writeObject() {
        if (!attachments.isEmpty() && writeAttachment()) {
            return;
        }
        int count = counts[container++];
        out.writeMap(count);
        for (int i = 0; i < count; i++) {
            at++;
            skipTo();
            out.writeString(readString());
            skipTo();
            at++; // the colon
            write();
        }
        leave(count);
    }

    /** Steps behind the closing bracket. */
    private void leave(int count) {
        if (count == 0) {
            at++;
        }
        skipTo();
        at++;
    }

    /** Writes what a placeholder stands for; false if the object is none. */
    private boolean writeAttachment() {
        if (!json.startsWith(PLACEHOLDER, at)) {
            return false;
        }
        int start = at + PLACEHOLDER.length();
        int end = json.indexOf('}', start);
        int number = Placeholders.smallNumber(json, start, end);
        if (end == start || number < 0 || number >= attachments.size()) {
            return false;
        }
        container++;
        at = end + 1;
        writeAttachment(attachments.get(number));
        return true;
    }

    private void writeAttachment(Object attachment) {
        if (attachment instanceof Instant date) {
            out.writeDate(date.toEpochMilli());
        } else {
            out.writeBinary((ByteBuffer) attachment);
        }
    }
}
