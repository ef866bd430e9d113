package io.parley.chat;

import io.parley.websocket.server.StaticFiles;

/** The chat's page on the class path, with the headers that keep everything else out of it. */
final class PageFiles {

    private static final String FOLDER = "io/parley/chat/page";

    // What the page may load, and talk to: itself. A message that slips markup past the page still cannot run it.
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private PageFiles() {}

    static StaticFiles files() {
        return StaticFiles.fromClassPath(FOLDER)
                .immutable("/assets/")
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
