package io.mlcicd.versioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what DVC writes: {@code .dvc} files (of DVC 1 to 3) and {@code dvc.lock} (schema 1.0, in which the stages stand at
 * the top, and 2.0). Source: the reference of DVC 3.64, "DVC files" and "dvc.lock", and its {@code dvc/schema.py}.
 */
final class DvcFiles {

    static final String LOCK = "dvc.lock";
    static final String PIPELINE = "dvc.yaml";

    private static final List<String> STORAGE_CHECKSUMS = List.of("etag", "checksum");

    private DvcFiles() {}

    /**
     * The outputs that a {@code .dvc} file records.
     *
     * @throws InvalidInputException when it is no such file
     */
    static List<DvcOutput> pointer(Path file) {
        YamlDocument document = YamlDocument.parse(file);
        JsonNode content = document.content();
        if (!content.path("outs").isArray()) {
            throw document.error("", "is no file of DVC, for it has no list 'outs'; restore it, or run: dvc add");
        }
        return outputs(
                document,
                "/outs",
                file.toAbsolutePath().resolveSibling(content.path("wdir").asText(".")));
    }

    /**
     * The outputs of all stages that a {@code dvc.lock} records.
     *
     * @throws InvalidInputException when it is no such file
     */
    static List<DvcOutput> lock(Path file) {
        YamlDocument document = YamlDocument.parse(file);
        String stages = stages(document);
        List<DvcOutput> outputs = new ArrayList<>();
        JsonNode pipeline = pipeline(file.resolveSibling(PIPELINE));
        document.content()
                .at(stages)
                .fieldNames()
                .forEachRemaining(name -> workingFolder(file, pipeline, name)
                        .ifPresent(folder ->
                                outputs.addAll(outputs(document, stages + "/" + escaped(name) + "/outs", folder))));
        return outputs;
    }

    /**
     * The parameters that the stages of a {@code dvc.lock} were run with; those of files other than {@code params.yaml} have
     * the file's name and a colon before theirs, as DVC itself tells them apart.
     */
    static Map<String, String> parameters(Path lock) {
        YamlDocument document = YamlDocument.parse(lock);
        Map<String, String> parameters = new LinkedHashMap<>();
        document.content()
                .at(stages(document))
                .forEach(stage -> stage.path("params")
                        .properties()
                        .forEach(file -> file.getValue()
                                .properties()
                                .forEach(entry -> parameters.put(
                                        file.getKey().equals("params.yaml")
                                                ? entry.getKey()
                                                : file.getKey() + ":" + entry.getKey(),
                                        entry.getValue().isValueNode()
                                                ? entry.getValue().asText()
                                                : entry.getValue().toString()))));
        return parameters;
    }

    /** Schema 2.0 has the stages under a key, 1.0 has nothing else. */
    private static String stages(YamlDocument document) {
        JsonNode schema = document.content().path("schema");
        if (schema.isMissingNode() || schema.isObject()) {
            return "";
        }
        if (!schema.asText().matches("[12]\\.[0-9]+")) {
            throw document.error(
                    "/schema", "is %s; ml-cicd reads the schemas 1.0 and 2.0 of dvc.lock".formatted(schema.asText()));
        }
        return schema.asText().startsWith("1.") && !document.content().has("stages") ? "" : "/stages";
    }

    private static JsonNode pipeline(Path file) {
        return Files.isRegularFile(file) ? YamlDocument.parse(file).content() : MissingNode.getInstance();
    }

    /** The folder that a stage's paths are relative to; empty when it is computed. */
    private static Optional<Path> workingFolder(Path lock, JsonNode pipeline, String stage) {
        String group = stage.contains("@") ? stage.substring(0, stage.indexOf('@')) : stage;
        JsonNode written = pipeline.path("stages").path(pipeline.path("stages").has(stage) ? stage : group);
        String folder =
                (written.has("do") ? written.path("do") : written).path("wdir").asText(".");
        return folder.contains("${")
                ? Optional.empty()
                : Optional.of(lock.toAbsolutePath().resolveSibling(folder));
    }

    private static List<DvcOutput> outputs(YamlDocument document, String pointer, Path folder) {
        List<DvcOutput> outputs = new ArrayList<>();
        JsonNode list = document.content().at(pointer);
        for (int i = 0; i < list.size(); i++) {
            JsonNode out = list.get(i);
            String at = pointer + "/" + i;
            String path = out.path("path").asText("");
            if (path.isEmpty()) {
                throw document.error(at, "names no 'path'; restore the file as DVC wrote it");
            }
            if (path.contains("://")) {
                continue; // It lies in a storage, where nothing of the workspace could differ from it.
            }
            try {
                outputs.add(new DvcOutput(
                        document.file(),
                        folder.resolve(path).normalize(),
                        hash(document, at, out),
                        Optional.ofNullable(out.get("remote")).map(JsonNode::asText)));
            } catch (InvalidPathException e) {
                throw document.error(at + "/path", "is no path of this system: " + e.getReason());
            }
        }
        return outputs;
    }

    private static Optional<DvcHash> hash(YamlDocument document, String pointer, JsonNode out) {
        if (out.has(DvcHash.MD5)) {
            String value = out.path(DvcHash.MD5).asText();
            if (!value.matches("[0-9a-f]{32}(\\.dir)?")) {
                throw document.error(pointer + "/md5", "is no MD5 hash; restore the file as DVC wrote it");
            }
            // DVC before 3.0 hashed text with its line ends as on Unix, and wrote no 'hash'.
            return Optional.of(new DvcHash(out.path("hash").asText(DvcHash.MD5_OF_UNIX_TEXT), value));
        }
        return STORAGE_CHECKSUMS.stream()
                .filter(out::has)
                .findFirst()
                .map(name -> new DvcHash(name, out.path(name).asText()));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A path as people are told of it. */
    static String relative(Path folder, Path file) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        return from.getRoot().equals(to.getRoot()) ? slashed(from.relativize(to)) : to.toString();
    }

    /** A path with forward slashes; where these separate names already, a backslash is part of a name. */
    static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
