package io.mlcicd.data;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the text files of a data set are written, seen from the start of each, for engines that read the files themselves.
 *
 * @param charset the encoding
 * @param packed whether they are compressed
 * @param csv what separates the fields of CSV and TSV, and what they are called; empty for JSON lines
 * @param keys of JSON lines the keys in the order in which they appear, as columns are called that structures are laid
 *     flat into; empty for CSV and TSV
 */
public record TextForm(Charset charset, boolean packed, Optional<CsvDialect> csv, List<String> keys) {

    public TextForm {
        keys = List.copyOf(keys);
    }

    /**
     * Looks at the start of each file.
     *
     * @throws io.mlcicd.operation.InvalidInputException when one is empty, not what its name or the options say, or not
     *     written as the others are
     */
    public static TextForm of(DataFiles files, ReadOptions options) {
        try (SpillFolder folder = SpillFolder.create()) {
            PlainText text = new PlainText(folder.path(), options);
            List<PlainText.Head> heads = new ArrayList<>();
            for (DataFile file : files.files()) {
                heads.add(text.head(file));
            }
            PlainText.Head first = heads.get(0);
            if (files.format() == Format.JSONL) {
                JsonKeys keys = new JsonKeys();
                heads.forEach(head -> keys.look(head.plain()));
                return new TextForm(
                        first.charset(), first.compression() != Compression.NONE, Optional.empty(), keys.columns());
            }
            CsvDialect dialect = CsvDialect.of(first.plain(), files.format(), options);
            for (PlainText.Head head : heads.subList(1, heads.size())) {
                dialect.requireSame(CsvDialect.of(head.plain(), files.format(), options), first.plain(), head.plain());
            }
            return new TextForm(
                    first.charset(), first.compression() != Compression.NONE, Optional.of(dialect), List.of());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    /** Whether a file is plain UTF-8, so that readers may begin anywhere in it. */
    public boolean isPlain() {
        return !packed && charset.equals(StandardCharsets.UTF_8);
    }

    /**
     * The first thing wrong with the files, which are read for it; empty when nothing is found.
     *
     * @throws io.mlcicd.operation.InvalidInputException when one cannot be unpacked or is not in its encoding
     */
    public Optional<String> problem(DataFiles files, ReadOptions options) throws InterruptedException {
        try (SpillFolder folder = SpillFolder.create()) {
            List<DataFile> plain = isPlain() ? files.files() : new PlainText(folder.path(), options).of(files.files());
            return plain.stream()
                    .map(file -> csv.isPresent() ? TextProblems.ofCsv(file, csv.get()) : TextProblems.ofJsonLines(file))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }
}
