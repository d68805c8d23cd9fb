package io.mlcicd.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps a project's lineage records, one JSON file each, in its folder {@code .mlcicd/lineage}. */
public final class LineageStore {

    /** The JSON Schema of the files. */
    public static final String SCHEMA = "lineage.schema.json";

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    /** The store of the project in this folder; nothing is made before the first record is kept. */
    public LineageStore(Path project) {
        this(project, Clock.systemUTC());
    }

    LineageStore(Path project, Clock clock) {
        this.folder = project.resolve(".mlcicd").resolve("lineage");
        this.clock = clock;
    }

    /**
     * Keeps a record under the present time.
     *
     * @param model the model's name
     * @throws OutsideSystemException when the disk refuses
     */
    public LineageEntry append(String model, LineageRecord record) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LineageEntry entry = new LineageEntry(LineageEntry.SCHEMA_VERSION, now, model, record);
        String text = Json.write(entry);
        AtomicFiles.write(folder.resolve(fileName(entry, text)), text);
        return entry;
    }

    /** The record kept last. */
    public Optional<LineageEntry> newest() {
        return all().stream().findFirst();
    }

    /** All records that can be read, newest first. */
    public List<LineageEntry> all() {
        return scan(new ArrayList<>());
    }

    /**
     * The records with a digest, a commit or a deployment whose name begins with this text, newest first; see
     * {@link LineageEntry#matches}.
     *
     * @throws InvalidInputException when the text is blank
     */
    public List<LineageEntry> find(String prefix) {
        if (prefix.isBlank()) {
            throw new InvalidInputException(
                    "give the beginning of a digest, of a commit or of a deployment's name to look for");
        }
        return all().stream().filter(entry -> entry.matches(prefix)).toList();
    }

    /** One sentence for each file in the store that is no lineage record: the file and what is wrong with it. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        scan(problems);
        return problems;
    }

    /** Two records of one microsecond differ in content, so a digest of the content keeps their names apart. */
    private static String fileName(LineageEntry entry, String text) {
        String model = entry.record()
                .model()
                .map(artifact -> artifact.digest().abbreviated())
                .orElse("no-model");
        String content = Digests.of(text.getBytes(StandardCharsets.UTF_8)).abbreviated();
        return "%s-%s-%s.json".formatted(FILE_TIME.format(entry.recordedAt()), model, content);
    }

    private List<LineageEntry> scan(List<String> problems) {
        List<LineageEntry> entries = new ArrayList<>();
        for (Path file : files()) {
            try {
                entries.add(read(file));
            } catch (InvalidInputException e) {
                problems.add(e.getMessage());
            }
        }
        entries.sort(Comparator.comparing(LineageEntry::recordedAt).reversed());
        return List.copyOf(entries);
    }

    /** The files by descending name, which settles the order of records of the same instant. */
    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static LineageEntry read(Path file) {
        JsonNode document = Json.read(file);
        for (JsonSchemas.Violation violation : JsonSchemas.check(SCHEMA, document)) {
            throw new InvalidInputException(
                    "%s: not a lineage record: %s: %s".formatted(file, violation.pointer(), violation.message()));
        }
        try {
            return Json.mapper().treeToValue(document, LineageEntry.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + ": not a lineage record: " + e.getOriginalMessage(), e);
        }
    }
}
