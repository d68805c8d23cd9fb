package io.mlcicd.pipeline;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.drift.StoredProfile;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The profiles of data that were accepted: of each data set the last, as {@code NAME.json}, and those before, as {@code
 * history/NAME/INSTANT-DIGEST.json}. Whoever reads while another writes sees whole profiles only.
 */
final class AcceptedProfiles {

    /** How many profiles of a data set are kept. */
    static final int MOST = 30;

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{6}Z-([0-9a-f]{12})\\.json");

    private final Path folder;

    AcceptedProfiles(Path folder) {
        this.folder = folder;
    }

    /** The profile that was accepted last; empty when none was, or by another version. */
    Optional<DataProfile> last(String dataSet) {
        return read(lastFile(dataSet));
    }

    /**
     * Those that were accepted last, newest first, none twice; fewer when there are not so many. What another version
     * wrote is left out.
     */
    List<StoredProfile> last(String dataSet, int most) {
        // Versions before this one kept the last alone.
        List<Path> files = Stream.concat(history(dataSet).stream(), Stream.of(lastFile(dataSet)))
                .toList();
        Set<DataProfile> seen = new HashSet<>();
        return files.stream()
                .flatMap(file -> read(file).filter(seen::add).map(profile -> stored(profile, file)).stream())
                .limit(most)
                .toList();
    }

    private StoredProfile stored(DataProfile profile, Path file) {
        return new StoredProfile(
                profile, folder.getFileName().resolve(folder.relativize(file)).toString());
    }

    /** Makes a profile the last; when it was accepted before it moves up and is not kept twice. */
    void accept(DataProfile profile, Instant now) {
        String text = Json.write(profile);
        String digest = Digests.of(text.getBytes(StandardCharsets.UTF_8)).abbreviated();
        keepLastOfOtherVersions(profile.name());
        Path file = historyFolder(profile.name()).resolve(INSTANT.format(now) + "-" + digest + ".json");
        AtomicFiles.write(file, text);
        AtomicFiles.write(lastFile(profile.name()), text);

        List<Path> history = history(profile.name());
        for (int i = 0; i < history.size(); i++) {
            Path old = history.get(i);
            boolean same = digest(old).equals(digest) && !old.equals(file);
            if (same || i >= MOST) {
                delete(old);
            }
        }
    }

    /** Versions before this one kept the last alone; it becomes the first of the history. */
    private void keepLastOfOtherVersions(String dataSet) {
        Path last = lastFile(dataSet);
        if (!history(dataSet).isEmpty()) {
            return;
        }
        read(last).ifPresent(profile -> {
            try {
                String text = Json.write(profile);
                Instant then = Files.getLastModifiedTime(last).toInstant();
                String digest =
                        Digests.of(text.getBytes(StandardCharsets.UTF_8)).abbreviated();
                AtomicFiles.write(historyFolder(dataSet).resolve(INSTANT.format(then) + "-" + digest + ".json"), text);
            } catch (IOException e) {
                throw new OutsideSystemException("cannot read " + last + ": " + e.getMessage(), e);
            }
        });
    }

    /** The files of a data set's history, newest first. */
    private List<Path> history(String dataSet) {
        Path history = historyFolder(dataSet);
        if (!Files.isDirectory(history)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(history)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + history + ": " + e.getMessage(), e);
        }
    }

    private static String digest(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? name.group(1) : "";
    }

    private static Optional<DataProfile> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DataProfiles.read(file));
        } catch (InvalidInputException e) {
            // What another version wrote tells this one nothing, and what has just been removed is no longer accepted.
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (NoSuchFileException e) {
            // Another run of the same project has removed it.
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private Path lastFile(String dataSet) {
        return folder.resolve(fileName(dataSet) + ".json");
    }

    private Path historyFolder(String dataSet) {
        return folder.resolve("history").resolve(fileName(dataSet));
    }

    private static String fileName(String dataSet) {
        return URLEncoder.encode(dataSet, StandardCharsets.UTF_8);
    }
}
