package io.mlcicd.versioning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes hashes as DVC does. Source: {@code hash.py}, {@code istextfile.py} and {@code tree.py} of dvc-data 3.16: a file's
 * MD5, in {@code md5-dos2unix} with CR LF as LF in each mebibyte that begins like text; of a folder the MD5 of the JSON list
 * of its files' hashes, sorted by the code points of their paths, as Python's {@code json.dumps} writes it.
 */
final class DvcHashing {

    private static final int BLOCK = 1 << 20;
    private static final int LOOKED_AT = 512;
    private static final double MOST_OTHERS = 0.30;
    private static final HexFormat HEX = HexFormat.of();

    private final boolean unixText;

    DvcHashing(DvcHash like) {
        this.unixText = like.algorithm().equals(DvcHash.MD5_OF_UNIX_TEXT);
    }

    /** The hash of a file. */
    String of(Path file) throws IOException {
        MessageDigest md5 = md5();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted");
                }
                int length = unixText && beginsLikeText(block) ? withoutCarriageReturns(block) : block.length;
                md5.update(block, 0, length);
            }
        }
        return HEX.formatHex(md5.digest());
    }

    /**
     * The hashes of all files below a folder by their relative path, sorted as DVC sorts them; files are read in parallel.
     *
     * @param ignored what DVC does not see
     */
    Map<String, String> listing(Path folder, DvcIgnore ignored) throws IOException, InterruptedException {
        List<Path> files = ignored.filesBelow(folder);
        ExecutorService readers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(files.size(), Runtime.getRuntime().availableProcessors())), DvcHashing::reader);
        try {
            List<Future<String>> hashes = new ArrayList<>();
            for (Path file : files) {
                hashes.add(readers.submit(() -> of(file)));
            }
            Map<String, String> listing = new TreeMap<>(DvcHashing::byCodePoints);
            for (int i = 0; i < files.size(); i++) {
                String path = DvcFiles.slashed(folder.relativize(files.get(i)));
                listing.put(path, hashes.get(i).get());
            }
            return listing;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            readers.shutdownNow();
        }
    }

    /** The hash of a folder, without {@code .dir}, from its listing. */
    static String of(Map<String, String> listing) {
        StringBuilder json = new StringBuilder("[");
        listing.forEach((path, hash) -> json.append(json.length() > 1 ? ", " : "")
                .append("{\"md5\": \"")
                .append(hash)
                .append("\", \"relpath\": ")
                .append(quoted(path))
                .append('}'));
        return HEX.formatHex(md5().digest(json.append(']').toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** A JSON string of ASCII alone, as Python writes it. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append("\\u").append(HEX.toHexDigits(c));
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** Java sorts by UTF-16 units, in which rare characters come before some that are less than they. */
    static int byCodePoints(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    private static boolean beginsLikeText(byte[] block) {
        int looked = Math.min(LOOKED_AT, block.length);
        int others = 0;
        for (int i = 0; i < looked; i++) {
            byte b = block[i];
            if (b == 0) {
                return false;
            }
            boolean text = (b >= ' ' && b <= '~') || (b >= '\b' && b <= '\n') || b == '\f' || b == '\r';
            others += text ? 0 : 1;
        }
        return (double) others / looked <= MOST_OTHERS;
    }

    /** Takes the CR of each CR LF out of the block and returns what length is left. */
    private static int withoutCarriageReturns(byte[] block) {
        int to = 0;
        for (int from = 0; from < block.length; from++) {
            boolean before = block[from] == '\r' && from + 1 < block.length && block[from + 1] == '\n';
            if (!before) {
                block[to++] = block[from];
            }
        }
        return to;
    }

    private static Thread reader(Runnable work) {
        Thread thread = new Thread(work, "hashing for DVC");
        thread.setDaemon(true);
        return thread;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
