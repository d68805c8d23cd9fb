package io.mlcicd.deployment.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.artifact.ModelVersion.Content;
import io.mlcicd.deployment.artifact.ModelVersion.VersionFile;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.registry.RegistryManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Versions, and what is noted of names, as manifests of the OCI image specification 1.1 (manifest.md, "Guidelines for
 * Artifact Usage"): one layer for each file, named by its title as ORAS does it, so that other tools can pull it, too.
 * All of it follows from the content alone.
 */
final class OciForm {

    static final String MODEL = "application/vnd.mlcicd.model.v1+json";
    static final String PUBLICATIONS = "application/vnd.mlcicd.publications.v1+json";
    static final String WITHDRAWN = "application/vnd.mlcicd.withdrawn.v1+json";

    private static final String FILE = "application/octet-stream";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final byte[] NOTHING = {'{', '}'};

    /** What every registry must take (distribution specification 1.1, "Pushing Manifests"). */
    private static final int LONGEST_MANIFEST = 4 << 20;

    /** A manifest with its configuration. */
    static final class Form {
        private final RegistryManifest manifest;
        private final byte[] config;

        Form(RegistryManifest manifest, byte[] config) {
            this.manifest = manifest;
            this.config = config.clone();
        }

        RegistryManifest manifest() {
            return manifest;
        }

        byte[] config() {
            return config.clone();
        }
    }

    private OciForm() {}

    /**
     * A version.
     *
     * @throws InvalidInputException when it has more files than a manifest can name
     */
    static Form of(Content content) {
        ArrayNode layers = Json.mapper().createArrayNode();
        for (VersionFile file : content.files()) {
            ObjectNode layer = layers.addObject();
            layer.put("mediaType", FILE).put("digest", file.digest().value()).put("size", file.size());
            layer.putObject("annotations").put(TITLE, file.path());
        }
        Form form = form(MODEL, new RegistryManifest(Json.mapper().valueToTree(content)).bytes(), layers);
        annotate((ObjectNode) form.manifest().content(), content);
        if (form.manifest().bytes().length > LONGEST_MANIFEST) {
            throw new InvalidInputException("%d files are more than one artifact can name; put them into an archive"
                    .formatted(content.files().size()));
        }
        return form;
    }

    private static void annotate(ObjectNode manifest, Content content) {
        Map<String, String> notes = new TreeMap<>();
        notes.put(TITLE, content.model());
        notes.put("org.opencontainers.image.version", content.release());
        content.commit().ifPresent(commit -> notes.put("org.opencontainers.image.revision", commit));
        notes.put("io.mlcicd.model.name", content.model());
        notes.put("io.mlcicd.model.digest", content.modelDigest().value());
        content.data().forEach((name, digest) -> notes.put("io.mlcicd.data." + name, digest.value()));
        ObjectNode annotations = manifest.putObject("annotations");
        notes.forEach(annotations::put);
    }

    /** What is noted of a name. */
    static Form of(List<Publication> publications) {
        return form(PUBLICATIONS, new RegistryManifest(Json.mapper().valueToTree(publications)).bytes(), empty());
    }

    /** What a name points at that points at no version. */
    static Form withdrawn() {
        return form(WITHDRAWN, NOTHING, empty());
    }

    /** An artifact without files has one empty layer, for some registries refuse none. */
    private static ArrayNode empty() {
        ArrayNode layers = Json.mapper().createArrayNode();
        layers.addObject()
                .put("mediaType", EMPTY)
                .put("digest", Digests.of(NOTHING).value())
                .put("size", NOTHING.length);
        return layers;
    }

    static byte[] nothing() {
        return NOTHING.clone();
    }

    private static Form form(String type, byte[] config, ArrayNode layers) {
        ObjectNode manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", RegistryManifest.IMAGE)
                .put("artifactType", type);
        manifest.putObject("config")
                .put("mediaType", type)
                .put("digest", Digests.of(config).value())
                .put("size", config.length);
        manifest.set("layers", layers);
        return new Form(new RegistryManifest(manifest), config);
    }

    /** What kind of thing a manifest describes. */
    static String type(RegistryManifest manifest) {
        return manifest.content().path("config").path("mediaType").asText();
    }

    static Digest config(RegistryManifest manifest) {
        return new Digest(manifest.content().path("config").path("digest").asText());
    }

    /**
     * Reads a version.
     *
     * @throws OutsideSystemException when manifest and configuration do not agree, or a path leads out of the folder
     */
    static ModelVersion version(Digest digest, RegistryManifest manifest, byte[] config) {
        try {
            Content content = Json.mapper().readValue(config, Content.class);
            List<String> layers = new ArrayList<>();
            for (JsonNode layer : manifest.content().path("layers")) {
                layers.add(layer.path("digest").asText());
            }
            List<String> files =
                    content.files().stream().map(file -> file.digest().value()).toList();
            boolean escapes = content.files().stream().anyMatch(file -> !isInside(file.path()));
            if (!layers.equals(files) || escapes) {
                throw new OutsideSystemException(
                        "the artifact %s is not formed as a model's version".formatted(digest));
            }
            return new ModelVersion(digest, content);
        } catch (IOException | IllegalArgumentException e) {
            throw new OutsideSystemException("the artifact %s is not formed as a model's version".formatted(digest), e);
        }
    }

    private static boolean isInside(String path) {
        boolean plain = !path.isEmpty() && !path.startsWith("/") && !path.contains("\\") && !path.contains(":");
        return plain && List.of(path.split("/", -1)).stream().noneMatch(part -> part.matches("|\\.|\\.\\."));
    }

    /** Reads what is noted of a name. */
    static List<Publication> publications(byte[] config) {
        try {
            return List.of(Json.mapper().readValue(config, Publication[].class));
        } catch (IOException e) {
            throw new OutsideSystemException("what is noted of the published versions cannot be read", e);
        }
    }
}
