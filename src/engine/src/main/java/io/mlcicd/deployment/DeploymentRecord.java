package io.mlcicd.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The record of one deployment, {@code record.jsonl} in its folder: JSON lines that are only ever added. A line that a
 * killed writer left unfinished is passed over.
 */
final class DeploymentRecord {

    private static final String FILE = "record.jsonl";

    private final Path file;

    private DeploymentRecord(Path file) {
        this.file = file;
    }

    static DeploymentRecord of(DeploymentHome home) {
        return new DeploymentRecord(home.folder().resolve(FILE));
    }

    /** Adds a line, which is on the disk when this returns. Only for the holder of the deployment's lock. */
    void add(RecordEntry entry) {
        try {
            Files.createDirectories(file.getParent());
            String line = Json.mapper()
                            .writer()
                            .without(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(entry)
                    + "\n";
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = channel.size();
                String begin = end > 0 && !endsWithLine(channel, end) ? "\n" : "";
                ByteBuffer bytes = ByteBuffer.wrap((begin + line).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    end += channel.write(bytes, end);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean endsWithLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
    }

    /** All lines, the oldest first. */
    List<RecordEntry> entries() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<RecordEntry> entries = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                read(line).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return List.copyOf(entries);
    }

    private static Optional<RecordEntry> read(String line) {
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(Json.mapper().readValue(line, RecordEntry.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The line of a run that was begun and has no end, because whoever wrote it was killed. */
    Optional<RecordEntry> unfinished() {
        List<RecordEntry> entries = entries();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        RecordEntry last = entries.get(entries.size() - 1);
        return last.event() == RecordEntry.Event.BEGUN ? Optional.of(last) : Optional.empty();
    }

    /** The releases that served, the last one first, each once. */
    List<String> servedLast() {
        Set<String> ids = new LinkedHashSet<>();
        List<ServedPeriod> periods = periods();
        for (int i = periods.size() - 1; i >= 0; i--) {
            ids.add(periods.get(i).release());
        }
        return List.copyOf(ids);
    }

    /** What served when, the oldest first. */
    List<ServedPeriod> periods() {
        List<ServedPeriod> periods = new ArrayList<>();
        Optional<RecordEntry> serving = Optional.empty();
        for (RecordEntry entry : entries()) {
            if (entry.event().serves() || entry.event() == RecordEntry.Event.UNDEPLOYED) {
                serving.ifPresent(before -> periods.add(period(before, Optional.of(entry))));
                serving = Optional.of(entry).filter(one -> one.event().serves());
            }
        }
        serving.ifPresent(now -> periods.add(period(now, Optional.empty())));
        return List.copyOf(periods);
    }

    private static ServedPeriod period(RecordEntry served, Optional<RecordEntry> next) {
        return new ServedPeriod(
                served.release().orElse(""),
                served.model().map(model -> model.digest().value()),
                served.image(),
                served.at(),
                next.map(RecordEntry::at),
                served.by(),
                served.approvedBy(),
                served.promotedFrom());
    }
}
