package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.deployment.ImageContent;
import io.mlcicd.deployment.SignatureCheck;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.packaging.licence.LicencePolicy;
import io.mlcicd.packaging.supplychain.SupplyChain;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.signature.ImageVerification;
import io.mlcicd.signature.SigningKey;
import io.mlcicd.signature.VerificationKey;
import io.mlcicd.signature.VerifiedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and their signatures are made and verified by OpenSSL, too. */
class SignedImageTest {

    private static final String PASSWORD = "k3y-Word";

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws Exception {
        project = new Project(temp.resolve("project"));
    }

    @ParameterizedTest
    @CsvSource({
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, false",
        "ecparam -name prime256v1 -genkey -noout, false",
        "genpkey -algorithm ED25519, false",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:k3y-Word, true",
    })
    void whatIsSignedVerifiesInTheRegistryAndInTheTarball(String command, boolean encrypted) throws Exception {
        makeKey(command);
        project.supplyChain = signed(encrypted ? Optional.of(PASSWORD) : Optional.empty());
        try (Registry registry = Registry.guarded(temp)) {
            project.push = true;
            project.image = registry.host() + "/team/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));
            Result<PackagingDetails> result = project.pack();

            assertThat(project.request().toString() + Json.write(result)).doesNotContain(PASSWORD);
            RegistryAccess access = new RegistryAccess(registry.host(), project.credentials, false);
            VerifiedImage there = ImageVerification.verify(project.image, key(), access);
            assertThat(there.findings()).isEmpty();
            SignatureCheck check = new SignatureCheck(temp.resolve("signing.pub"), project.credentials);
            assertThat(check.verify(Optional.of(new ImageContent(project.image, Optional.empty(), Optional.empty()))))
                    .isEqualTo(there);
            assertThat(there.digest()).contains(result.details().image().digest());
            assertThat(there.statements())
                    .containsExactlyInAnyOrder("https://cyclonedx.org/bom", "https://slsa.dev/provenance/v1");
            assertThat(ImageVerification.verify(project.output.orElseThrow(), key()))
                    .isEqualTo(there);

            makeOtherKey();
            assertThat(ImageVerification.verify(project.image, other(), access).findings())
                    .hasSize(3);
            assertThat(ImageVerification.verify(project.output.orElseThrow(), other())
                            .holds())
                    .isFalse();
        }
    }

