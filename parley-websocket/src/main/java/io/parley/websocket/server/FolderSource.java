package io.parley.websocket.server;

import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Files of a folder.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class FolderSource implements FileSource {

    private static final int MAX_BYTES_ON_HEAP = 64 * 1024;

    private final Path root;

    FolderSource(Path folder) throws IOException {
        root = folder.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    @Override
    public @Nullable StaticFile find(String path) throws IOException {
        try {
            Path file = root.resolve(path).toRealPath(); // where symbolic links lead
            if (!isInside(file)) {
                return null;
            }
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? new FolderFile(file, attributes) : null;
        } catch (NoSuchFileException | InvalidPathException expected) { // the usual 404
            return null;
        } catch (java.nio.file.FileSystemException unusable) { // below a file, a loop of links, a name too long
            return null;
        }
    }

    private boolean isInside(Path file) {
        if (!file.startsWith(root)) {
            return false;
        }
        List<String> segments = new ArrayList<>();
        root.relativize(file).forEach(segment -> segments.add(segment.toString()));
        return FilePath.isVisible(segments);
    }

    private record FolderFile(Path file, BasicFileAttributes attributes) implements StaticFile {

        @Override
        public String tag() {
            long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            return Long.toHexString(modified) + "-" + Long.toHexString(attributes.size());
        }

        @Override
        public Optional<Instant> lastModified() {
            return Optional.of(attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
        }

        @Override
        public Answer answer(HttpResponse head, boolean withBody) throws IOException {
            if (!withBody) {
                return new Answer.FileContent(head, attributes.size(), null);
            }
            if (attributes.size() <= MAX_BYTES_ON_HEAP) {
                ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
                return new Answer.Content(new HttpResponse(head.status(), head.headers(), content));
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new Answer.FileContent(
                    head, attributes.size(), new DefaultFileRegion(channel, 0, attributes.size()));
        }
    }
}
