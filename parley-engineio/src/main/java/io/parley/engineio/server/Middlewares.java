package io.parley.engineio.server;

import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpExchange;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The middlewares of a server, in order.
 *
 * <p><b>Threading.</b> Safe for any thread; each request goes through them on its event loop.
 */
final class Middlewares {

    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);

    private final EngineServer server;
    private final List<HttpMiddleware> all = new CopyOnWriteArrayList<>();

    Middlewares(EngineServer server) {
        this.server = server;
    }

    void add(HttpMiddleware middleware) {
        all.add(middleware);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Takes a request through all of them and hands it to the server. */
    void handle(HttpExchange exchange) {
        if (all.isEmpty()) {
            server.serve(exchange);
        } else {
            new Passage(exchange).goOn();
        }
    }

    /** One request on its way. */
    private final class Passage {

        private final HttpExchange exchange;
        private final Iterator<HttpMiddleware> ahead = all.iterator();
        private final ResponseHeaders headers = new ResponseHeaders(HttpHeaders.empty());
        private volatile boolean answered;

        Passage(HttpExchange exchange) {
            this.exchange = exchange;
        }

        void goOn() {
            if (answered) {
                return;
            }
            if (!ahead.hasNext()) {
                server.serve(decorated());
                return;
            }
            Place place = new Place(this);
            try {
                ahead.next().handle(place);
            } catch (Exception | Error thrown) { // as express has it
                place.fail(thrown);
            }
        }

        void fail(Throwable cause) {
            log.debug("A middleware failed", cause);
            Refusal refusal = Refusal.middlewareFailure(cause);
            if (answered) {
                server.tellRefused(exchange.request(), refusal);
            } else {
                server.refuse(decorated(), refusal);
            }
        }

        HttpExchange decorated() {
            return new DecoratedExchange(exchange, headers.toHeaders());
        }
    }

    /** A request in one middleware. */
    private static final class Place implements HttpMiddleware.Step {

        private final Passage passage;
        private final AtomicBoolean settled = new AtomicBoolean();

        Place(Passage passage) {
            this.passage = passage;
        }

        @Override
        public HttpRequest request() {
            return passage.exchange.request();
        }

        @Override
        public boolean isUpgrade() {
            return passage.exchange.isWebSocketUpgrade();
        }

        @Override
        public ResponseHeaders headers() {
            return passage.headers;
        }

        @Override
        public void next() {
            settle(passage::goOn);
        }

        @Override
        public void fail(Throwable cause) {
            settle(() -> passage.fail(cause));
        }

        @Override
        public void respond(HttpResponse response) {
            passage.answered = true;
            passage.exchange.respond(DecoratedExchange.decorate(response, passage.headers.toHeaders()));
        }

        private void settle(Runnable then) {
            if (!settled.compareAndSet(false, true)) {
                log.debug("A middleware went on twice (expected: once)");
                return;
            }
            try {
                passage.exchange.eventLoop().run(then);
            } catch (RejectedExecutionException expected) { // the server was stopped in the meantime
                log.debug("A middleware went on after the end of the server");
            }
        }
    }
}
