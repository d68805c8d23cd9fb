package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as tools that others made read, copy and unpack them: skopeo and umoci, which hold what they read to be OCI. */
class OciToolsTest {

    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");
    private static final Path UMOCI = Path.of("/usr/bin/umoci");

    @TempDir
    private Path temp;

    private Project project;
    private String archive;

    @BeforeEach
    void makeProject() throws Exception {
        for (Path tool : List.of(SKOPEO, UMOCI)) {
            assumeTrue(Files.isExecutable(tool), tool + " is not installed, so images were not read by it");
        }
        project = new Project(temp.resolve("project"));
        project.write("serve.py", "#!/usr/bin/env python3\n");
        project.files = List.of("serve.py");
        archive = "oci-archive:" + project.output.orElseThrow();
    }

    private byte[] run(Path tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Files.readAllBytes(out);
    }

    @Test
    void theTarballIsReadCopiedAndUnpacked() throws Exception {
        PackagingDetails details = project.pack().details();
        String layout = "oci:" + temp.resolve("layout") + ":weather";

        assertThat(Digests.of(run(SKOPEO, "inspect", "--raw", archive)))
                .isEqualTo(details.image().digest());
        JsonNode config = Json.mapper().readTree(run(SKOPEO, "inspect", "--config", archive));
        details.labels()
                .forEach((key, value) -> assertThat(
                                config.path("config").path("Labels").path(key).asText())
                        .isEqualTo(value));
        run(SKOPEO, "--insecure-policy", "copy", "--preserve-digests", archive, layout);
        run(
                UMOCI,
                "unpack",
                "--rootless",
                "--image",
                layout.substring(4),
                temp.resolve("bundle").toString());

        Path app = temp.resolve("bundle/rootfs/app");
        assertThat(app.resolve("build/model/weights.bin"))
                .hasSameBinaryContentAs(project.folder.resolve("build/model/weights.bin"));
        assertThat(app.resolve("serve.py")).isExecutable();
        JsonNode runtime = Json.read(temp.resolve("bundle/config.json"));
        assertThat(runtime.at("/process/cwd").asText()).isEqualTo("/app");
    }

    @Test
    void everyPlatformOfTheTarballIsCopied() throws Exception {
        project.platforms = List.of("linux/amd64", "linux/arm64");
        PackagingDetails details = project.pack().details();
        Path layout = temp.resolve("layout");

        run(SKOPEO, "--insecure-policy", "copy", "--all", "--preserve-digests", archive, "oci:" + layout + ":weather");

        JsonNode index = Json.read(layout.resolve("index.json")).at("/manifests/0");
        assertThat(index.path("digest").asText())
                .isEqualTo(details.image().digest().value());
    }

    @Test
    void whatWasPushedIsPulled() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.push = true;
            project.image = registry.host() + "/team/weather:1";
            PackagingDetails details = project.pack().details();
            String name = "docker://" + details.pushed().orElseThrow();

            assertThat(Digests.of(run(SKOPEO, "inspect", "--tls-verify=false", "--raw", name)))
                    .isEqualTo(details.image().digest());
            assertThat(new String(
                            run(
                                    SKOPEO,
                                    "list-tags",
                                    "--tls-verify=false",
                                    "docker://" + registry.host() + "/team/weather"),
                            StandardCharsets.UTF_8))
                    .contains("\"1\"");
            String layout = "oci:" + temp.resolve("pulled") + ":weather";
            run(SKOPEO, "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", name, layout);
            run(
                    UMOCI,
                    "unpack",
                    "--rootless",
                    "--image",
                    layout.substring(4),
                    temp.resolve("bundle").toString());
            assertThat(temp.resolve("bundle/rootfs/app/build/model/weights.bin"))
                    .exists();
        }
    }
}
