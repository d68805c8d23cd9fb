package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Text files as plain UTF-8. A file that is so already is left where it is; one that is compressed or in another encoding
 * is written out once, for its size is only known then, its broken places can be told by their line, and the engine
 * reads plain text on all cores.
 */
final class PlainText {

    /** What may always be unpacked, since it does no harm. */
    private static final long HARMLESS = 1L << 28;

    /** What is left free of a disk, as one part of so many. */
    private static final int PARTS_LEFT = 20;

    private static final int BUFFER = 1 << 16;

    /** Longer than what tells how a file is written. */
    private static final int HEAD = 1 << 20;

    private final Path folder;
    private final ReadOptions options;

    /**
     * Prepares to write files out.
     *
     * @param folder to write to; its owner removes it
     */
    PlainText(Path folder, ReadOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * The files as plain text, in their order.
     *
     * @throws InvalidInputException when one is not what its name or the options say, or expands beyond all measure
     * @throws OutsideSystemException when the disk does not hold them
     */
    List<DataFile> of(List<DataFile> files) throws InterruptedException {
        List<DataFile> plain = new ArrayList<>();
        for (DataFile file : files) {
            Compression compression = Compression.of(file);
            Charset charset = charset(file, compression);
            boolean asItIs = compression == Compression.NONE && charset.equals(StandardCharsets.UTF_8);
            plain.add(asItIs ? file : file.at(written(file, compression, charset, plain.size())));
        }
        return plain;
    }

    /**
     * The start of a file as plain text, for whoever only wants to know how it is written.
     *
     * @throws InvalidInputException when it is not what its name or the options say
     */
    Head head(DataFile file) {
        Compression compression = Compression.of(file);
        Charset charset = charset(file, compression);
        if (compression == Compression.NONE && charset.equals(StandardCharsets.UTF_8)) {
            return new Head(file, charset, compression);
        }
        try (InputStream in = opened(file, compression)) {
            byte[] start = in.readNBytes(HEAD);
            Path target = Files.createTempFile(folder, "head", "");
            Files.writeString(target, new String(start, charset));
            return new Head(file.at(target), charset, compression);
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    /**
     * The start of a file.
     *
     * @param plain where it lies as UTF-8
     * @param charset what the file itself is written in
     */
    record Head(DataFile plain, Charset charset, Compression compression) {}

    private Charset charset(DataFile file, Compression compression) {
        byte[] start;
        try (InputStream in = compression.open(file.path())) {
            start = in.readNBytes(BUFFER);
        } catch (EOFException | ZipException e) {
            throw broken(file, e);
        } catch (IOException e) {
            throw compression == Compression.NONE ? file.unreadable(e) : broken(file, e);
        }
        if (start.length == 0) {
            throw new InvalidInputException(file.shown() + " is empty");
        }
        boolean little = start.length > 1 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE;
        boolean big = start.length > 1 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF;
        if (options.encoding().isPresent() && options.encoding().get() != Encoding.UTF_16) {
            return options.encoding().get().charset();
        }
        if (little || big) {
            return StandardCharsets.UTF_16;
        }
        int zero = firstZero(start);
        if (options.encoding().isPresent()) {
            return zero % 2 == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        if (zero >= 0) {
            throw new InvalidInputException(("%s:%d: holds a NUL byte, so it is no UTF-8 text; if it is UTF-16, say so"
                            + " (read: { encoding: utf-16 } or --encoding utf-16)")
                    .formatted(file.shown(), lines(start, zero)));
        }
        return StandardCharsets.UTF_8;
    }

    private static int firstZero(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int lines(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private Path written(DataFile file, Compression compression, Charset charset, int number)
            throws InterruptedException {
        Path target = folder.resolve(String.valueOf(number));
        try {
            for (String name : file.folders()) {
                target = target.resolve(name);
            }
            Files.createDirectories(target);
            target = target.resolve("data");
            long most = Math.max(
                    HARMLESS,
                    compression == Compression.NONE
                            ? Long.MAX_VALUE
                            : Math.multiplyExact(Files.size(file.path()), (long) options.expansion()));
            try (OutputStream out = Files.newOutputStream(target)) {
                write(file, compression, charset, new Bounded(file, out, most, folder));
            }
            return target;
        } catch (IOException e) {
            throw new OutsideSystemException(
                    "%s cannot be unpacked into %s: %s; free some disk, or set java.io.tmpdir to a larger one"
                            .formatted(file.shown(), folder, e.getMessage()),
                    e);
        }
    }

    private static void write(DataFile file, Compression compression, Charset charset, Bounded out)
            throws IOException, InterruptedException {
        CharsetDecoder decoder = charset.newDecoder();
        boolean decoded = !charset.equals(StandardCharsets.UTF_8);
        byte[] raw = new byte[BUFFER];
        ByteBuffer bytes = ByteBuffer.wrap(raw);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        long line = 1;
        try (InputStream in = opened(file, compression)) {
            for (boolean end = false; !end; ) {
                int read = read(file, in, raw, bytes.position());
                end = read < 0;
                bytes.limit(bytes.position() + Math.max(read, 0)).position(0);
                if (!decoded) {
                    out.write(raw, bytes.limit());
                    bytes.clear();
                    continue;
                }
                CoderResult result = decoder.decode(bytes, chars, end);
                chars.flip();
                line += chars.chars().filter(c -> c == '\n').count();
                if (result.isError()) {
                    throw new InvalidInputException("%s:%d: not %s text; save it as UTF-8, or name the encoding it has"
                            .formatted(file.shown(), line, charset.name()));
                }
                byte[] utf8 = chars.toString().getBytes(StandardCharsets.UTF_8);
                out.write(utf8, utf8.length);
                chars.clear();
                bytes.compact();
            }
        }
    }

    private static InputStream opened(DataFile file, Compression compression) {
        try {
            return compression.open(file.path());
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static int read(DataFile file, InputStream in, byte[] bytes, int from) {
        try {
            return in.read(bytes, from, bytes.length - from);
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static InvalidInputException broken(DataFile file, IOException e) {
        return new InvalidInputException(
                "%s cannot be unpacked (%s); write or copy it again".formatted(file.shown(), e.getMessage()), e);
    }

    /** Writes on as long as size and disk allow. */
    private static final class Bounded {

        private static final long LOOK = 1L << 26;

        private final DataFile file;
        private final OutputStream out;
        private final long most;
        private final Path folder;
        private long written;
        private long looked;

        Bounded(DataFile file, OutputStream out, long most, Path folder) {
            this.file = file;
            this.out = out;
            this.most = most;
            this.folder = folder;
        }

        void write(byte[] bytes, int length) throws IOException, InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("unpacking " + file.shown() + " was interrupted");
            }
            written += length;
            if (written > most) {
                throw new InvalidInputException(
                        ("%s expands to more than %,d MB from %,d kB, which looks like an attack; if it is meant, allow"
                                        + " it (read: { maxExpansion: 10000 } or --max-expansion 10000)")
                                .formatted(file.shown(), most >> 20, Files.size(file.path()) >> 10));
            }
            if (written - looked > LOOK) {
                looked = written;
                refuseFullDisk();
            }
            out.write(bytes, 0, length);
        }

        private void refuseFullDisk() throws IOException {
            var disk = Files.getFileStore(folder);
            if (disk.getUsableSpace() < disk.getTotalSpace() / PARTS_LEFT) {
                throw new IOException("the disk is nearly full");
            }
        }
    }
}
