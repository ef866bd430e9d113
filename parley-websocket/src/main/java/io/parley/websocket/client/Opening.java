package io.parley.websocket.client;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.parley.websocket.CloseCode;
import io.parley.websocket.HandlerThreads;
import io.parley.websocket.connection.Agreement;
import io.parley.websocket.connection.NettyWebSocketConnection;
import io.parley.websocket.frame.Role;
import io.parley.websocket.http.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a socket from its URL to an established connection, in as many attempts as redirects and questions for
 * passwords make of it.
 *
 * <p><b>Threading.</b> Confined to one event loop, but for {@link #start} and {@link #cancel}, which are safe for any
 * thread, and for what blocks, which runs on handler threads.
 */
final class Opening implements Attempt.Outcome {

    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final Target target;
    private final Settings settings;
    private final Delivery delivery;
    private final EventLoop loop;

    private boolean over; // established or failed
    private @Nullable Attempt attempt; // non-null while one is under way
    private @Nullable NettyWebSocketConnection connection; // non-null when established
    private @Nullable ScheduledFuture<?> timeout; // non-null from the start on

    Opening(Target target, Settings settings, Delivery delivery) {
        this.target = target;
        this.settings = settings;
        this.delivery = delivery;
        this.loop = settings.network().loops().next();
    }

    void start() {
        loop.execute(() -> {
            Duration patience = settings.network().connectTimeout();
            timeout = loop.schedule(() -> tooSlow(patience), patience.toMillis(), TimeUnit.MILLISECONDS);
            tryNext(Plan.of(target), () -> {});
        });
    }

    /** Gives up: the socket was closed before it was established. */
    void cancel() {
        loop.execute(() -> {
            if (connection != null) {
                connection.terminate();
            }
            fail("Closed before the connection was established");
        });
    }

    private void tooSlow(Duration patience) {
        String where = attempt == null ? "" : " (" + attempt.step() + ")";
        fail("Connecting took longer than " + patience.toMillis() + " ms" + where);
    }

    // --- attempts ---

    private void tryNext(Plan plan, Runnable before) {
        attempt = null;
        HandlerThreads.shared().execute(() -> {
            try {
                before.run();
                Prepared prepared = Prepared.prepare(plan.target(), settings);
                loop.execute(() -> begin(plan, prepared));
            } catch (IOException | RuntimeException unprepared) {
                loop.execute(() -> failed(new WebSocketException(
                        CloseCode.ABNORMAL, plan.target().hostAndPort() + ": " + unprepared.getMessage(), unprepared)));
            }
        });
    }

    private void begin(Plan plan, Prepared prepared) {
        if (!over) {
            attempt = new Attempt(plan, prepared, settings, this);
            attempt.start(loop);
        }
    }

    @Override
    public void answered(Attempt answered, Channel channel, ResponseHead answer) {
        try {
            Plan next = next(answered.plan(), answer);
            if (next == null) {
                delivery.answered(answered.plan().target(), answer);
                establish(channel, answered, HandshakeAnswer.check(answered.request(), answer));
            } else {
                answered.close();
                tryNext(next, () -> settings.handshake()
                        .cookies()
                        .keep(answered.plan().target(), answer.headers()));
            }
        } catch (HandshakeException refused) {
            failed(refused);
        }
    }

    /** What to try instead of what was answered; null to take the answer as it is. */
    private @Nullable Plan next(Plan plan, ResponseHead answer) throws HandshakeException {
        String location = answer.headers().first("Location").orElse("");
        if (REDIRECTS.contains(answer.status()) && !location.isEmpty()) {
            return new Redirect(plan, answer, settings.handshake().maxRedirects()).follow(location);
        }
        Credentials credentials = plan.target().credentials();
        if (answer.status() != UNAUTHORIZED || credentials == null || plan.authorization() != null) {
            return null;
        }
        List<Challenge> challenges = Challenge.parse(answer.headers().all("WWW-Authenticate"));
        String authorization = Authorization.answer(
                challenges, credentials, "GET", plan.target().resource());
        return authorization == null ? null : plan.authorized(authorization);
    }

    @Override
    public void refusedByProxy(Attempt refused, ResponseHead answer) {
        refused.close();
        Plan next = answer.status() == PROXY_AUTHENTICATION_REQUIRED ? authorizedAtProxy(refused.plan(), answer) : null;
        if (next == null) {
            failed(new HandshakeException(
                    answer, refused.step() + ": " + answer.statusLine() + " (expected: 200" + hint(answer) + ")"));
        } else {
            tryNext(next, () -> {});
        }
    }

    private @Nullable Plan authorizedAtProxy(Plan plan, ResponseHead answer) {
        Credentials credentials = settings.network().proxy().credentials();
        if (credentials == null || plan.proxyAuthorization() != null) {
            return null;
        }
        List<Challenge> challenges = Challenge.parse(answer.headers().all("Proxy-Authenticate"));
        String authorization = Authorization.answer(
                challenges, credentials, "CONNECT", plan.target().hostAndPort());
        return authorization == null ? null : plan.authorizedAtProxy(authorization);
    }

    private String hint(ResponseHead answer) {
        boolean withoutPassword = settings.network().proxy().credentials() == null;
        return answer.status() == PROXY_AUTHENTICATION_REQUIRED && withoutPassword
                ? "; name and password can be given by Proxy.credentials"
                : "";
    }

    // --- the end ---

    private void establish(Channel channel, Attempt answered, Agreement agreement) {
        finish();
        NettyWebSocketConnection established =
                new NettyWebSocketConnection(channel, Role.CLIENT, settings.connection(), agreement, delivery);
        connection = established;
        channel.pipeline().addLast(established).remove(answered);
        channel.pipeline().remove(Exchange.class); // last: the connection gets what it holds
        established.open(ByteBuffer.allocate(0));
    }

    private void fail(String message) {
        failed(new WebSocketException(CloseCode.ABNORMAL, message, null));
    }

    @Override
    public void failed(WebSocketException why) {
        if (!over) {
            finish();
            if (attempt != null) {
                attempt.abandon();
            }
            delivery.failed(why);
        }
    }

    private void finish() {
        over = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
