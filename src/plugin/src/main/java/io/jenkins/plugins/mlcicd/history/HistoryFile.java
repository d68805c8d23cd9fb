package io.jenkins.plugins.mlcicd.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The entries of a job's builds on disk: a line of JSON each, after a line with the format's version. It holds nothing that
 * the builds do not, so one that is damaged, or of another version, is made anew.
 */
final class HistoryFile {

    static final String NAME = "ml-cicd-builds.jsonl";

    private static final String VERSION = "{\"version\":1}";
    private static final Logger LOGGER = Logger.getLogger(HistoryFile.class.getName());

    private final Path folder;
    private final Path file;

    HistoryFile(Path jobFolder) {
        this.folder = jobFolder;
        this.file = jobFolder.resolve(NAME);
    }

    /** The entries by build number; those that cannot be read are left out. */
    Map<Integer, BuildEntry> read() {
        Map<Integer, BuildEntry> entries = new HashMap<>();
        ObjectReader reader = Json.mapper().readerFor(BuildEntry.class).with(StreamReadFeature.USE_FAST_DOUBLE_PARSER);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            if (!VERSION.equals(lines.readLine())) {
                return entries;
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                BuildEntry entry = reader.readValue(line);
                entries.put(entry.number(), entry);
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> file + " is not there yet");
        } catch (JsonProcessingException e) {
            LOGGER.log(Level.INFO, e, () -> file + " is damaged; the builds are read again");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read " + file);
        }
        return entries;
    }

    /**
     * Writes all entries. A disk that takes nothing costs time at the next start, not the page; of a job that was deleted in the
     * meantime nothing is written, for its folder would come back.
     */
    void write(Collection<BuildEntry> entries) {
        try {
            AtomicFiles.writeInFolder(file, out -> {
                out.write((VERSION + "\n").getBytes(StandardCharsets.UTF_8));
                for (BuildEntry entry : entries) {
                    out.write((Json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
        } catch (RuntimeException e) {
            Level level = Files.isDirectory(folder) ? Level.WARNING : Level.FINE;
            LOGGER.log(level, e, () -> "cannot write " + file);
        }
    }
}
