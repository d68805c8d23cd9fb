package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An append-only file of entries, one JSON object a line, each with the digest of the one before it: whoever changes,
 * removes or inserts one breaks the chain behind it. Processes may append side by side; what one was writing when it was
 * killed is dropped by the next.
 */
public final class LineageLog {

    private static final String FORGET = "forget";
    private static final int TAIL = 1 << 16;

    private final Path file;
    private final Clock clock;

    /** The log in that file, which is made with its first entry. */
    public LineageLog(Path file) {
        this(file, Clock.systemUTC());
    }

    LineageLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Adds an entry and waits until the disk has it.
     *
     * @throws OutsideSystemException when the disk refuses, or the last entry is none that one could go on from
     */
    public LogEntry append(LineageEvent event) {
        return locked(channel -> {
            Optional<LogEntry> last = last(channel);
            String line = LogLine.write(
                    last.map(LogEntry::sequence).orElse(0L) + 1,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    last.map(LogEntry::digest),
                    event);
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return LogLine.read(line);
        });
    }

    /**
     * Removes the content of entries. Their digests stay, so that the chain holds, and an entry is added that says which were
     * removed: nobody can take something out unnoticed.
     *
     * @return how many there were; with none, nothing is added
     * @throws OutsideSystemException when the disk refuses
     */
    public long forget(Predicate<LogEntry> chosen) {
        List<LogEntry> leaving = new ArrayList<>();
        // What was announced by a process that was killed before it came to it is done with the rest.
        Set<Digest> digests = new LinkedHashSet<>();
        read(entry -> {
            digests.addAll(entry.removes());
            if (!entry.removed() && !entry.event().equals(FORGET) && chosen.test(entry)) {
                leaving.add(entry);
            }
        });
        if (leaving.isEmpty()) {
            return 0;
        }
        List<Digest> chosenDigests = leaving.stream().map(LogEntry::digest).toList();
        digests.addAll(chosenDigests);
        append(new LineageEvent(
                leaving.get(0).model(),
                FORGET,
                "PASSED",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                chosenDigests));
        locked(channel -> {
            AtomicFiles.write(file, out -> {
                LogBytes.lines(file, (number, bytes, offset, length) -> {
                    Optional<String> without = without(bytes, offset, length, digests);
                    if (without.isPresent()) {
                        out.write(without.get().getBytes(StandardCharsets.UTF_8));
                    } else {
                        out.write(bytes, offset, length);
                    }
                    out.write('\n');
                });
                out.flush();
            });
            return digests;
        });
        return leaving.size();
    }

    /** What takes a line's place; empty when it stays. */
    private static Optional<String> without(byte[] bytes, int offset, int length, Set<Digest> digests) {
        try {
            LogEntry entry = LogLine.read(bytes, offset, length);
            return digests.contains(entry.digest()) && !entry.removed()
                    ? Optional.of(LogLine.withoutContent(entry))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(FileChannel channel) throws IOException;
    }

    /** One process and one thread at a time; the lock is a file of its own, for the log may be replaced meanwhile. */
    private <T> T locked(Work<T> work) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            synchronized (LineageLog.class) {
                try (FileChannel guard = FileChannel.open(
                                folder.resolve(file.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        FileLock lock = guard.lock();
                        FileChannel channel = FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    return work.on(channel);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The last whole entry; leaves the channel behind it, without what was half written there. */
    private Optional<LogEntry> last(FileChannel channel) throws IOException {
        long end = channel.size();
        byte[] bytes = new byte[0];
        long start = end;
        int feeds = 0;
        while (start > 0 && feeds < 2) {
            int length = (int) Math.min(TAIL, start);
            start -= length;
            ByteBuffer block = ByteBuffer.allocate(length);
            channel.read(block, start);
            byte[] more = new byte[length + bytes.length];
            System.arraycopy(block.array(), 0, more, 0, length);
            System.arraycopy(bytes, 0, more, length, bytes.length);
            bytes = more;
            feeds = feeds(bytes);
        }
        int close = lastFeed(bytes, bytes.length);
        channel.truncate(start + close + 1);
        channel.position(start + close + 1);
        if (close < 0) {
            return Optional.empty();
        }
        int open = lastFeed(bytes, close);
        try {
            return Optional.of(LogLine.read(new String(bytes, open + 1, close - open - 1, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new OutsideSystemException(
                    file + ": the last entry was damaged; see what 'mlcicd lineage verify' says, and restore the file",
                    e);
        }
    }

    private static int feeds(byte[] bytes) {
        int feeds = 0;
        for (byte each : bytes) {
            feeds += each == '\n' ? 1 : 0;
        }
        return feeds;
    }

    private static int lastFeed(byte[] bytes, int before) {
        int i = before - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    /** Hands on all entries in their order; a line that is none is left out, which {@link #verify} tells of. */
    public void read(Consumer<LogEntry> entries) {
        lines((number, bytes, offset, length) -> {
            try {
                entries.accept(LogLine.read(bytes, offset, length));
            } catch (JsonProcessingException e) {
                // A damaged line must not hide what the others say.
            }
        });
    }

    /**
     * What a check of the chain found.
     *
     * @param entries how many there are
     * @param removed of how many of them the content was removed
     * @param head digest of the last one
     * @param problems a sentence for each thing that is not right
     */
    public record Verification(long entries, long removed, Optional<Digest> head, List<String> problems) {

        public Verification {
            problems = List.copyOf(problems);
        }

        /** Whether every entry is as it was written, and none is missing before the last. */
        public boolean holds() {
            return problems.isEmpty();
        }
    }

    /**
     * Checks every entry against its digest and the one before it. That the last entries were cut off shows only beside a
     * digest that was noted elsewhere, so give one where there is one.
     *
     * @param noted the digest of an entry that must be there
     */
    public Verification verify(Optional<Digest> noted) {
        ChainCheck check = new ChainCheck(file, noted);
        lines((number, bytes, offset, length) ->
                check.next(number, new String(bytes, offset, length, StandardCharsets.UTF_8)));
        return check.verification();
    }

    private void lines(LogBytes.Line line) {
        try {
            LogBytes.lines(file, line);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
