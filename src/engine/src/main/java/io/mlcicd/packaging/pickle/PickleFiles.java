package io.mlcicd.packaging.pickle;

import io.mlcicd.packaging.pickle.PickleFinding.Level;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Looks for pickles in files of every kind: plain, compressed, within archives, and behind the head of a NumPy array. */
public final class PickleFiles {

    /** Files of these endings are meant to be unpickled, whatever they begin with. */
    private static final Set<String> PICKLE_ENDINGS =
            Set.of("pkl", "pickle", "joblib", "pck", "pcl", "sav", "pt", "pth", "ckpt");

    private static final int PROTOCOL = 0x80;
    private static final int DEEPEST = 4;
    private static final int MOST_ENTRIES = 100_000;

    private final ImportRules rules;
    private final Map<String, PickleFinding> findings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<PickleFacts> facts = new ArrayList<>();
    private int pickles;

    /**
     * A look that takes some imports as harmless.
     *
     * @param allowed such as {@code features.Scaler}, or all of a module as {@code features.*}
     */
    public PickleFiles(List<String> allowed) {
        this.rules = new ImportRules(allowed);
    }

    /**
     * Looks into one file.
     *
     * @param name how findings name it
     * @throws IOException when it cannot be read; a file that is no pickle is no error
     */
    public void look(String name, Path file) throws IOException {
        look(name, file, isMeantAsPickle(name));
    }

    /**
     * Looks into one file of a library, where Python keeps lists of folders under one of PyTorch's endings ({@code .pth}
     * of the module {@code site}).
     *
     * @param name how findings name it
     * @throws IOException when it cannot be read; a file that is no pickle is no error
     */
    public void lookAmongLibraries(String name, Path file) throws IOException {
        look(name, file, isMeantAsPickle(name) && !name.toLowerCase(Locale.ROOT).endsWith(".pth"));
    }

    private void look(String name, Path file, boolean meant) throws IOException {
        refuseWhenInterrupted();
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(ByteKind.HEAD);
        }
        if (ByteKind.of(head) == ByteKind.ZIP) {
            archive(name, file);
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            content(name, in, meant, 0);
        }
    }

    /** What was found in all files so far. */
    public PickleScan scan() {
        List<PickleFinding> sorted = new ArrayList<>(findings.values());
        sorted.sort(Comparator.comparing(PickleFinding::level)
                .thenComparing(PickleFinding::file)
                .thenComparing(PickleFinding::offset));
        return new PickleScan(pickles, sorted, problems);
    }

    /** What the pickles tell of themselves, in the order of the files. */
    public List<PickleFacts> facts() {
        return Collections.unmodifiableList(facts);
    }

    private static boolean isMeantAsPickle(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return PICKLE_ENDINGS.contains(ending);
    }

    private void archive(String name, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            int entries = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entries++ >= MOST_ENTRIES) {
                    problems.add(
                            "%s has more than %d entries, which were not all looked at".formatted(name, MOST_ENTRIES));
                    return;
                }
                try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                    entry(name, entry, in, 1);
                }
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            problems.add("%s is a broken zip archive: %s".formatted(name, e.getMessage()));
        }
    }

    private void entry(String archive, ZipEntry entry, InputStream in, int depth) throws IOException {
        refuseWhenInterrupted();
        if (!entry.isDirectory()) {
            content(archive + "!" + entry.getName(), in, isMeantAsPickle(entry.getName()), depth);
        }
    }

    private void content(String name, InputStream in, boolean meant, int depth) throws IOException {
        in.mark(ByteKind.HEAD);
        byte[] head = in.readNBytes(ByteKind.HEAD);
        in.reset();
        ByteKind kind = ByteKind.of(head);
        if (depth > DEEPEST) {
            problems.add("%s is packed more than %d deep".formatted(name, DEEPEST));
            return;
        }
        switch (kind) {
            case ZIP -> nested(name, in, depth);
            case NUMPY -> {
                if (NumpyHead.skipTo(in)) {
                    pickle(name, in, true, true);
                }
            }
            case GZIP, ZLIB, BZIP2 -> {
                try (InputStream plain = new BufferedInputStream(kind.decompressed(in))) {
                    content(name, plain, meant, depth + 1);
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException e) {
                    problem(name, meant, "is compressed, but broken: " + e.getMessage());
                }
            }
            case XZ, LZMA, LZ4 ->
                problem(
                        name,
                        meant,
                        "is compressed with %s, which cannot be looked into; use zlib or gzip".formatted(kind.label()));
            case OTHER -> {
                boolean protocol = head.length > 1 && Byte.toUnsignedInt(head[0]) == PROTOCOL && head[1] <= 5;
                pickle(name, in, meant, protocol);
            }
        }
    }

    private void nested(String name, InputStream in, int depth) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        int entries = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entries++ >= MOST_ENTRIES) {
                problems.add("%s has more than %d entries, which were not all looked at".formatted(name, MOST_ENTRIES));
                return;
            }
            entry(name, entry, new BufferedInputStream(zip), depth + 1);
        }
    }

    private void problem(String name, boolean meant, String what) {
        if (meant) {
            problems.add(name + " " + what);
        }
    }

    /**
     * Walks through what may be a pickle.
     *
     * @param meant whether somebody will unpickle it
     * @param magic whether it begins as pickles of protocol 2 and later do
     */
    private void pickle(String name, InputStream in, boolean meant, boolean magic) throws IOException {
        PickleWalk.Outcome outcome = PickleWalk.through(name, in);
        boolean whole = outcome.broken().isEmpty();
        boolean isPickle = meant || (magic && !outcome.imports().isEmpty()) || (whole && magic);
        // A text may happen to read as the older protocols, which have no mark of their own; an attack may end in
        // rubbish.
        boolean mayBe = isPickle || (whole && !outcome.imports().isEmpty());
        int found = 0;
        for (PickleImport what : outcome.imports()) {
            Optional<Level> level = rules.level(what);
            if (level.isPresent() && (mayBe || level.get() == Level.UNSAFE)) {
                add(name, what, level.get());
                found++;
            }
        }
        if (isPickle || mayBe || found > 0) {
            pickles += Math.max(1, outcome.pickles());
            facts.add(outcome.facts());
        }
        if (isPickle || found > 0) {
            outcome.broken()
                    .ifPresent(why -> problems.add("%s cannot be followed to its end: %s".formatted(name, why)));
        }
    }

    private void add(String file, PickleImport what, Level level) {
        String shown = what.module().equals("?") ? "what is computed while it is loaded" : what.qualified();
        findings.merge(
                file + "\n" + shown,
                new PickleFinding(file, shown, what.offset(), level, 1),
                (first, again) -> new PickleFinding(file, shown, first.offset(), level, first.times() + 1));
    }

    private static void refuseWhenInterrupted() throws ClosedByInterruptException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }
}
