package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.SeenAnswers;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Estimate;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Joins what both releases of a trial answered with the labels that arrive meanwhile. */
final class LiveLabels {

    /** A file that is replaced by one that copies into it is malformed for a moment. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A file that was left alone so long is not being written to. */
    private static final Duration AT_REST = Duration.ofSeconds(2);

    /** Reading may take this share of the time at most. */
    private static final int REST_PER_READING = 10;

    private final Labels labels;
    private final Answered own = new Answered();
    private final Answered old = new Answered();
    private SeenAnswers last = SeenAnswers.NONE;
    private List<Version> read = List.of();
    private boolean fresh;
    private long readAgain = System.nanoTime();
    private long inFiles;
    private Optional<Long> malformedSince = Optional.empty();

    /** What tells a file from what it was before. */
    private record Version(Path file, long size, FileTime changed) {
        boolean atRest() {
            return changed.toInstant().isBefore(Instant.now().minus(AT_REST));
        }
    }

    LiveLabels(Labels labels) {
        this.labels = labels;
    }

    /**
     * Reads the labels once, so that a file that cannot be read is refused before anything is begun; none is fine.
     *
     * @throws InvalidInputException when it is malformed
     */
    static void requireReadable(Labels labels) {
        LiveLabels once = new LiveLabels(labels);
        try {
            for (Version version : once.versions()) {
                LabelTable.read(labels, version.file(), version.atRest(), (id, label) -> {});
            }
        } catch (IOException e) {
            throw unreadable(labels, e);
        }
    }

    private static InvalidInputException unreadable(Labels labels, IOException e) {
        return new InvalidInputException("the labels %s cannot be read: %s (deploy.strategy.labels)"
                .formatted(labels.folder().resolve(labels.path()), e.getMessage()));
    }

    /**
     * The metrics by what was answered and labelled up to now.
     *
     * @throws InvalidInputException when a file of labels has been malformed for some seconds
     */
    Map<String, Estimate> look(Candidate candidate) throws InterruptedException {
        last = candidate.answered();
        own.add(last.candidate());
        old.add(last.active());
        fresh |= !last.candidate().isEmpty() || !last.active().isEmpty();
        if (System.nanoTime() - readAgain >= 0) {
            long begun = System.nanoTime();
            try {
                read();
                malformedSince = Optional.empty();
            } catch (InvalidInputException e) {
                bear(e);
            } catch (IOException e) {
                bear(unreadable(labels, e));
            }
            long now = System.nanoTime();
            readAgain = now + REST_PER_READING * (now - begun);
        }
        return LabelMetrics.of(own, old, labels.numeric(), labels.min());
    }

    private void bear(InvalidInputException e) {
        read = List.of();
        if (malformedSince.isEmpty()) {
            malformedSince = Optional.of(System.nanoTime());
        }
        if (System.nanoTime() - malformedSince.get() > GRACE.toNanos()) {
            throw e;
        }
    }

    private void read() throws IOException {
        List<Version> now = versions();
        boolean allAtRest = now.stream().allMatch(Version::atRest);
        if (now.equals(read) && !fresh) {
            return;
        }
        inFiles = 0;
        for (Version version : now) {
            LabelTable.read(labels, version.file(), version.atRest(), (id, label) -> {
                inFiles++;
                own.label(id, label);
                old.label(id, label);
            });
        }
        // A file that may still be written to may have had a last row that was left out.
        read = allAtRest ? now : List.of();
        fresh = false;
    }

    private List<Version> versions() throws IOException {
        List<Version> versions = new ArrayList<>();
        for (Path file : files()) {
            versions.add(new Version(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
        return versions;
    }

    private List<Path> files() throws IOException {
        Path literal = labels.folder().resolve(labels.path()).normalize();
        if (Files.isRegularFile(literal)) {
            return List.of(literal);
        }
        Path parent = literal.getParent();
        if (!labels.path().matches(".*[*?\\[{].*") || !Files.isDirectory(parent)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + literal.getFileName());
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Why there may be too few, in a clause. */
    String numbers() {
        String seen =
                "%d answers of it were seen, and %d labels are in %s".formatted(own.size(), inFiles, labels.path());
        String nameless = last.nameless() == 0
                ? ""
                : ", %d answers had no request id (deploy.strategy.requestId)".formatted(last.nameless());
        String blind =
                last.blind() == 0 ? "" : ", %d had no prediction (deploy.strategy.prediction)".formatted(last.blind());
        return seen + nameless + blind;
    }
}
