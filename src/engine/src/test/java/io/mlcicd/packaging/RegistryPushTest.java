package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.ImageReference;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.ImageRef;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.report.Headline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes to a real registry. */
class RegistryPushTest {

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws Exception {
        project = new Project(temp.resolve("project"));
        project.push = true;
    }

    @Test
    void theRegistryServesTheVeryImageThatIsInTheTarball() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.image = registry.host() + "/team/weather:1.0";
            PackagingDetails details = project.pack().details();

            assertThat(registry.digestOf("team/weather", "1.0"))
                    .isEqualTo(details.image().digest());
            assertThat(StoredImage.read(project.output.orElseThrow()).manifestDigest())
                    .isEqualTo(details.image().digest());
            assertThat(details.pushed())
                    .contains(
                            registry.host() + "/team/weather@" + details.image().digest());
            assertThat(details.image())
                    .isEqualTo(new ImageRef(project.image, details.image().digest()));
        }
    }

    @Test
    void anImageMayBePushedWithoutKeepingATarball() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.image = registry.host() + "/weather";
            project.output = Optional.empty();
            PackagingDetails details = project.pack().details();

            assertThat(details.tarball()).isEmpty();
            assertThat(registry.digestOf("weather", "latest"))
                    .isEqualTo(details.image().digest());
        }
    }

    @Test
    void anImageInARegistryCanBeTheBase() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.image = registry.host() + "/runtime:1";
            PackagingDetails base = project.pack().details();
            project.base = project.image;
            project.image = registry.host() + "/weather:2";
            project.command = List.of();
            project.write("build/model/weights.bin", "other weights");
            PackagingDetails details = project.pack().details();

            assertThat(details.layers()).extracting(ImageLayer::name).containsExactly("base", "base", "files", "model");
            assertThat(details.layers())
                    .extracting(ImageLayer::digest)
                    .startsWith(
                            base.layers().get(0).digest(), base.layers().get(1).digest());
            assertThat(details.labels()).containsEntry("org.opencontainers.image.base.name", project.base);
            assertThat(registry.digestOf("weather", "2"))
                    .isEqualTo(details.image().digest());
        }
    }

    @Test
    void aBaseThatTheRegistryDoesNotHaveIsReported() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.base = registry.host() + "/no-such-base:1";

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("get the base image " + project.base)
                    .hasMessageContaining(registry.host())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void onlyWhatTheRegistryLacksIsSent() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.push = true;
            project.image = registry.host() + "/team/weather:1";
            Result<PackagingDetails> first = project.pack();
            project.write("build/model/weights.bin", "new weights");
            Result<PackagingDetails> second = project.pack();
            Result<PackagingDetails> again = project.pack();

            assertThat(first.metrics()).containsEntry("push.layers.reused", 0.0);
            List<ImageLayer> layers = second.details().layers();
            assertThat(second.metrics()).containsEntry("push.layers.reused", layers.size() - 1.0);
            assertThat(second.metrics().get("push.bytes"))
                    .isGreaterThan((double) layers.get(layers.size() - 1).bytes())
                    .isLessThan(first.metrics().get("push.bytes"));
            assertThat(again.metrics()).containsEntry("push.bytes", 0.0).containsEntry("push.layers.reused", (double)
                    layers.size());
            assertThat(Headline.of(ResultDocuments.of(Json.mapper().valueToTree(again), "it", JsonNode.class)))
                    .matches(".*/team/weather:1 [0-9a-f]{12}, .* in 2 layers, SBOM of \\d+ components,"
                            + " pushed \\(0 B sent, 2 of 2 layers reused\\), no gates");
        }
    }

    @Test
    void anImageThatFailsAGateIsNotPushed() throws Exception {
        try (Registry registry = Registry.open(temp)) {
            project.image = registry.host() + "/weather:1";
            project.gates = List.of(Gate.of("model.bytes", Comparison.MAX, 10));
            Result<PackagingDetails> result = project.pack();

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().pushed()).isEmpty();
            assertThat(registry.status("weather/tags/list")).isEqualTo(404);
        }
    }

    @Test
    void theRightPasswordOpensTheRegistryAndIsNowhereToBeSeen() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.image = registry.host() + "/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));
            List<String> told = new CopyOnWriteArrayList<>();
            Result<PackagingDetails> result = new PackageModel().run(project.request(), listener(told));

            assertThat(result.details().pushed()).isPresent();
            assertThat(Json.write(result)).doesNotContain(Registry.SECRET);
            assertThat(told).isNotEmpty().noneMatch(line -> line.contains(Registry.SECRET));
            assertThat(project.request().toString()).doesNotContain(Registry.SECRET);
        }
    }

    @Test
    void dockersOwnLoginIsUsedWhenNoPasswordIsGiven() throws Exception {
        String home = System.getProperty("user.home");
        try (Registry registry = Registry.guarded(temp)) {
            String login = Base64.getEncoder()
                    .encodeToString((Registry.USER + ":" + Registry.SECRET).getBytes(StandardCharsets.UTF_8));
            Files.createDirectories(temp.resolve("home/.docker"));
            Files.writeString(
                    temp.resolve("home/.docker/config.json"),
                    "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(registry.host(), login));
            System.setProperty("user.home", temp.resolve("home").toString());
            project.image = registry.host() + "/weather:1";

            assertThat(project.pack().details().pushed()).isPresent();
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void aUserWithoutTheRightToPushIsTold() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Registry.tls(temp)));
        server.createContext("/", exchange -> {
            boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
            exchange.sendResponseHeaders(greeting ? 200 : 403, -1);
            exchange.close();
        });
        server.start();
        try {
            project.image = "localhost:" + server.getAddress().getPort() + "/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("does not allow it to the user ci (403)");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost/w:1, true",
        "localhost:5000/w:1, true",
        "127.0.0.1:5000/w:1, true",
        "127.0.0.1.evil.example:5000/w:1, false",
        "localhost.example/w:1, false",
        "registry.example:5000/w:1, false",
        "w:1, false"
    })
    void onlyThisMachineIsSpokenToUnprotectedUnasked(String image, boolean insecure) throws Exception {
        ImageReference reference = ImageReference.parse(image);

        assertThat(new RegistryAccess("x", Optional.empty(), false).mayBeInsecure(reference))
                .isEqualTo(insecure);
        assertThat(new RegistryAccess("x", Optional.empty(), true).mayBeInsecure(reference))
                .isTrue();
    }

    @Test
    void aWrongPasswordIsReportedWithoutShowingIt() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.image = registry.host() + "/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, "wr0ng-Word"));
            Throwable failure = catchThrowable(project::pack);

            assertThat(failure)
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessage(
                            "cannot push %1$s/weather:1: the registry %1$s refused the user name ci or its password (401)"
                                    .formatted(registry.host()));
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("wr0ng-Word");
            assertThat(project.output.orElseThrow()).as("all or nothing").doesNotExist();
        }
    }

    @Test
    void aMissingPasswordIsAskedFor() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.image = registry.host() + "/weather:1";

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("asks for a user name and a password (401)")
                    .hasMessageContaining("docker login " + registry.host());
        }
    }

    @Test
    void aPasswordIsNotSentOverPlainHttp() throws Exception {
        try (Registry registry = Registry.careless(temp)) {
            project.image = registry.host() + "/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("plain http, so the password was not sent");
        }
    }

    @Test
    void aRegistryOutOfReachIsReportedInOneSentence() {
        project.image = "localhost:1/weather:1";

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("cannot push localhost:1/weather:1: no connection to the registry localhost:1")
                .hasMessageNotContaining("\n");
        assertThat(project.output.orElseThrow()).doesNotExist();
    }

    @Test
    void aRegistryThatDoesNotExistIsReportedBeforeAnythingIsTried() {
        project.image = "registry.invalid/weather:1";

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("cannot push registry.invalid/weather:1: there is no host registry.invalid;"
                        + " check the image's name");
    }

    @Test
    void credentialsAreForTheRegistryOfTheImageOnly() throws Exception {
        try (Registry registry = Registry.guarded(temp)) {
            project.base = registry.host() + "/runtime:1";
            project.image = "elsewhere.example/weather:1";
            project.credentials = Optional.of(new RegistryCredentials(Registry.USER, Registry.SECRET));

            assertThatThrownBy(() -> project.pack())
                    .isInstanceOf(OutsideSystemException.class)
                    .hasMessageContaining("asks for a user name and a password (401)");
            assertThat(Files.exists(temp.resolve("storage/docker"))).isFalse();
        }
    }

    private static Progress listener(List<String> told) {
        return new Progress() {
            @Override
            public void step(String what, double fraction) {
                told.add(what);
            }

            @Override
            public void line(String text) {
                told.add(text);
            }
        };
    }
}
