package io.parley.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.LongConsumer;

/**
 * Reads the types of the capsules that a client sends on the stream of its request (RFC 9297 section 3.2). Their content
 * tells nothing that the engine would use, so it is skipped as it comes, however long it is.
 *
 * <p><b>Threading.</b> Confined to an event loop.
 */
final class Capsules {

    private final LongConsumer types;
    private final ByteBuf header = Unpooled.buffer(16, 16); // of the capsule under way: two numbers
    private long contentMissing;

    /** A reader that hands over the type of each capsule once its header is there. */
    Capsules(LongConsumer types) {
        this.types = types;
    }

    /**
     * Reads what has come.
     *
     * @param in borrowed: read to its end
     */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            if (contentMissing > 0) {
                int skipped = (int) Math.min(contentMissing, in.readableBytes());
                in.skipBytes(skipped);
                contentMissing -= skipped;
            } else {
                header.writeByte(in.readByte());
                readHeader();
            }
        }
    }

    private void readHeader() {
        header.markReaderIndex();
        if (Wire.hasNumber(header)) {
            long type = Wire.readNumber(header);
            if (Wire.hasNumber(header)) {
                contentMissing = Wire.readNumber(header);
                header.clear();
                types.accept(type);
                return;
            }
        }
        header.resetReaderIndex();
    }

    /** The end of a session, without a code or a reason; given. */
    static ByteBuf closeSession() {
        ByteBuf capsule = Unpooled.buffer(8);
        Wire.writeNumber(capsule, Wire.CLOSE_SESSION);
        return capsule.writeByte(Integer.BYTES).writeInt(0);
    }

    /** The wish that a session ends soon; given. */
    static ByteBuf drainSession() {
        ByteBuf capsule = Unpooled.buffer(8);
        capsule.writeInt((int) (0x80000000L | Wire.DRAIN_SESSION)); // above 2^14: four bytes
        return capsule.writeByte(0);
    }
}
