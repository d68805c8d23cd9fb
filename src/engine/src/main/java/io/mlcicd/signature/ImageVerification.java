package io.mlcicd.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.registry.ImageArchive;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies that an image is the one that was signed, and that the statements about it are signed, too: in a registry,
 * where cosign keeps signatures, or a tarball with its files beside it.
 */
public final class ImageVerification {

    private final VerificationKey key;
    private final List<String> findings = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private boolean signed;

    private ImageVerification(VerificationKey key) {
        this.key = key;
    }

    /**
     * Verifies an image in a registry.
     *
     * @param image its name with tag or digest
     * @param access how the registry is talked to
     * @throws InvalidInputException when this is no image's name, or there is no such registry
     * @throws io.mlcicd.operation.OutsideSystemException when the registry refuses
     */
    public static VerifiedImage verify(String image, VerificationKey key, RegistryAccess access)
            throws InterruptedException {
        ImageReference reference;
        try {
            reference = ImageReference.parse(image);
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException("'%s' is not an image's name".formatted(image), e);
        }
        return new ImageVerification(key).inRegistry(reference, access);
    }

    /**
     * Verifies an image in a tarball by the files beside it.
     *
     * @throws InvalidInputException when this is no such tarball
     */
    public static VerifiedImage verify(Path tarball, VerificationKey key) {
        return new ImageVerification(key).inTarball(tarball);
    }

    private VerifiedImage inRegistry(ImageReference image, RegistryAccess access) throws InterruptedException {
        String doing = "verify " + image;
        Registry registry = new Registry(image, access);
        Optional<Digest> digest = registry.manifest(image.getQualifier(), doing).map(Registry.FoundManifest::digest);
        if (digest.isEmpty()) {
            findings.add("there is no image " + image);
            return result(digest);
        }
        for (JsonNode layer : layers(registry, Attachment.tag(digest.get(), ".sig"), doing)) {
            byte[] payload = registry.blob(new Digest(layer.path("digest").asText()), doing);
            String signature =
                    layer.path("annotations").path(Attachment.SIGNATURE).asText();
            signed |= ImageSignature.holds(payload, signature, digest.get(), key);
        }
        requireSignature(image.toString(), digest.get());
        for (JsonNode layer : layers(registry, Attachment.tag(digest.get(), ".att"), doing)) {
            byte[] envelope = registry.blob(new Digest(layer.path("digest").asText()), doing);
            statement(tree(envelope), digest.get(), "a statement about " + image);
        }
        return result(digest);
    }

    private static Iterable<JsonNode> layers(Registry registry, String tag, String doing) throws InterruptedException {
        return registry.manifest(tag, doing)
                .map(found -> found.manifest().content().path("layers"))
                .orElse(Json.mapper().createArrayNode());
    }

    private VerifiedImage inTarball(Path tarball) {
        Digest digest;
        try (ImageArchive archive = ImageArchive.open(tarball)) {
            digest = archive.verified();
            Path file = beside(tarball, SignatureFiles.SIGNATURE);
            if (Files.exists(file)) {
                JsonNode signature = tree(Files.readAllBytes(file));
                byte[] payload =
                        Base64.getDecoder().decode(signature.path("payload").asText());
                signed = ImageSignature.holds(
                        payload, signature.path("signature").asText(), digest, key);
            }
            requireSignature(tarball.toString(), digest);
            for (String ending : List.of(SignatureFiles.SIGNED_SBOM, SignatureFiles.SIGNED_PROVENANCE)) {
                Path envelope = beside(tarball, ending);
                if (Files.exists(envelope)) {
                    statement(tree(Files.readAllBytes(envelope)), digest, envelope.toString());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException("cannot verify %s: %s".formatted(tarball, e.getMessage()), e);
        }
        return result(Optional.of(digest));
    }

    private static Path beside(Path tarball, String ending) {
        return tarball.resolveSibling(tarball.getFileName() + ending);
    }

    private void requireSignature(String image, Digest digest) {
        if (!signed) {
            findings.add("%s (%s) has no signature of the given key".formatted(image, digest));
        }
    }

    private void statement(JsonNode envelope, Digest image, String what) {
        Optional<JsonNode> statement = Envelope.opened(envelope, key);
        if (statement.isEmpty()) {
            findings.add(what + " is not signed with the given key");
            return;
        }
        String hex = image.value().substring(image.value().indexOf(':') + 1);
        for (JsonNode subject : statement.get().path("subject")) {
            if (subject.path("digest").path("sha256").asText().equals(hex)) {
                statements.add(statement.get().path("predicateType").asText());
                return;
            }
        }
        findings.add(what + " is about another image");
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            return Json.mapper().createObjectNode();
        }
    }

    private VerifiedImage result(Optional<Digest> digest) {
        return new VerifiedImage(digest, signed, statements, findings);
    }
}
