package io.parley.socketio;

import java.io.Writer;

/**
 * Takes the JSON text of one value from a JSON library: escapes lone surrogates, which UTF-8 cannot carry, and keeps
 * the sink for binary values where serializers find it.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class JsonOutput extends Writer {

    private final StringBuilder out;
    private final JsonCodec.BinarySink binary;
    private char high; // a high surrogate whose low one may come with the next piece; 0 when there is none

    JsonOutput(StringBuilder out, JsonCodec.BinarySink binary) {
        this.out = out;
        this.binary = binary;
    }

    JsonCodec.BinarySink binary() {
        return binary;
    }

    @Override
    public void write(char[] text, int offset, int length) {
        int end = offset + length;
        int copied = offset;
        for (int i = offset; i < end; i++) {
            if (high != 0 || Character.isSurrogate(text[i])) {
                out.append(text, copied, i - copied);
                copied = take(text[i]) ? i + 1 : i;
            }
        }
        out.append(text, copied, end - copied);
    }

    /** Takes a surrogate, or what follows one; returns false for an ordinary character, which is left to the caller. */
    private boolean take(char c) {
        if (high != 0 && Character.isLowSurrogate(c)) {
            out.append(high).append(c);
            high = 0;
            return true;
        }
        finish();
        if (Character.isHighSurrogate(c)) {
            high = c;
            return true;
        }
        if (Character.isLowSurrogate(c)) {
            JsonText.appendCode(out, c);
            return true;
        }
        return false;
    }

    private void finish() {
        if (high != 0) {
            JsonText.appendCode(out, high);
            high = 0;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        finish();
    }
}
