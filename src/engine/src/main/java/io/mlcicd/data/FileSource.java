package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set in files.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param location a file, a folder of files, or a pattern of paths: {@code *}, {@code ?}, {@code [...]}, {@code **}
 * @param shown the location as the user wrote it, for messages and documents
 * @param format how the files are written, when somebody said so; else their names tell
 * @param read how they are to be read
 */
public record FileSource(String name, String location, String shown, Optional<Format> format, ReadOptions read)
        implements DataSource {

    /** The files at a location that is relative to a folder. */
    public static FileSource below(
            Path folder, String name, String location, Optional<Format> format, ReadOptions read) {
        return new FileSource(name, PathPattern.below(folder, location), location, format, read);
    }

    /** The same in a format that is now known. */
    FileSource as(Format known) {
        return new FileSource(name, location, shown, Optional.of(known), read);
    }

    /** Whether there is anything to read. */
    public boolean exists() {
        PathPattern pattern = PathPattern.of(location);
        return Files.exists(pattern.base())
                && (pattern.below().isEmpty() || !DataFiles.found(this).isEmpty());
    }

    /** The file or folder, or the folder below which a pattern's files are; it need not exist. */
    public Path base() {
        return PathPattern.of(location).base();
    }

    /** Whether the location is a pattern, which not all files of its folder need match. */
    public boolean isPattern() {
        return PathPattern.of(location).below().isPresent();
    }

    /** The files that are there, each by the name that messages give it, in no order; they may be of any format. */
    public Map<String, Path> files() {
        return DataFiles.found(this).stream()
                .collect(Collectors.toMap(DataFile::shown, DataFile::path, (first, again) -> first));
    }

    @Override
    public boolean saysNothingOfTypes() {
        Format known = format.orElseGet(() -> DataFiles.of(this).format());
        return known == Format.CSV || known == Format.TSV;
    }

    /**
     * The data set by its content; of several files it is the digest of a folder that holds those that are read, and no
     * others.
     *
     * @throws InvalidInputException when it cannot be read
     */
    public Artifact artifact() {
        DataFiles files = DataFiles.of(this);
        try {
            return Files.isDirectory(files.base())
                    ? Digests.artifact(name, shown, files.base(), files.paths())
                    : Digests.artifact(name, shown, files.base());
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }
}
