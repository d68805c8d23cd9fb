package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.signature.ImageVerification;
import io.mlcicd.signature.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages with a key that is not in a file; the command runs in a process of its own, for its environment. */
class PackageCommandTest {

    private static final String VARIABLE = "RELEASE_KEY_OF_A_TEST";

    @TempDir
    Path folder;

    private KeyPair pair;

    @BeforeEach
    void project() throws Exception {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/model.bin"), "weights");
        Files.writeString(
                folder.resolve("public.pem"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        // The option takes the place of a key in the file.
        Files.writeString(folder.resolve("mlcicd.yml"), """
                model: { name: weather, task: multiclass }
                package: { model: build/model.bin, image: "weather:1", sign: { key: not-there.pem } }
                """);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(content));
    }

    /** Exit code and what was printed. */
    private record Ended(int code, String printed) {}

    private Ended pack(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "package",
                folder.toString(),
                "--output",
                folder.resolve("image.tar").toString(),
                "--sign-env",
                VARIABLE);
        builder.environment().remove("COSIGN_PASSWORD");
        builder.environment().putAll(environment);
        Path log = folder.resolve("log.txt");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(log));
    }

    @Test
    void theKeyInTheVariableSignsAndIsNowhereAfterwards() throws Exception {
        String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());

        Ended ended = pack(Map.of(VARIABLE, pem("PRIVATE KEY", pair.getPrivate().getEncoded())));

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ImageVerification.verify(
                                folder.resolve("image.tar"), VerificationKey.read(folder.resolve("public.pem")))
                        .findings())
                .isEmpty();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret.substring(0, 40));
            }
        }
    }

    @Test
    void aVariableThatIsNotSetOrHoldsNoKeyIsTold() throws Exception {
        Ended unset = pack(Map.of());
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.printed()).contains(VARIABLE).contains("--sign-env").doesNotContain("not-there.pem", "\tat ");

        Ended wrong = pack(Map.of(VARIABLE, "s3cret-but-no-key"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.printed())
                .contains("the environment variable " + VARIABLE)
                .doesNotContain("s3cret", "\tat ");
        assertThat(folder.resolve("image.tar")).doesNotExist();
    }
}
