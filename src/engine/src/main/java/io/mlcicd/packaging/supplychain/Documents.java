package io.mlcicd.packaging.supplychain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.ImageReference;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.signature.Attachment;
import io.mlcicd.signature.Envelope;
import io.mlcicd.signature.ImageSignature;
import io.mlcicd.signature.SignatureFiles;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents about one image: written beside its tarball, and kept beside it in its registry when they are signed. */
public final class Documents {

    private final Digest image;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Attached> attachments = new ArrayList<>();
    private final int components;
    private final Optional<String> signed;

    /** Something for the registry and the tag it goes under. */
    private record Attached(Attachment attachment, String tag) {}

    private Documents(Digest image, int components, Optional<String> signed) {
        this.image = image;
        this.components = components;
        this.signed = signed;
    }

    /**
     * Makes all that is asked for.
     *
     * @param key the private key, when all is to be signed
     * @param parameters what the user asked the packaging for, without secrets
     * @param started when packaging began
     */
    public static Documents of(
            Subject subject, SupplyChain asked, Optional<SigningKey> key, ObjectNode parameters, Instant started) {
        Optional<ObjectNode> bill = asked.sbom() ? Optional.of(BillOfMaterials.of(subject)) : Optional.empty();
        int components = bill.map(bom -> bom.path("components").size()).orElse(0);
        Documents documents = new Documents(subject.digest(), components, key.map(SigningKey::algorithm));
        Map<String, byte[]> envelopes = new LinkedHashMap<>();
        bill.ifPresent(bom -> {
            documents.file(SignatureFiles.SBOM, bom);
            JsonNode statement = Provenance.statement(subject, Provenance.BILL_OF_MATERIALS, bom);
            key.ifPresent(with -> envelopes.put(
                    Provenance.BILL_OF_MATERIALS, documents.envelope(SignatureFiles.SIGNED_SBOM, statement, with)));
        });
        if (asked.provenance()) {
            JsonNode statement = Provenance.statement(
                    subject, Provenance.TYPE, Provenance.of(subject, parameters, started, Instant.now()));
            documents.file(SignatureFiles.PROVENANCE, statement);
            key.ifPresent(with -> envelopes.put(
                    Provenance.TYPE, documents.envelope(SignatureFiles.SIGNED_PROVENANCE, statement, with)));
        }
        key.ifPresent(with -> documents.sign(subject.repository(), with));
        if (!envelopes.isEmpty()) {
            documents.attachments.add(
                    new Attached(Attachment.statements(envelopes), Attachment.tag(subject.digest(), ".att")));
        }
        return documents;
    }

    private void sign(String repository, SigningKey key) {
        byte[] payload = ImageSignature.payload(repository, image);
        byte[] signature = key.sign(payload);
        file(SignatureFiles.SIGNATURE, ImageSignature.file(payload, signature));
        attachments.add(new Attached(
                Attachment.signature(payload, Base64.getEncoder().encodeToString(signature)),
                Attachment.tag(image, ".sig")));
    }

    private void file(String ending, JsonNode content) {
        files.put(ending, Json.write(content).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] envelope(String ending, JsonNode statement, SigningKey key) {
        byte[] envelope = Json.write(Envelope.around(Json.write(statement).getBytes(StandardCharsets.UTF_8), key))
                .getBytes(StandardCharsets.UTF_8);
        files.put(ending, envelope);
        return envelope;
    }

    /**
     * Writes the files beside the tarball, and removes those that an earlier image left there.
     *
     * @throws OutsideSystemException when the disk refuses
     */
    public void write(Path tarball) {
        try {
            for (String ending : SignatureFiles.ALL) {
                if (!ending.isEmpty() && !files.containsKey(ending)) {
                    Files.deleteIfExists(tarball.resolveSibling(tarball.getFileName() + ending));
                }
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot remove a file beside " + tarball + ": " + e.getMessage(), e);
        }
        files.forEach((ending, content) ->
                AtomicFiles.write(tarball.resolveSibling(tarball.getFileName() + ending), out -> out.write(content)));
    }

    /** Puts signature and signed statements beside the image in its registry; does nothing when nothing is signed. */
    public void push(ImageReference name, RegistryAccess access) throws InterruptedException {
        for (Attached attached : attachments) {
            new Registry(name, access)
                    .push(
                            attached.attachment().blobs(),
                            List.of(new Registry.Tagged(attached.attachment().manifest(), attached.tag())),
                            "push the signature of " + name,
                            digest -> {});
        }
    }

    /**
     * What there is.
     *
     * @param tarball where the files were written; empty for nowhere
     * @param pushed the image's name without its tag; empty when it was not pushed
     */
    public SupplyChainDetails details(Optional<String> tarball, Optional<String> pushed) {
        List<String> names = tarball.map(path ->
                        files.keySet().stream().map(ending -> path + ending).toList())
                .orElse(List.of());
        List<String> tags = pushed.map(repository -> attachments.stream()
                        .map(one -> repository + ":" + one.tag())
                        .toList())
                .orElse(List.of());
        return new SupplyChainDetails(components, names, signed, tags);
    }
}
