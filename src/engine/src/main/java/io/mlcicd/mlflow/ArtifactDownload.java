package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings a folder of artifacts to this machine; nothing that a server answers lets a file be written elsewhere. */
final class ArtifactDownload {

    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_PAGES = 10_000;
    private static final int DEEPEST = 64;

    /** No separator of any system, and no character that a terminal obeys. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/\\\\:\\p{Cntrl}]{1,255}");

    private final MlflowHttp http;
    private final ArtifactPlace place;
    private final String what;
    private final Progress progress;
    private final Deque<String> folders = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    /** @param what whose files they are */
    ArtifactDownload(MlflowHttp http, ArtifactPlace place, String what, Progress progress) {
        this.http = http;
        this.place = place;
        this.what = what;
        this.progress = progress;
    }

    /** Fills an empty folder. */
    void into(Path folder) throws InterruptedException {
        try {
            folders.add("");
            while (!folders.isEmpty()) {
                String next = folders.remove();
                Files.createDirectories(folder.resolve(next));
                fill(next, folder);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write " + folder + ": " + e.getMessage(), e);
        }
        if (seen.isEmpty()) {
            throw new OutsideSystemException(
                    "the MLflow server %s has no files of %s any more".formatted(http.server(), what));
        }
    }

    private void fill(String path, Path folder) throws IOException, InterruptedException {
        Optional<String> page = Optional.empty();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode listed = place.list(path, page).content("list the files of " + what);
            for (JsonNode entry : listed.path("files")) {
                take(path, entry, folder);
            }
            page = Optional.of(listed.path("next_page_token").asText()).filter(token -> !token.isEmpty());
            if (page.isEmpty()) {
                return;
            }
        }
        throw refused("lists folders without an end");
    }

    private void take(String path, JsonNode entry, Path folder) throws IOException, InterruptedException {
        String told = entry.path("path").asText();
        String before = place.told(path);
        String name = told.startsWith(before) ? told.substring(before.length()) : told;
        if (!NAME.matcher(name).matches()) {
            throw refused(
                    "names a file that would not be in the folder, '%s'".formatted(told.replaceAll("\\p{Cntrl}", "?")));
        }
        String below = path.isEmpty() ? name : path + "/" + name;
        if (!seen.add(below) || seen.size() > MOST_ENTRIES) {
            throw refused("lists a file twice, or more than %,d files".formatted(MOST_ENTRIES));
        }
        if (!entry.path("is_dir").asBoolean()) {
            fetch(below, entry.path("file_size"), folder);
        } else if (below.split("/", -1).length > DEEPEST) {
            throw refused("lists folders without an end");
        } else {
            folders.add(below);
        }
    }

    private void fetch(String path, JsonNode size, Path folder) throws IOException, InterruptedException {
        progress.step("fetching " + path, Double.NaN);
        Path file = folder.resolve(path);
        if (Files.exists(file)) {
            throw refused("lists two files that are one on this disk, '%s'".formatted(path));
        }
        OptionalLong announced =
                size.isMissingNode() || size.isNull() ? OptionalLong.empty() : OptionalLong.of(size.asLong());
        long most = Math.min(
                announced.orElse(Long.MAX_VALUE), Files.getFileStore(folder).getUsableSpace());
        http.file(place.address(path), file, most);
        if (announced.isPresent() && Files.size(file) != announced.getAsLong()) {
            throw refused("sent %,d of the %,d bytes of '%s'".formatted(Files.size(file), announced.getAsLong(), path));
        }
    }

    private OutsideSystemException refused(String why) {
        return new OutsideSystemException(
                "the MLflow server %s %s; of %s nothing is taken".formatted(http.server(), why, what));
    }
}
