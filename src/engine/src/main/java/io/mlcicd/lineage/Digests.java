package io.mlcicd.lineage;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Computes SHA-256 digests of files and folders. */
public final class Digests {
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    /** The digest of these bytes. */
    public static Digest of(byte[] content) {
        return digest(sha256().digest(content));
    }

    /**
     * The digest of a file's bytes or, of a folder, the digest of one line per regular file below it, sorted by
     * path: the file's own digest, two spaces, its path relative to the folder with forward slashes, a line feed.
     * That is what {@code sha256sum} prints for those files, so that anyone can check it.
     *
     * @throws IOException when a file cannot be read
     */
    public static Digest of(Path path) throws IOException {
        return Files.isDirectory(path) ? of(path, filesBelow(path)) : ofFile(path);
    }

    /** The digest of a folder that holds these files alone, which are given sorted by their relative path. */
    private static Digest of(Path folder, List<Path> files) throws IOException {
        Map<String, String> listed = new LinkedHashMap<>();
        for (Path file : files) {
            listed.put(relative(folder, file), ofFile(file).value().substring("sha256:".length()));
        }
        return ofFolder(listed);
    }

    /**
     * The digest of a folder by what is known of its files.
     *
     * @param files SHA-256 in hexadecimal by path relative to the folder, with forward slashes, sorted by path
     */
    public static Digest ofFolder(Map<String, String> files) {
        StringBuilder listing = new StringBuilder();
        files.forEach(
                (path, hex) -> listing.append(hex).append("  ").append(path).append('\n'));
        return of(listing.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The file or folder as an artifact of that name. */
    public static Artifact artifact(String name, String shownPath, Path path) throws IOException {
        return new Artifact(name, shownPath.replace('\\', '/'), of(path), size(filesBelow(path)));
    }

    /**
     * The digest of a file or folder that is known to be there.
     *
     * @throws OutsideSystemException when it cannot be read
     */
    public static Digest required(Path path) {
        try {
            return of(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * A file or folder that is known to be there, as an artifact of that name.
     *
     * @throws OutsideSystemException when it cannot be read
     */
    public static Artifact required(String name, String shownPath, Path path) {
        try {
            return artifact(name, shownPath, path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static OutsideSystemException unreadable(Path path, IOException e) {
        return new OutsideSystemException("cannot read " + path + ": " + e.getMessage(), e);
    }

    /** Some of the files below a folder as an artifact; its digest is that of a folder which holds them alone. */
    public static Artifact artifact(String name, String shownPath, Path folder, List<Path> files) throws IOException {
        List<Path> sorted = files.stream()
                .sorted((a, b) -> relative(folder, a).compareTo(relative(folder, b)))
                .toList();
        return new Artifact(name, shownPath.replace('\\', '/'), of(folder, sorted), size(sorted));
    }

    private static long size(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** All regular files below a folder sorted by their relative path, or the file itself. */
    public static List<Path> filesBelow(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.filter(Files::isRegularFile)
                    .sorted((a, b) -> relative(path, a).compareTo(relative(path, b)))
                    .toList();
        }
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static Digest ofFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** The digest of all that a stream still has; the stream stays open. */
    public static Digest of(InputStream in) throws IOException {
        MessageDigest sha = sha256();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sha.update(buffer, 0, n);
        }
        return digest(sha.digest());
    }

    private static Digest digest(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
