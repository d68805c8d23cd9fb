package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One file of a data set.
 *
 * @param path where it is
 * @param shown how messages name it
 * @param folders names of the folders between the data set's own and the file
 */
public record DataFile(Path path, String shown, List<String> folders) {

    /** A file by its path, with forward slashes, below the data set's folder. */
    static DataFile below(FileSource source, Path base, String relative) {
        Path path = base.resolve(relative);
        String whole = path.toString();
        String hidden = source.location().endsWith(source.shown())
                ? source.location()
                        .substring(
                                0, source.location().length() - source.shown().length())
                : "";
        String shown = whole.startsWith(hidden) ? whole.substring(hidden.length()) : whole;
        List<String> names = List.of(relative.split("/"));
        return new DataFile(path, shown.replace('\\', '/'), names.subList(0, names.size() - 1));
    }

    void refuseUnreadable() {
        if (!Files.isReadable(path)) {
            throw new InvalidInputException(shown + " may not be read by this user");
        }
        try {
            if (Files.size(path) == 0) {
                throw new InvalidInputException(shown + " is empty");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    InvalidInputException unreadable(IOException e) {
        return new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
    }

    /** The same file where its text lies plain. */
    DataFile at(Path plain) {
        return new DataFile(plain, shown, folders);
    }
}
