package io.mlcicd.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.hash.WritableContents;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.Optional;

/**
 * One repository of a registry, spoken to by the OCI distribution specification 1.1 through jib's client, which knows
 * its ways of logging in. All methods block; they are called in threads that may be left behind.
 */
final class RegistryConnection implements AutoCloseable {

    private static final String SEND_OVER_HTTP = "sendCredentialsOverHttp";
    private static final int NOT_FOUND = 404;

    private final FailoverHttpClient http;
    private final RegistryClient client;

    private RegistryConnection(FailoverHttpClient http, RegistryClient client) {
        this.http = http;
        this.client = client;
    }

    /**
     * Logs in.
     *
     * @param push whether something is to be put there, too
     */
    static RegistryConnection open(ImageReference image, RegistryAccess access, boolean push)
            throws IOException, RegistryException {
        FailoverHttpClient http =
                new FailoverHttpClient(access.mayBeInsecure(image), Boolean.getBoolean(SEND_OVER_HTTP), event -> {});
        try {
            Optional<Credential> credential = access.credential(image);
            RegistryClient.Factory factory = RegistryClient.factory(
                            EventHandlers.NONE, image.getRegistry(), image.getRepository(), http)
                    .setUserAgent("ml-cicd");
            credential.ifPresent(factory::setCredential);
            RegistryClient client = factory.newRegistryClient();
            boolean bearer = push ? client.doPushBearerAuth() : client.doPullBearerAuth();
            if (!bearer && credential.isPresent()) {
                client.configureBasicAuth();
            }
            return new RegistryConnection(http, client);
        } catch (CredentialRetrievalException e) {
            http.shutDown();
            throw new IOException(e);
        } catch (IOException | RegistryException | RuntimeException e) {
            http.shutDown();
            throw e;
        }
    }

    /** The manifest under a tag or digest; empty when there is none. */
    Optional<Found> manifest(String qualifier) throws IOException, RegistryException {
        try {
            ManifestAndDigest<ManifestTemplate> found = client.pullManifest(qualifier);
            JsonNode content = Json.mapper().readTree(JsonTemplateMapper.toByteArray(found.getManifest()));
            return Optional.of(new Found(
                    new RegistryManifest(content), new Digest(found.getDigest().toString())));
        } catch (RegistryException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * A manifest that a registry has.
     *
     * @param manifest its configuration, layers and platforms with their annotations
     * @param digest of the bytes it sent
     */
    record Found(RegistryManifest manifest, Digest digest) {}

    private static boolean isMissing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseException response && response.getStatusCode() == NOT_FOUND) {
                return true;
            }
        }
        return false;
    }

    /** A small blob, whose content is what its digest says. */
    byte[] blob(Digest digest) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        client.pullBlob(of(digest), size -> {}, written -> {}).writeTo(content);
        if (!Digests.of(content.toByteArray()).equals(digest)) {
            throw new IOException("the registry sent something else than " + digest);
        }
        return content.toByteArray();
    }

    /** Writes a blob of any size to a file, which holds what the digest says when this returns. */
    void download(Digest digest, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            client.pullBlob(of(digest), size -> {}, written -> {}).writeTo(out);
        }
        if (!Digests.of(file).equals(digest)) {
            throw new IOException("the registry sent something else than " + digest);
        }
    }

    /** Writes a blob. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Puts a blob there, unless it is there already.
     *
     * @return whether it had to be sent
     */
    boolean push(Digest digest, Content content) throws IOException, RegistryException {
        if (client.checkBlob(of(digest)).isPresent()) {
            return false;
        }
        WritableContents contents = content::writeTo;
        client.pushBlob(of(digest), Blobs.from(contents, true), null, written -> {});
        return true;
    }

    /** Puts a manifest there under a tag or its digest. */
    void push(RegistryManifest manifest, String qualifier) throws IOException, RegistryException {
        client.pushManifest(manifest, qualifier);
    }

    private static DescriptorDigest of(Digest digest) {
        try {
            return DescriptorDigest.fromDigest(digest.value());
        } catch (DigestException e) {
            throw new IllegalStateException("a digest is one", e);
        }
    }

    @Override
    public void close() throws IOException {
        http.shutDown();
    }
}
