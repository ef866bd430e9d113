package io.parley.socketio.server;

import io.parley.socketio.Principal;
import io.parley.socketio.adapter.UserRooms;
import io.parley.websocket.EventLoop.Timeout;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose one socket is, and the timer that ends it. A principal that never expires has no timer, a socket that is
 * nobody's no identity.
 *
 * <p><b>Threading.</b> Safe for any thread, but for methods whose name starts with {@code on}: they belong to the
 * socket's event loop.
 */
final class Identity {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1); // then the clock is looked at anew
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final NamespaceSocket socket;
    private volatile @Nullable Principal principal; // null while it is nobody's

    // Guarded by this.
    private Instant windowEnd = Instant.MIN;
    private int attempts;

    // Touched on the loop only.
    private @Nullable Timeout timer; // null while nothing is waited for

    Identity(NamespaceSocket socket) {
        this.socket = socket;
    }

    @Nullable
    Principal principal() {
        return principal;
    }

    /** Another principal takes the place of the one before. */
    synchronized void replace(Principal next) {
        if (next.isExpired(now())) {
            throw new IllegalArgumentException(next + " (expected: one that has not expired yet)");
        }
        Principal before = principal;
        principal = next;
        if (before == null || !before.name().equals(next.name())) {
            if (before != null) {
                socket.leaveUserRoom(UserRooms.of(before.name())[0]);
            }
            socket.joinUserRoom(UserRooms.of(next.name())[0]);
        }
        socket.eventLoop().run(this::onChanged);
    }

    /** The socket is that user's again: nothing changes but the socket. */
    void restore(Principal before) {
        principal = before;
    }

    /** Counts an attempt to refresh; false when there were too many of late. */
    synchronized boolean mayRefresh() {
        Instant now = now();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            attempts = 0;
        }
        return ++attempts <= socket.namespace().options().maxRefreshAttempts();
    }

    /** What the client is told of the principal's end. */
    Expiry expiry() {
        Principal now = principal;
        Instant end = now == null ? null : now.expiresAt();
        return new Expiry(end, end == null ? null : timeUntil(end).toMillis());
    }

    /** There is another principal, or the socket has joined with one. */
    void onChanged() {
        stopTimer();
        Principal now = principal;
        if (now != null && now.expiresAt() != null && socket.isEstablished()) {
            awaitExpiry(now.expiresAt());
        }
    }

    private void awaitExpiry(Instant end) {
        Duration half = timeUntil(end).dividedBy(2);
        Duration notice = socket.namespace().options().expiryNotice();
        await(end.minus(notice.compareTo(half) < 0 ? notice : half), () -> {
            socket.emit(AuthEvents.EXPIRING, expiry());
            await(end, this::onExpired);
        });
    }

    /** Waits by the clock, not by the timer: clocks are set, and timers are not that long. */
    private void await(Instant time, Runnable next) {
        Duration left = timeUntil(time);
        if (left.isZero()) {
            timer = null;
            next.run();
        } else {
            Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left.plusMillis(1) : LONGEST_WAIT;
            timer = socket.eventLoop().schedule(() -> await(time, next), wait);
        }
    }

    private void onExpired() {
        socket.emit(AuthEvents.EXPIRED, new Farewell(AuthEvents.EXPIRED_DESCRIPTION));
        socket.disconnect(false, AuthEvents.EXPIRED_DESCRIPTION);
    }

    void onEnd() {
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Zero when it is over. */
    private Duration timeUntil(Instant time) {
        Duration left = Duration.between(now(), time);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Instant now() {
        return socket.namespace().options().clock().instant();
    }

    /** The wire form; null for never. */
    record Expiry(@Nullable Instant expiresAt, @Nullable Long expiresIn) {}

    private record Farewell(String message) {}
}
