package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a data set, sorted by path. Of a folder these are all files below it but those that are hidden from
 * readers by custom: whose name, or that of a folder on the way, begins with a dot or an underscore.
 *
 * @param base the folder that the files are below, or the one file
 * @param files at least one
 * @param format that all files have
 */
public record DataFiles(Path base, List<DataFile> files, Format format) {

    /**
     * Finds the files of a source.
     *
     * @throws InvalidInputException when there are none, one cannot be read or is empty, or their formats differ
     */
    public static DataFiles of(FileSource source) {
        PathPattern pattern = PathPattern.of(source.location());
        if (pattern.below().isEmpty() && !Files.exists(pattern.base())) {
            throw new InvalidInputException(source.shown() + " does not exist");
        }
        List<DataFile> files = found(source);
        if (files.isEmpty()) {
            throw new InvalidInputException(
                    pattern.below().isPresent()
                            ? "no file matches " + source.shown()
                            : source.shown() + " is a folder without data files in it");
        }
        files.forEach(DataFile::refuseUnreadable);
        Partitions.keys(files);
        return new DataFiles(pattern.base(), files, format(source, files));
    }

    /** The files, whether or not they can be read; none when there are none. */
    static List<DataFile> found(FileSource source) {
        PathPattern pattern = PathPattern.of(source.location());
        if (Files.isDirectory(pattern.base())) {
            return below(source, pattern);
        }
        return pattern.below().isPresent() || !Files.exists(pattern.base())
                ? List.of()
                : List.of(new DataFile(pattern.base(), source.shown(), List.of()));
    }

    private static List<DataFile> below(FileSource source, PathPattern pattern) {
        Path base = pattern.base();
        boolean seesHidden = pattern.below().isPresent() && source.location().matches(".*/[._][^/]*$");
        try (Stream<Path> walk = Files.walk(base, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> relative(base, file))
                    .filter(file -> seesHidden || !file.matches("(?:.*/)?[._].*"))
                    .filter(pattern::matches)
                    .sorted()
                    .map(file -> DataFile.below(source, base, file))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException("cannot list " + source.shown() + ": " + e.getMessage(), e);
        }
    }

    private static String relative(Path base, Path file) {
        return base.relativize(file).toString().replace(File.separatorChar, '/');
    }

    private static Format format(FileSource source, List<DataFile> files) {
        if (source.format().isPresent()) {
            return source.format().get();
        }
        DataFile first = files.get(0);
        Format format = Format.ofFileName(first.shown());
        for (DataFile file : files) {
            Format other = Format.ofFileName(file.shown());
            if (other != format) {
                throw new InvalidInputException(
                        "%s: %s is %s, yet %s is %s; name the files of one data set by a pattern, such as *.%s"
                                .formatted(
                                        source.shown(),
                                        first.shown(),
                                        format.key(),
                                        file.shown(),
                                        other.key(),
                                        format.key()));
            }
        }
        return format;
    }

    /** Their paths. */
    public List<Path> paths() {
        return files.stream().map(DataFile::path).toList();
    }
}
