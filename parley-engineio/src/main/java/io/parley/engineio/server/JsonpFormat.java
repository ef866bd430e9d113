package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.V3PayloadDecoder;
import io.parley.engineio.packet.V3PayloadEncoder;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.QueryString;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Protocol 3 for browsers that cannot read an answer from elsewhere: it is a script that calls a function of the page
 * with the payload, and what the page sends is a form. All is text.
 */
final class JsonpFormat implements PollingFormat {

    private static final Pattern LINE_FEED = Pattern.compile("\\\\?\\\\n");

    private static final String INDEX = "j";

    private final String call;

    /**
     * A form that calls one function of the page.
     *
     * @param index which one ({@code j} in the query); what is no digit in it is left out, for it becomes code
     */
    private JsonpFormat(String index) {
        call = "___eio[" + index.replaceAll("[^0-9]", "") + "](";
    }

    /** The form that the request asks for; empty when it asks for none of this kind. */
    static Optional<PollingFormat> of(HttpRequest handshake) {
        return QueryString.first(handshake.query(), INDEX).map(JsonpFormat::new);
    }

    static boolean isAskedFor(HttpRequest request) {
        return QueryString.first(request.query(), INDEX).isPresent();
    }

    @Override
    public int length(EncodedPacket packet) {
        return V3PollingFormat.BASE64.length(packet);
    }

    @Override
    public Body encode(List<EncodedPacket> packets) {
        String payload = UTF_8.decode(V3PayloadEncoder.encodeText(packets)).toString();
        String script = call + JsonText.quoteForScript(payload) + ");";
        return new Body(ByteBuffer.wrap(script.getBytes(UTF_8)), true);
    }

    /** The content type is the browser's to choose. */
    @Override
    public boolean takesBinary() {
        return true;
    }

    @Override
    public Iterator<EnginePacket> decode(ByteBuffer body, boolean binary) {
        return QueryString.first(UTF_8.decode(body).toString(), "d")
                .<Iterator<EnginePacket>>map(payload -> new V3PayloadDecoder(unescape(payload)))
                .orElse(Collections.emptyIterator());
    }

    /**
     * A form would change a line feed, so the page writes it as a backslash and an n, and these two with one backslash
     * more.
     */
    private static String unescape(String escaped) {
        return LINE_FEED.matcher(escaped).replaceAll(found -> found.group().length() == 2 ? "\n" : "\\\\n");
    }
}
