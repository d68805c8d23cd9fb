package io.mlcicd.versioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is in the workspace with what DVC recorded, file by file where the cache has the recorded listing. */
final class DvcComparison {

    private static final int NAMED = 5;

    /** A listing is hashed as it is, in all versions of DVC. */
    private static final DvcHashing LISTINGS = new DvcHashing(new DvcHash(DvcHash.MD5, ""));

    private final Path root;
    private final Path project;

    DvcComparison(Path root, Path project) {
        this.root = root;
        this.project = project;
    }

    /** How many files differ, and a sentence that says so. */
    record Difference(long files, String text) {
        static final Difference NONE = new Difference(0, "");
    }

    Difference of(DvcOutput output, Path data) throws IOException, InterruptedException {
        DvcHash hash = output.hash().orElseThrow();
        DvcHashing hashing = new DvcHashing(hash);
        String name = DvcFiles.relative(project, output.location());
        String recorder = DvcFiles.relative(project, output.recordedIn());
        if (!hash.isFolder()) {
            boolean same = Files.isRegularFile(output.location())
                    && hashing.of(output.location()).equals(hash.value());
            return same ? Difference.NONE : new Difference(1, name + " is not what " + recorder + " records");
        }
        if (!Files.isDirectory(output.location())) {
            return new Difference(1, name + " is no folder, as " + recorder + " records it");
        }
        Optional<Map<String, String>> recorded = recordedListing(hash);
        if (recorded.isPresent() && !data.equals(output.location()) && Files.isRegularFile(data)) {
            return ofOneFile(output, data, recorded.get(), hashing);
        }
        Map<String, String> present = hashing.listing(output.location(), new DvcIgnore(root));
        if (DvcHashing.of(present).equals(hash.digits())) {
            return Difference.NONE;
        }
        return recorded.map(before -> differences(name, recorder, before, present))
                .orElseGet(() ->
                        new Difference(1, "the files in %s are not all what %s records".formatted(name, recorder)));
    }

    private Difference ofOneFile(DvcOutput output, Path file, Map<String, String> recorded, DvcHashing hashing)
            throws IOException {
        String path = DvcFiles.slashed(output.location().relativize(file));
        return hashing.of(file).equals(recorded.get(path))
                ? Difference.NONE
                : new Difference(
                        1,
                        "%s is not what %s records"
                                .formatted(
                                        DvcFiles.relative(project, file),
                                        DvcFiles.relative(project, output.recordedIn())));
    }

    private static Difference differences(
            String folder, String recorder, Map<String, String> recorded, Map<String, String> present) {
        List<String> names = new ArrayList<>();
        recorded.forEach((path, hash) -> {
            if (!present.containsKey(path)) {
                names.add(path + " (gone)");
            } else if (!present.get(path).equals(hash)) {
                names.add(path + " (changed)");
            }
        });
        present.keySet().stream()
                .filter(path -> !recorded.containsKey(path))
                .forEach(path -> names.add(path + " (new)"));
        names.sort(DvcHashing::byCodePoints);
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
        return new Difference(
                Math.max(1, names.size()), "%s is not what %s records: %s".formatted(folder, recorder, shown));
    }

    /** The listing of a folder as it was recorded, if DVC's cache on this machine has it whole. */
    private Optional<Map<String, String>> recordedListing(DvcHash hash) throws IOException {
        Path cache = DvcConfig.of(root).cache(root);
        String name = hash.value().substring(0, 2) + "/" + hash.value().substring(2);
        for (Path file : List.of(cache.resolve("files/md5").resolve(name), cache.resolve(name))) {
            if (Files.isRegularFile(file) && LISTINGS.of(file).equals(hash.digits())) {
                Map<String, String> listing = new HashMap<>();
                for (JsonNode entry : Json.read(file)) {
                    listing.put(
                            entry.path("relpath").asText(), entry.path("md5").asText());
                }
                return Optional.of(listing);
            }
        }
        return Optional.empty();
    }
}
