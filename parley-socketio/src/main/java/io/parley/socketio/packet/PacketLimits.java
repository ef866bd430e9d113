package io.parley.socketio.packet;

/**
 * How large a packet may be, beyond what the transport limits.
 *
 * @param maxAttachments the most binary values in one packet, 1 or more; 10 by default, like the official clients
 * @param maxDepth how deep arrays and objects may be nested, 1 to 1,000; 512 by default
 */
public record PacketLimits(int maxAttachments, int maxDepth) {

    /** 10 attachments, 512 levels. */
    public static final PacketLimits DEFAULT = new PacketLimits(10, 512);

    /** Checks the ranges. */
    public PacketLimits {
        if (maxAttachments < 1) {
            throw new IllegalArgumentException("maxAttachments: " + maxAttachments + " (expected: 1 or more)");
        }
        if (maxDepth < 1 || maxDepth > 1_000) {
            throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: 1 to 1000)");
        }
    }
}
