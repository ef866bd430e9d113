package io.parley.bench.peer;

import io.netty.util.internal.PlatformDependent;

/** Memory outside of the heap that Netty took without telling the JDK. In a class of its own: not all have that Netty. */
final class NettyMemory {

    private NettyMemory() {}

    static long usedBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory()); // -1 where all of it goes through the JDK
    }
}
