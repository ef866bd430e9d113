package io.parley.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http3.Http3Settings;

/**
 * The numbers of WebTransport over HTTP/3 (draft-ietf-webtrans-http3: 02, which Chromium speaks, and later ones) and of
 * what it stands on (RFC 9000, 9114, 9220, 9297).
 */
final class Wire {

    /** What {@code :protocol} says. */
    static final String PROTOCOL = "webtransport";

    /** The first number of a bidirectional stream of a session; that of the session follows. */
    static final long BIDIRECTIONAL_STREAM = 0x41;

    /** Capsules: the end of a session, and the wish for it. */
    static final long CLOSE_SESSION = 0x2843;

    static final long DRAIN_SESSION = 0x78AE;

    /** How a stream is refused that belongs to no session, or that its session has no use for. */
    static final int STREAM_REJECTED = 0x3994BD84;

    /** Errors of HTTP/3 (RFC 9114 section 8.1). */
    static final int NO_ERROR = 0x100;

    static final int STREAM_CREATION_ERROR = 0x103;
    static final int EXCESSIVE_LOAD = 0x107;
    static final int REQUEST_REJECTED = 0x10B;
    static final int REQUEST_CANCELLED = 0x10C;
    static final int MESSAGE_ERROR = 0x10E;

    private static final long ENABLE_WEBTRANSPORT_DRAFT_02 = 0x2B603742L;
    private static final long WEBTRANSPORT_ENABLED = 0x2C7CF000L;

    private Wire() {}

    /** What this server says of itself. */
    static Http3Settings settings(int maxHeaderBytes) {
        Http3Settings settings = new Http3Settings(Wire::isKnownSetting)
                .enableConnectProtocol(true)
                .enableH3Datagram(true)
                .qpackMaxTableCapacity(0)
                .maxFieldSectionSize(maxHeaderBytes);
        settings.put(ENABLE_WEBTRANSPORT_DRAFT_02, 1L);
        settings.put(WEBTRANSPORT_ENABLED, 1L);
        return settings;
    }

    /** Takes every setting that HTTP/3 itself does not know: a client may have more to say than we understand. */
    static boolean isKnownSetting(long id, Long value) {
        return true;
    }

    /** The length of the number at the reader index, by its first two bits (RFC 9000 section 16). */
    static int lengthOfNumber(ByteBuf in) {
        return 1 << (in.getUnsignedByte(in.readerIndex()) >> 6);
    }

    /** Whether the whole number at the reader index is there. */
    static boolean hasNumber(ByteBuf in) {
        return in.isReadable() && in.readableBytes() >= lengthOfNumber(in);
    }

    /** Reads a number that is there. */
    static long readNumber(ByteBuf in) {
        return switch (lengthOfNumber(in)) {
            case 1 -> in.readByte() & 0x3F;
            case 2 -> in.readShort() & 0x3FFF;
            case 4 -> in.readInt() & 0x3FFFFFFF;
            default -> in.readLong() & 0x3FFFFFFFFFFFFFFFL;
        };
    }

    /** Writes a number below 2^14, in two bytes. */
    static void writeNumber(ByteBuf out, long number) {
        out.writeShort((int) number | 0x4000);
    }
}