    @Test
    void theSignatureIsWhereCosignLooksAndOpenSslAcceptsIt() throws Exception {
        makeKey("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        project.supplyChain = signed(Optional.empty());
        try (Registry registry = Registry.open(temp)) {
            project.push = true;
            project.image = registry.host() + "/weather:1";
            PackagingDetails details = project.pack().details();

            String tag = details.image().digest().value().replace(':', '-');
            JsonNode layer = Json.mapper()
                    .readTree(registry.get("weather", "manifests", tag + ".sig"))
                    .path("layers")
                    .path(0);
            assertThat(layer.path("mediaType").asText()).isEqualTo("application/vnd.dev.cosign.simplesigning.v1+json");
            byte[] payload =
                    registry.get("weather", "blobs", layer.path("digest").asText());
            JsonNode critical = Json.mapper().readTree(payload).path("critical");
            assertThat(critical.at("/image/docker-manifest-digest").asText())
                    .isEqualTo(details.image().digest().value());
            assertThat(critical.at("/identity/docker-reference").asText()).isEqualTo(registry.host() + "/weather");
            Files.write(temp.resolve("payload"), payload);
            Files.write(
                    temp.resolve("signature"),
                    Base64.getDecoder()
                            .decode(layer.at("/annotations")
                                    .path("dev.cosignproject.cosign/signature")
                                    .asText()));
            openssl("dgst -sha256 -verify signing.pub -signature signature payload");
            assertThat(details.supplyChain().attached())
                    .containsExactly(
                            registry.host() + "/weather:" + tag + ".sig", registry.host() + "/weather:" + tag + ".att");
        }
    }

    @Test
    void aTarballThatWasChangedDoesNotVerify() throws Exception {
        makeKey("genpkey -algorithm ED25519");
        project.supplyChain = signed(Optional.empty());
        project.pack();
        Path tarball = project.output.orElseThrow();
        byte[] content = Files.readAllBytes(tarball);
        int layer = new String(content, StandardCharsets.ISO_8859_1).indexOf("\u001f\u008b");
        content[layer + 20] ^= 1;
        Files.write(tarball, content);

        VerificationKey key = key();
        assertThatThrownBy(() -> ImageVerification.verify(tarball, key))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(tarball.toString());
    }

    @Test
    void anotherImagesSignatureDoesNotCount() throws Exception {
        makeKey("genpkey -algorithm ED25519");
        project.supplyChain = signed(Optional.empty());
        project.pack();
        Path tarball = project.output.orElseThrow();
        project.supplyChain = SupplyChain.UNSIGNED;
        Map<Path, byte[]> before = new HashMap<>();
        for (String ending : List.of(".sig.json", ".sbom.dsse.json", ".provenance.dsse.json")) {
            Path signed = tarball.resolveSibling(tarball.getFileName() + ending);
            before.put(signed, Files.readAllBytes(signed));
        }
        project.write("build/model/weights.bin", "poisoned");
        project.pack();
        for (Map.Entry<Path, byte[]> signed : before.entrySet()) {
            assertThat(signed.getKey()).as("what an earlier image left").doesNotExist();
            Files.write(signed.getKey(), signed.getValue());
        }

        SignatureCheck check = new SignatureCheck(temp.resolve("signing.pub"), Optional.empty());
        ImageContent archive = new ImageContent("weather", Optional.empty(), Optional.of(tarball));
        assertThat(check.verify(Optional.of(archive)).holds()).isFalse();
        assertThatThrownBy(() -> check.verify(Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("deploy.verify: this target runs no image whose signature could be verified");
        assertThat(ImageVerification.verify(tarball, key()).findings())
                .hasSize(3)
                .anySatisfy(finding -> assertThat(finding).contains("has no signature of the given key"))
                .anySatisfy(finding -> assertThat(finding).contains("is about another image"));
    }

    @Test
    void theBillOfMaterialsNamesModelDataMetricsAndLibraries() throws Exception {
        project.write("requirements.txt", "scikit_learn==1.5.2\nnumpy>=1.26\n");
        project.known = LineageRecord.EMPTY.withData(
                List.of(new Artifact("train", "data/train.csv", Digests.of(new byte[] {1}), 1)));
        project.performance = Map.of("accuracy", 0.81);
        PackagingDetails details = project.pack().details();

        JsonNode bom = Json.read(project.folder.resolve("build/image.tar.sbom.json"));
        JsonNode model = bom.path("components").path(0);
        assertThat(model.path("type").asText()).isEqualTo("machine-learning-model");
        assertThat(model.at("/hashes/0/content").asText())
                .isEqualTo(details.model().digest().value().substring(7));
        assertThat(model.at("/modelCard/modelParameters/task").asText()).isEqualTo("classification");
        assertThat(model.at("/modelCard/modelParameters/datasets/0/ref").asText())
                .isEqualTo("data:train");
        assertThat(model.at("/modelCard/quantitativeAnalysis/performanceMetrics/0/value")
                        .asText())
                .isEqualTo("0.81");
        assertThat(bom.path("components").findValuesAsText("purl"))
                .containsExactly("pkg:pypi/scikit-learn@1.5.2", "pkg:pypi/numpy");
        assertThat(bom.path("components")).hasSize(details.supplyChain().components());
        JsonNode provenance = Json.read(project.folder.resolve("build/image.tar.provenance.json"));
        assertThat(provenance.at("/subject/0/digest/sha256").asText())
                .isEqualTo(details.image().digest().value().substring(7));
        assertThat(provenance
                        .at("/predicate/buildDefinition/resolvedDependencies")
                        .findValuesAsText("name"))
                .contains("model", "train", "file");
    }

    @Test
    void licencesOfDependenciesAreHeldAgainstThePolicy() throws Exception {
        project.dependencies = List.of("libs");
        project.write("libs/a-1.dist-info/METADATA", "Name: a\nVersion: 1\nLicense-Expression: MIT\n\nText\n");
        project.write("libs/b-1.dist-info/METADATA", "Name: b\nVersion: 1\nLicense: GPL-3.0-only\n");
        project.write("libs/c-1.dist-info/METADATA", "Name: c\nClassifier: License :: OSI Approved :: BSD License\n");
        project.write("libs/d-1.dist-info/METADATA", "Name: d\nLicense: UNKNOWN\n");
        project.licences = new LicencePolicy(List.of(), List.of("gpl*"));
        Result<PackagingDetails> result = project.pack();

        assertThat(result.details().licences().byName())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "MIT", "b", "GPL-3.0-only", "c", "BSD License"));
        assertThat(result.details().licences().unknown()).containsExactly("d");
        assertThat(result.metrics()).containsEntry("licences.denied", 1.0).containsEntry("licences.unknown", 1.0);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.gates().get(0).message()).contains("b (GPL-3.0-only)");
    }

    @Test
    void aWrongPasswordAndAKeyOfAnotherKindAreSaid() throws Exception {
        makeKey("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:k3y-Word");
        assertThatThrownBy(() -> signed(Optional.of("no")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be opened with that password");
        assertThatThrownBy(() -> signed(Optional.empty())).hasMessageContaining("passwordEnv");
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out signing.pem");
        assertThatThrownBy(() -> signed(Optional.empty())).hasMessageContaining("neither ECDSA over P-256 nor Ed25519");
        Files.writeString(temp.resolve("signing.pem"), "no key");
        assertThatThrownBy(() -> signed(Optional.empty())).hasMessageContaining("is not a key in PEM");
    }

    private VerificationKey key() {
        return VerificationKey.read(temp.resolve("signing.pub"));
    }

    private VerificationKey other() {
        return VerificationKey.read(temp.resolve("other.pub"));
    }

    private SupplyChain signed(Optional<String> password) {
        return new SupplyChain(true, true, Optional.of(SigningKey.read(temp.resolve("signing.pem"), password)));
    }

    private void makeKey(String command) throws Exception {
        openssl(command + " -out signing.pem");
        openssl("pkey -in signing.pem -pubout -out signing.pub -passin pass:" + PASSWORD);
    }

    private void makeOtherKey() throws Exception {
        openssl("genpkey -algorithm ED25519 -out other.pem");
        openssl("pkey -in other.pem -pubout -out other.pub");
    }

    private void openssl(String arguments) throws Exception {
        Path program = Path.of("/usr/bin/openssl");
        assumeTrue(Files.isExecutable(program), "openssl is not installed, so signatures were not tested");
        Process process = new ProcessBuilder((program + " " + arguments).split(" "))
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(temp.resolve("openssl.log")))
                .isZero();
    }
}
