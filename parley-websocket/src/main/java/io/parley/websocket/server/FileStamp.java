package io.parley.websocket.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what it is noticed that a file has changed, without reading it.
 *
 * @param key which file a name leads to, where the system tells; null elsewhere, and when there is no file
 */
record FileStamp(FileTime modified, long size, @Nullable Object key) {

    private static final FileStamp MISSING = new FileStamp(FileTime.fromMillis(0), -1, null);

    static List<FileStamp> of(List<Path> files) {
        return files.stream().map(FileStamp::of).toList();
    }

    private static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException unreadable) {
            return MISSING;
        }
    }
}
