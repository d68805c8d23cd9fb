package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells the models that are zip archives apart: PyTorch and TorchScript (PyTorch's "Serialization semantics": a folder
 * with {@code data.pkl}, TorchScript with {@code constants.pkl} and code beside it) and Keras 3
 * ({@code metadata.json}, {@code config.json}).
 */
final class ZipModel {

    private static final int LONGEST = 1 << 24;

    private ZipModel() {}

    /**
     * Reads the archive's small entries.
     *
     * @return empty for an archive of something else
     * @throws IOException when it is broken
     */
    static Optional<ModelFacts> read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("metadata.json") != null && zip.getEntry("config.json") != null) {
                return Optional.of(keras(zip));
            }
            Optional<String> data = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches("[^/]+/data\\.pkl"))
                    .findFirst();
            return data.isPresent() ? Optional.of(torch(zip, data.get())) : Optional.empty();
        }
    }

    private static ModelFacts torch(ZipFile zip, String data) throws IOException {
        String folder = data.substring(0, data.indexOf('/') + 1);
        Map<String, String> versions = new TreeMap<>();
        Optional<String> version = text(zip, folder + "version");
        version.map(String::strip).ifPresent(number -> versions.put("format", number));
        boolean script = zip.getEntry(folder + "constants.pkl") != null
                && zip.stream().anyMatch(entry -> entry.getName().startsWith(folder + "code/"));
        return new ModelFacts(script ? ModelKind.TORCHSCRIPT : ModelKind.PYTORCH, versions, Signature.NONE);
    }

    private static ModelFacts keras(ZipFile zip) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        JsonNode version = json(zip, "metadata.json").path("keras_version");
        if (version.isTextual()) {
            versions.put("keras", version.asText());
        }
        JsonNode config = json(zip, "config.json");
        if (config.path("class_name").isTextual()) {
            versions.put("model", config.path("class_name").asText());
        }
        return new ModelFacts(ModelKind.KERAS, versions, KerasConfig.signature(config));
    }

    private static JsonNode json(ZipFile zip, String name) throws IOException {
        return Json.mapper().readTree(text(zip, name).orElse("{}"));
    }

    private static Optional<String> text(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(LONGEST);
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        }
    }
}
