package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.websocket.http.HttpException;
import org.jspecify.annotations.Nullable;

/** One request being decoded. */
final class DecodedRequest {

    private final RequestHeadDecoder heads = new RequestHeadDecoder(100, 200);
    private final StringBuilder read = new StringBuilder();
    private final ByteBuf in = Unpooled.buffer();
    private @Nullable BodyDecoder body; // null until the head is complete
    private String outcome = "incomplete";

    /** Takes the next piece. */
    void add(String piece) {
        in.writeBytes(piece.getBytes(ISO_8859_1));
        if (outcome.equals("incomplete")) {
            try {
                advance();
            } catch (HttpException refused) {
                outcome = "refused with " + refused.status();
            }
        }
    }

    private void advance() {
        if (body == null) {
            RequestHead complete = heads.decode(in);
            if (complete == null) {
                return;
            }
            read.append(complete);
            body = new BodyDecoder(complete.bodyLength(), 200);
        }
        if (body.decode(in, (bytes, length) -> read.append(bytes.readCharSequence(length, ISO_8859_1)))) {
            outcome = read.toString();
        }
    }

    /** What was read, or why not, and how much is left. */
    String outcome() {
        return outcome.startsWith("RequestHead") ? outcome + " and " + in.readableBytes() + " bytes" : outcome;
    }
}
