package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.packaging.recognition.ModelKind;
import io.mlcicd.registry.RegistryCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images against the OCI image specification, in the tarball and as a real registry gives them back. */
class OciImageTest {

    private static final List<String> BOTH = List.of("linux/amd64", "linux/arm64");

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws Exception {
        project = new Project(temp.resolve("project"));
        project.write("site-packages/numpy/__init__.py", "version = 1\n");
        project.dependencies = List.of("site-packages");
    }

    @Test
    void theTarballConforms() throws Exception {
        Digest digest = project.pack().details().image().digest();
        StoredImage stored = StoredImage.read(project.output.orElseThrow());

        assertThat(OciConformance.layout(stored.entries())).containsExactly("linux/amd64");
        assertThat(stored.manifestDigest()).isEqualTo(digest);
    }

    @Test
    void theTarballOfTwoPlatformsConformsAndStoresSharedLayersOnce() throws Exception {
        project.platforms = BOTH;
        Result<PackagingDetails> result = project.pack();
        StoredImage stored = StoredImage.read(project.output.orElseThrow());

        Digest digest = result.details().image().digest();
        assertThat(OciConformance.layout(stored.entries())).isEqualTo(BOTH);
        assertThat(stored.manifestDigest()).isEqualTo(digest);
        assertThat(result.details().platforms()).isEqualTo(BOTH);
        // oci-layout, index.json, the index, two manifests, two configurations, three layers, manifest.json
        assertThat(stored.entries()).hasSize(11);
        assertThat(ImageLineage.read(project.output.orElseThrow()).orElseThrow().image())
                .contains(result.details().image());
    }

    @Test
    void twoPlatformsComeTheSameEveryTime() throws Exception {
        project.platforms = BOTH;
        Digest first = project.pack().details().image().digest();
        byte[] tarball = Files.readAllBytes(project.output.orElseThrow());

        assertThat(project.pack().details().image().digest()).isEqualTo(first);
        assertThat(project.output.orElseThrow()).hasBinaryContent(tarball);
    }

    @Test
    void aRegistryWithPasswordAndTlsGivesBackTheVeryImage() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.push = true;
            project.platforms = BOTH;
            project.image = registry.host() + "/team/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));
            PackagingDetails details = project.pack().details();

            Digest digest = details.image().digest();
            assertThat(new OciConformance((kind, part) -> registry.get("team/weather", kind, part.value()))
                            .check(digest))
                    .isEqualTo(BOTH);
            assertThat(io.mlcicd.lineage.Digests.of(registry.get("team/weather", "manifests", "1")))
                    .isEqualTo(digest);
        }
    }

    @Test
    void anImageOfTwoPlatformsIsABaseForBothAndItsDigestIsWrittenDown() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.push = true;
            project.platforms = BOTH;
            project.image = registry.host() + "/runtime:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));
            Digest base = project.pack().details().image().digest();
            project.base = project.image;
            project.image = registry.host() + "/weather:2";
            project.write("build/model/weights.bin", "other weights");
            PackagingDetails details = project.pack().details();

            assertThat(details.baseDigest()).contains(base);
            assertThat(details.labels())
                    .containsEntry("org.opencontainers.image.base.name", project.base)
                    .containsEntry("org.opencontainers.image.base.digest", base.value());
            assertThat(new OciConformance((kind, part) -> registry.get("weather", kind, part.value()))
                            .check(details.image().digest()))
                    .isEqualTo(BOTH);
        }
    }

    @Test
    void theModelIsAboveTheFilesAndTheseAboveTheDependencies() throws Exception {
        PackagingDetails before = project.pack().details();
        project.write("serve.py", "#!/usr/bin/env python3\nprint('new code')\n");
        PackagingDetails after = project.pack().details();

        assertThat(after.layers()).extracting(ImageLayer::name).containsExactly("dependencies", "files", "model");
        assertThat(after.layers().get(0)).isEqualTo(before.layers().get(0));
        assertThat(after.layers().get(1)).isNotEqualTo(before.layers().get(1));
        JsonNode config = StoredImage.read(project.output.orElseThrow()).config();
        assertThat(config.at("/config/Env").toString()).contains("PYTHONPATH=/app/site-packages");
    }

    @Test
    void annotationsSayWhatLabelsSay() throws Exception {
        project.created = Optional.of(Instant.ofEpochSecond(1_700_000_000));
        PackagingDetails details = project.pack().details();

        StoredImage stored = StoredImage.read(project.output.orElseThrow());
        JsonNode annotations = stored.manifest().path("annotations");
        details.labels().forEach((key, value) -> {
            if (!key.equals(ImageLineage.LABEL)) {
                assertThat(annotations.path(key).asText()).isEqualTo(value);
            }
        });
        assertThat(annotations.path("org.opencontainers.image.created").asText())
                .isEqualTo("2023-11-14T22:13:20Z");
        assertThat(stored.config().path("created").asText()).isEqualTo("2023-11-14T22:13:20Z");
    }

    @Test
    void aTarballCannotBeTheBaseOfSeveralPlatforms() throws Exception {
        project.write("base.tar", "any");
        project.base = "base.tar";
        project.platforms = BOTH;

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("base.tar is for one platform");
    }

    @Test
    void anUnsafePickleRefusesTheImage() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.push = true;
            project.image = registry.host() + "/weather:1";
            project.write("build/model/model.pkl", "cos\nsystem\n(S'true'\ntR.");
            Result<PackagingDetails> result = project.pack();

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().pushed()).isEmpty();
            assertThat(registry.status("weather/tags/list")).isEqualTo(404);
            assertThat(result.metrics()).containsEntry("pickle.unsafe", 1.0);
            assertThat(result.gates()).singleElement().satisfies(gate -> {
                assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(gate.message()).contains("build/model/model.pkl imports os.system at byte 0");
            });
            assertThat(result.details().recognised().orElseThrow().kind()).isEqualTo(ModelKind.PICKLE);

            project.allowedImports = List.of("os.system");
            assertThat(project.pack().verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void picklesOfLibrariesAreLookedIntoButNotTheirListsOfFolders() throws Exception {
        project.write("site-packages/easy-install.pth", "./numpy\nimport sys; sys.path\n");
        project.write("site-packages/numpy/tests/data.pkl", "cos\nsystem\n(S'true'\ntR.");
        Result<PackagingDetails> result = project.pack();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.details().pickles().problems()).isEmpty();
        assertThat(result.gates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.message())
                        .contains("site-packages/numpy/tests/data.pkl imports os.system at byte 0"));
    }

    @Test
    void anUnknownImportIsToldAndCanBeGated() throws Exception {
        project.write("build/model/model.pkl", "cfeatures\nScaler\n)R.");
        Result<PackagingDetails> told = project.pack();
        project.gates = List.of(new Gate("pickle.unknown", Comparison.MAX, 0, Criticality.FAILURE, Optional.empty()));
        Result<PackagingDetails> gated = project.pack();

        assertThat(told.verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(told.gates().get(0).message()).contains("imports features.Scaler", "package.pickle.allow");
        assertThat(gated.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(told.metrics()).containsAllEntriesOf(Map.of("pickle.unknown", 1.0, "pickle.unsafe", 0.0));
    }
}
