package io.mlcicd.packaging.supplychain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.Task;
import io.mlcicd.operation.Tool;
import io.mlcicd.packaging.recognition.Dependency;
import io.mlcicd.packaging.recognition.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The bill of materials of an image (CycloneDX 1.6, JSON) with the part for machine learning: the model with its model
 * card, its data sets, its metrics; libraries by package URL (purl-spec). The same image gives the same document.
 */
final class BillOfMaterials {

    private static final Map<String, String> ALGORITHMS =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private static final Map<String, Integer> DIGITS =
            Map.of("md5", 32, "sha1", 40, "sha256", 64, "sha384", 96, "sha512", 128);

    private final Subject subject;
    private final ArrayNode components = Json.mapper().createArrayNode();
    private final ArrayNode needs = Json.mapper().createArrayNode();

    private BillOfMaterials(Subject subject) {
        this.subject = subject;
    }

    /** The document. */
    static ObjectNode of(Subject subject) {
        return new BillOfMaterials(subject).document();
    }

    private ObjectNode document() {
        ObjectNode bom = Json.mapper().createObjectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        bom.put(
                "serialNumber",
                "urn:uuid:" + UUID.nameUUIDFromBytes(subject.digest().value().getBytes(StandardCharsets.US_ASCII)));
        bom.put("version", 1);
        String image = "image";
        ObjectNode metadata = bom.putObject("metadata");
        metadata.put("timestamp", subject.created().toString());
        metadata.putObject("tools")
                .putArray("components")
                .addObject()
                .put("type", "application")
                .put("name", Tool.current().name())
                .put("version", Tool.current().version());
        ObjectNode container = component("container", image, subject.repository(), subject.digest());
        container.put("version", subject.digest().value());
        container.put(
                "purl",
                "pkg:oci/%s@%s?repository_url=%s"
                        .formatted(
                                subject.repository().replaceFirst(".*/", ""),
                                encoded(subject.digest().value()),
                                encoded(subject.repository())));
        metadata.set("component", container);

        model();
        base();
        for (Artifact file : subject.files()) {
            components.add(component("file", "file:" + file.path(), file.path(), file.digest()));
            needs.add("file:" + file.path());
        }
        dependencies();
        bom.set("components", components);
        ArrayNode graph = bom.putArray("dependencies");
        graph.addObject().put("ref", image).set("dependsOn", needs);
        return bom;
    }

    private static ObjectNode component(String type, String reference, String name, Digest digest) {
        ObjectNode component = Json.mapper().createObjectNode();
        component.put("type", type).put("bom-ref", reference).put("name", name);
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", Subject.hex(digest));
        return component;
    }

    private void model() {
        ObjectNode model = component(
                "machine-learning-model",
                "model",
                subject.model().name(),
                subject.content().digest());
        model.put("version", subject.content().digest().abbreviated());
        ObjectNode card = model.putObject("modelCard");
        ObjectNode parameters = card.putObject("modelParameters");
        subject.model().task().map(BillOfMaterials::task).ifPresent(task -> parameters.put("task", task));
        parameters.put("modelArchitecture", subject.recognised().kind().label());
        ArrayNode data = parameters.putArray("datasets");
        for (Artifact set : subject.lineage().data()) {
            ObjectNode component = component("data", "data:" + set.name(), set.name(), set.digest());
            component.putArray("data").addObject().put("type", "dataset").put("name", set.path());
            components.add(component);
            data.addObject().put("ref", "data:" + set.name());
        }
        formats(parameters.putArray("inputs"), subject.recognised().signature().inputs());
        formats(parameters.putArray("outputs"), subject.recognised().signature().outputs());
        if (!subject.performance().isEmpty()) {
            ArrayNode metrics = card.putObject("quantitativeAnalysis").putArray("performanceMetrics");
            new TreeMap<>(subject.performance())
                    .forEach((name, value) ->
                            metrics.addObject().put("type", name).put("value", String.valueOf(value)));
        }
        components.insert(0, model);
        needs.add("model");
    }

    private static String task(Task task) {
        return switch (task) {
            case BINARY, MULTICLASS, MULTILABEL -> "classification";
            case REGRESSION, QUANTILE -> "regression";
            case RANKING -> "ranking";
        };
    }

    private static void formats(ArrayNode formats, List<Signature.Field> fields) {
        for (Signature.Field field : fields) {
            String shape = field.shape().isEmpty() ? "" : "[" + String.join(",", field.shape()) + "]";
            String format = "%s %s%s"
                    .formatted(field.name(), field.type().orElse(""), shape)
                    .strip();
            formats.addObject().put("format", format);
        }
    }

    private void base() {
        if (subject.base().isPresent() && subject.baseDigest().isPresent()) {
            ObjectNode base = component(
                    "container",
                    "base",
                    subject.base().get(),
                    subject.baseDigest().get());
            base.put("version", subject.baseDigest().get().value());
            components.add(base);
            needs.add("base");
        }
    }

    /** One component for each library: what is declared twice is one, with the version that is fixed. */
    private void dependencies() {
        Map<String, Dependency> libraries = new LinkedHashMap<>();
        for (Dependency dependency : subject.recognised().dependencies()) {
            String key = dependency.ecosystem() + "/" + normal(dependency.name());
            libraries.merge(key, dependency, (first, second) -> first.version().isPresent() ? first : second);
        }
        libraries.forEach((key, dependency) -> {
            ObjectNode library = Json.mapper().createObjectNode();
            String purl = "pkg:" + key
                    + dependency
                            .version()
                            .map(version -> "@" + encoded(version))
                            .orElse("");
            library.put("type", "library").put("bom-ref", purl).put("name", dependency.name());
            dependency.version().ifPresent(version -> library.put("version", version));
            hashes(library, dependency);
            String licence = subject.licences().get(normal(dependency.name()));
            if (licence != null) {
                library.putArray("licenses").addObject().putObject("license").put("name", licence);
            }
            library.put("purl", purl);
            components.add(library);
            needs.add(purl);
        });
    }

    private static void hashes(ObjectNode library, Dependency dependency) {
        // Several files of one release have hashes of their own, which one component cannot tell apart.
        if (dependency.hashes().size() != 1) {
            return;
        }
        String hash = dependency.hashes().get(0);
        String algorithm = hash.substring(0, Math.max(0, hash.indexOf(':')));
        String digits = hash.substring(hash.indexOf(':') + 1);
        if (ALGORITHMS.containsKey(algorithm) && digits.matches("[0-9a-f]{" + DIGITS.get(algorithm) + "}")) {
            library.putArray("hashes")
                    .addObject()
                    .put("alg", ALGORITHMS.get(algorithm))
                    .put("content", digits);
        }
    }

    /** Names of Python packages are the same in any case and with any of these signs between words (PEP 503). */
    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
