package io.parley.websocket.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of a folder on the class path. Each is read once and kept: they are as many as there are in the folder.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class ClassPathSource implements FileSource {

    private static final int TAG_BYTES = 16;

    private final ClassLoader loader;
    private final String prefix;
    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    ClassPathSource(String folder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        String name = folder.startsWith("/") ? folder.substring(1) : folder;
        prefix = name.isEmpty() || name.endsWith("/") ? name : name + "/";
    }

    @Override
    public @Nullable StaticFile find(String path) throws IOException {
        StaticFile known = read.get(path);
        if (known != null) {
            return known;
        }
        URL url = loader.getResource(prefix + path);
        StaticFile file = url == null ? null : read(url);
        if (file != null) {
            read.put(path, file);
        }
        return file;
    }

    private static @Nullable StaticFile read(URL url) throws IOException {
        if (url.getProtocol().equals("file") && Files.isDirectory(Path.of(URI.create(url.toString())))) {
            return null;
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // so that the jar is not kept open
        if (connection instanceof JarURLConnection jar && jar.getJarEntry().isDirectory()) {
            return null;
        }
        try (InputStream content = connection.getInputStream()) {
            return new ClassPathFile(content.readAllBytes());
        }
    }

    private static final class ClassPathFile implements StaticFile {

        private final byte[] content;
        private final String tag;

        ClassPathFile(byte[] content) {
            this.content = content;
            tag = hash(content);
        }

        private static String hash(byte[] content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
                return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError("Every Java platform has SHA-256", impossible);
            }
        }

        @Override
        public String tag() {
            return tag;
        }

        @Override
        public Optional<Instant> lastModified() {
            return Optional.empty();
        }

        @Override
        public Answer answer(HttpResponse head, boolean withBody) {
            return new Answer.Content(new HttpResponse(head.status(), head.headers(), ByteBuffer.wrap(content)));
        }
    }
}
