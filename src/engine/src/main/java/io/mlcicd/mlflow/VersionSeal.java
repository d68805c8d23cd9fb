package io.mlcicd.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.signature.Envelope;
import io.mlcicd.signature.SigningKey;
import io.mlcicd.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tags by which anybody can tell that a version's files are those that were registered, and who signed that: a statement of
 * in-toto (Statement v1) about the registered model's name and the digest of its files, in an envelope (DSSE 1.0).
 */
public final class VersionSeal {

    /** Tag with the digest of the model that was judged. */
    public static final String MODEL = "mlcicd.model";

    /** Tag with the digest of the registered folder (see {@link io.mlcicd.lineage.Digests#of(java.nio.file.Path)}). */
    public static final String FILES = "mlcicd.files";

    /** Tag with the commit of the code that made the model. */
    public static final String COMMIT = "mlcicd.commit";

    /** Tag with the signed statement. */
    public static final String SIGNATURE = "mlcicd.signature";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String TYPE = "https://github.com/jenkinsci/ml-cicd-plugin/registered-model/v1";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private VersionSeal() {}

    /** The digest of a version's files as it was registered; empty when nobody noted it. */
    public static Optional<Digest> files(ModelVersion version) {
        return digest(version.tags(), FILES);
    }

    /** The digest of the model in a version that was judged; empty when nobody noted it. */
    public static Optional<Digest> model(ModelVersion version) {
        return digest(version.tags(), MODEL);
    }

    private static Optional<Digest> digest(Map<String, String> tags, String name) {
        return Optional.ofNullable(tags.get(name))
                .filter(text -> DIGEST.matcher(text).matches())
                .map(Digest::new);
    }

    /** The value of the signature's tag for a version of that name with these tags. */
    public static String sign(String name, Map<String, String> tags, SigningKey key) {
        byte[] statement = text(statement(name, tags)).getBytes(StandardCharsets.UTF_8);
        return text(Envelope.around(statement, key));
    }

    /** Whether the private key to this one signed that these files, this model and this commit are a version of that name. */
    public static boolean isSigned(ModelVersion version, VerificationKey key) {
        try {
            return Envelope.opened(Json.mapper().readTree(version.tags().getOrDefault(SIGNATURE, "{}")), key)
                    .filter(statement(version.name(), version.tags())::equals)
                    .isPresent();
        } catch (JsonProcessingException e) {
            // What is not even formed as an envelope is none.
            return false;
        }
    }

    private static ObjectNode statement(String name, Map<String, String> tags) {
        ObjectNode statement = Json.mapper().createObjectNode().put("_type", STATEMENT);
        statement
                .putArray("subject")
                .addObject()
                .put("name", name)
                .putObject("digest")
                .put("sha256", tags.getOrDefault(FILES, "").replaceFirst("^sha256:", ""));
        ObjectNode predicate = statement.put("predicateType", TYPE).putObject("predicate");
        for (String tag : new String[] {MODEL, COMMIT}) {
            if (tags.containsKey(tag)) {
                predicate.put(tag, tags.get(tag));
            }
        }
        return statement;
    }

    private static String text(ObjectNode node) {
        try {
            return Json.mapper()
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is JSON", e);
        }
    }
}
