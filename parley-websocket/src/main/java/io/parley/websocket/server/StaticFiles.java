package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Files to be served as they are, from a folder or from the class path.
 *
 * <p><b>Threading.</b> Immutable: each setting gives a copy.
 */
public final class StaticFiles {

    private final HttpHeaders headers;
    private final String immutablePrefix;

    private StaticFiles(HttpHeaders headers, String immutablePrefix) {
        this.headers = headers;
        this.immutablePrefix = immutablePrefix;
    }

    /** The files of a folder and of the folders in it. */
    public static StaticFiles fromFolder(Path folder) {
        requireNonNull(folder, "folder");
        return new StaticFiles(HttpHeaders.empty(), "");
    }

    /** The files of a folder on the class path. */
    public static StaticFiles fromClassPath(String folder) {
        requireNonNull(folder, "folder");
        return new StaticFiles(HttpHeaders.empty(), "");
    }

    /** With one more header field in every answer. */
    public StaticFiles header(String name, String value) {
        return new StaticFiles(headers.with(name, value), immutablePrefix);
    }

    /** With the files below {@code prefix} never asked for again: their names change with their content. */
    public StaticFiles immutable(String prefix) {
        return new StaticFiles(headers, requireNonNull(prefix, "prefix"));
    }
}
