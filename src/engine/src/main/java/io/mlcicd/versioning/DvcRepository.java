package io.mlcicd.versioning;

import io.mlcicd.lineage.DvcVersion;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What DVC records of the data around a project. DVC itself is not needed, nor is a network. */
public final class DvcRepository {

    private final Path project;
    private final Path root;

    /** The repository around a project's folder; one without {@code .dvc/} has no more than that folder. */
    public DvcRepository(Path project) {
        this.project = project.toAbsolutePath().normalize();
        this.root = root(this.project);
    }

    private static Path root(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(DvcConfig.FOLDER))) {
                return at;
            }
        }
        return folder;
    }

    /**
     * How DVC names the present version of a data set.
     *
     * @param location a file or folder
     * @return empty when DVC does not record it, or does as parts of which each has a version
     * @throws InvalidInputException when a file of DVC is broken
     */
    public Optional<DvcVersion> version(Path location) {
        List<DvcOutput> outputs = outputs(location);
        return outputs.size() == 1
                ? outputs.get(0)
                        .hash()
                        .map(hash -> new DvcVersion(
                                DvcFiles.relative(project, outputs.get(0).recordedIn()),
                                hash.toString(),
                                DvcConfig.of(root).remote(outputs.get(0).remote())))
                : Optional.empty();
    }

    /**
     * Holds a data set against what DVC recorded: MD5 of files, and of folders with all their files.
     *
     * @param location a file or folder
     * @param files those in the folder that alone belong to the data set; empty for all
     * @param shown how messages name it
     * @return empty when DVC does not record it, or only by a checksum of a storage
     * @throws InvalidInputException when it was not pulled, or a file of DVC is broken
     * @throws OutsideSystemException when a file cannot be read
     */
    public Optional<DvcState> check(Path location, Collection<Path> files, String shown) throws InterruptedException {
        List<Path> members = files.stream().map(this::absolute).toList();
        List<DvcOutput> outputs = outputs(location).stream()
                .filter(output -> members.isEmpty()
                        || absolute(location).startsWith(output.location())
                        || members.stream().anyMatch(file -> file.startsWith(output.location())))
                .filter(output -> output.hash().filter(DvcHash::isOfContent).isPresent())
                .toList();
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        Path data = absolute(location);
        long differing = 0;
        List<String> sentences = new ArrayList<>();
        for (DvcOutput output : outputs) {
            requirePulled(output, data, shown);
            DvcComparison.Difference difference = compare(output, data);
            if (difference.files() > 0) {
                differing += difference.files();
                sentences.add("%s; to record it run: dvc %s, to get back what was recorded: dvc checkout %s"
                        .formatted(
                                difference.text(),
                                output.isPointer() ? "add " + DvcFiles.relative(project, output.location()) : "repro",
                                DvcFiles.relative(
                                        project, output.isPointer() ? output.recordedIn() : output.location())));
            }
        }
        List<String> recorders = outputs.stream()
                .map(output -> DvcFiles.relative(project, output.recordedIn()))
                .distinct()
                .toList();
        String message = sentences.isEmpty()
                ? shown + " is what " + String.join(", ", recorders) + (recorders.size() == 1 ? " records" : " record")
                : String.join("; ", sentences);
        return Optional.of(new DvcState(differing, recorders, message));
    }

    /**
     * The sentence for a data set that DVC records and that is not there, with the command that brings it; empty when it is
     * there or unknown to DVC.
     */
    public Optional<String> notPulled(Path location, String shown) {
        return outputs(location).stream()
                .filter(output -> !Files.exists(output.location()) || isMissingIn(output, absolute(location)))
                .findFirst()
                .map(output -> "%s is not there, but %s records it; run: %s"
                        .formatted(shown, DvcFiles.relative(project, output.recordedIn()), output.pulling(project)));
    }

    /** The parameters that the project's DVC pipeline was run with, as {@code dvc.lock} records them; none without one. */
    public Map<String, String> parameters() {
        Path lock = project.resolve(DvcFiles.LOCK);
        return Files.isRegularFile(lock) ? DvcFiles.parameters(lock) : Map.of();
    }

    private void requirePulled(DvcOutput output, Path data, String shown) {
        if (!Files.exists(output.location()) || isMissingIn(output, data)) {
            throw new InvalidInputException(notPulled(data, shown).orElseThrow());
        }
    }

    private static boolean isMissingIn(DvcOutput output, Path data) {
        return data.startsWith(output.location()) && !Files.exists(data);
    }

    private DvcComparison.Difference compare(DvcOutput output, Path data) throws InterruptedException {
        try {
            return new DvcComparison(root, project).of(output, data);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new OutsideSystemException(
                    "cannot read %s: %s".formatted(DvcFiles.relative(project, output.location()), e.getMessage()), e);
        }
    }

    /** The outputs that the location is, lies in, or has below it; a {@code .dvc} file goes before a {@code dvc.lock}. */
    private List<DvcOutput> outputs(Path location) {
        Path data = absolute(location);
        Map<Path, DvcOutput> found = new LinkedHashMap<>();
        for (Path file : files(data)) {
            List<DvcOutput> recorded =
                    file.getFileName().toString().equals(DvcFiles.LOCK) ? DvcFiles.lock(file) : DvcFiles.pointer(file);
            for (DvcOutput output : recorded) {
                if (data.startsWith(output.location()) || output.location().startsWith(data)) {
                    found.putIfAbsent(output.location(), output);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Path absolute(Path location) {
        return project.resolve(location).toAbsolutePath().normalize();
    }

    /** The files of DVC that may record it: those in its folder and above, in the project's, and below it. */
    private Set<Path> files(Path data) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path at = data.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
            folders.add(at);
        }
        for (Path at = project; at != null && at.startsWith(root); at = at.getParent()) {
            folders.add(at);
        }
        Set<Path> files = new LinkedHashSet<>();
        folders.forEach(folder -> files.addAll(list(folder, 1)));
        if (Files.isDirectory(data)) {
            files.addAll(list(data, Integer.MAX_VALUE));
        }
        List<Path> pointersFirst = new ArrayList<>(files);
        pointersFirst.sort(
                Comparator.comparing(file -> file.getFileName().toString().equals(DvcFiles.LOCK)));
        return new LinkedHashSet<>(pointersFirst);
    }

    private static List<Path> list(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.find(folder, depth, (file, attributes) -> isOfDvc(file) && attributes.isRegularFile())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOfDvc(Path file) {
        String name = file.getFileName().toString();
        return name.equals(DvcFiles.LOCK) || (name.endsWith(".dvc") && name.length() > ".dvc".length());
    }
}
