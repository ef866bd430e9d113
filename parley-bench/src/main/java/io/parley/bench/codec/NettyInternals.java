package io.parley.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Netty's unmasking and its check of UTF-8, which it does not show.
 *
 * <p><b>Threading.</b> Without state.
 */
public final class NettyInternals {

    private static final MethodHandle SET_MASK;
    private static final MethodHandle UNMASK;
    private static final MethodHandle NEW_VALIDATOR;
    private static final MethodHandle CHECK;

    static {
        try {
            Class<?> decoder = WebSocket08FrameDecoder.class;
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(decoder, MethodHandles.lookup());
            SET_MASK = lookup.findSetter(decoder, "mask", int.class);
            UNMASK = lookup.findVirtual(decoder, "unmask", MethodType.methodType(void.class, ByteBuf.class));
            Class<?> validator = lookup.findClass("io.netty.handler.codec.http.websocketx.Utf8Validator");
            NEW_VALIDATOR = lookup.findConstructor(validator, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
            CHECK = lookup.findVirtual(validator, "check", MethodType.methodType(void.class, ByteBuf.class))
                    .asType(MethodType.methodType(void.class, Object.class, ByteBuf.class));
        } catch (ReflectiveOperationException changed) {
            throw new ExceptionInInitializerError(changed);
        }
    }

    private NettyInternals() {}

    /** A decoder under way in a frame with that mask. */
    public static WebSocket08FrameDecoder decoder(int mask) {
        WebSocket08FrameDecoder decoder = new WebSocket13FrameDecoder(true, false, Integer.MAX_VALUE);
        try {
            SET_MASK.invokeExact(decoder, mask);
            return decoder;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Unmasks all of {@code bytes} in place. */
    public static void unmask(WebSocket08FrameDecoder decoder, ByteBuf bytes) {
        try {
            UNMASK.invokeExact(decoder, bytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Checks a whole text. */
    public static void checkUtf8(ByteBuf bytes) {
        try {
            Object validator = (Object) NEW_VALIDATOR.invokeExact();
            CHECK.invokeExact(validator, bytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
