package io.parley.socketio.packet;

/**
 * How large a packet may be, beyond what the transport limits.
 *
 * @param maxAttachments the most binary values in one packet of JSON, 1 or more; 10 by default, like the official
 *     clients
 * @param maxDepth how deep arrays and objects may be nested, 1 to 1,000; 512 by default
 * @param maxBinaryValues the most binary values in one packet of MessagePack, 1 or more; 1,000 by default
 */
public record PacketLimits(int maxAttachments, int maxDepth, int maxBinaryValues) {

    private static final int DEFAULT_BINARY_VALUES = 1_000;

    /** 10 attachments, 512 levels, 1,000 binary values. */
    public static final PacketLimits DEFAULT = new PacketLimits(10, 512);

    /** Checks the ranges. */
    public PacketLimits {
        requirePositive("maxAttachments", maxAttachments);
        if (maxDepth < 1 || maxDepth > 1_000) {
            throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: 1 to 1000)");
        }
        requirePositive("maxBinaryValues", maxBinaryValues);
    }

    /** 1,000 binary values. */
    public PacketLimits(int maxAttachments, int maxDepth) {
        this(maxAttachments, maxDepth, DEFAULT_BINARY_VALUES);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
