package io.parley.socketio.packet;

import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Turns one MessagePack value that was found valid into JSON text, the way JavaScript's {@code JSON.stringify} would:
 * what is undefined is left out of an object and is null elsewhere, so is what is not finite; a date is its ISO text.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class MessagePackToJson {

    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final MessagePackCursor in;
    private final StringBuilder out;
    private final JsonCodec.@Nullable BinarySink binary; // null where there are no attachments

    /**
     * A translator of the value before which the cursor stands.
     *
     * @param binary takes binary values and dates; null to have text of them: dates in the ISO form, binary values as
     *     {@code JSON.stringify} prints Node's buffers
     */
    MessagePackToJson(MessagePackCursor in, StringBuilder out, JsonCodec.@Nullable BinarySink binary) {
        this.in = in;
        this.out = out;
        this.binary = binary;
    }

    /** A date as JavaScript's {@code toISOString} writes it. */
    static String isoText(Instant date) {
        return ISO_MILLIS.format(date);
    }

    /** Writes one value. */
    void write() {
        in.next();
        writeCurrent();
    }

    private void writeCurrent() {
        switch (in.type()) {
            case NIL, UNDEFINED -> out.append("null");
            case BOOLEAN -> out.append(in.bool());
            case INTEGER -> out.append(in.number());
            case FLOAT -> writeFloat(in.number().doubleValue());
            case STRING -> quote(in.string());
            case BINARY -> writeBinary(in.binary());
            case DATE -> writeDate();
            case EXTENSION -> writeExtension();
            case ARRAY -> writeArray(in.count());
            case MAP -> writeMap(in.count());
        }
    }

    private void writeFloat(double value) {
        out.append(Double.isFinite(value) ? JsonNumbers.toJavaScript(value) : "null");
    }

    private void quote(String text) {
        JsonCodec.standard().encode(text, out, none -> -1);
    }

    private void writeBinary(ByteBuffer bytes) {
        if (binary == null) {
            writeAsNodeDoes(bytes);
        } else {
            writePlaceholder(binary.add(bytes));
        }
    }

    private void writeAsNodeDoes(ByteBuffer bytes) {
        out.append("{\"type\":\"Buffer\",\"data\":[");
        for (int i = 0; i < bytes.remaining(); i++) {
            out.append(i == 0 ? "" : ",").append(bytes.get(i) & 0xff);
        }
        out.append("]}");
    }

    private void writePlaceholder(int number) {
        out.append("{\"_placeholder\":true,\"num\":").append(number).append('}');
    }

    private void writeDate() {
        if (!in.isValidDate()) {
            out.append("null");
            return;
        }
        int number = binary == null ? -1 : binary.addDate(in.date());
        if (number < 0) {
            out.append('"').append(isoText(in.date())).append('"');
        } else {
            writePlaceholder(number);
        }
    }

    /** What the official parser makes of an extension it does not know: a pair of type and bytes. */
    private void writeExtension() {
        out.append('[').append(in.extensionType()).append(',');
        writeBinary(in.binary());
        out.append(']');
    }

    private void writeArray(int count) {
        out.append('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(',');
            }
            write();
        }
        out.append(']');
    }

    private void writeMap(int count) {
        out.append('{');
        boolean first = true;
        for (int i = 0; i < count; i++) {
            String key = readKey();
            if (in.next() != MessagePackType.UNDEFINED) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                quote(key);
                out.append(':');
                writeCurrent();
            }
        }
        out.append('}');
    }

    private String readKey() {
        return in.next() == MessagePackType.STRING ? in.string() : JsonNumbers.toJavaScript(in.number());
    }
}
