package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullCommandTest {

    @TempDir
    Path folder;

    private Path app;

    @BeforeEach
    void publish() throws Exception {
        app = folder.resolve("app/model");
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        writePem("key.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
        writePem("key.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        writePem(
                "other.pub",
                "PUBLIC KEY",
                KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded());
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/model.bin"), "weights");
        Files.writeString(folder.resolve("mlcicd.yml"), """
                model: { name: weather, task: multiclass }
                package: { model: build/model.bin, image: registry.example/weather }
                deploy:
                  target: artifact
                  artifact: { folder: store, sign: { key: key.pem } }
                """);
        CommandRun run = CommandRun.of("deploy", folder.toString());
        assertThat(run.err()).doesNotContain("mlcicd:");
        assertThat(run.code()).isEqualTo(ExitCode.PASSED);
    }

    private void writePem(String name, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(
                folder.resolve(name), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body));
    }

    private CommandRun pull(String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "pull";
        arguments[1] = folder.resolve("store") + ":weather";
        arguments[2] = "--to";
        arguments[3] = app.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void saysWhatItPulled() throws IOException {
        CommandRun run = pull("--verify", folder.resolve("key.pub").toString());
        assertThat(run.code()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("weather is in " + app, "sha256:", "signature  verified", "published  ", " by ");
        assertThat(Files.readString(app.resolve("build/model.bin"))).isEqualTo("weights");

        CommandRun again = pull("--json", "--quiet");
        JsonNode pulled = Json.mapper().readTree(again.out());
        assertThat(again.err()).isEmpty();
        assertThat(pulled.path("changed").asBoolean(true)).isFalse();
        assertThat(pulled.path("modelPath").asText()).isEqualTo("build/model.bin");
        assertThat(CommandRun.of("status", folder.toString()).out())
                .contains("weather serves at " + folder.resolve("store") + ":weather (artifact)")
                .doesNotContain("process");
    }

    @Test
    void exitCodesTellWhatIsWrong() {
        CommandRun refused = pull("--verify", folder.resolve("other.pub").toString());
        assertThat(refused.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(refused.err()).contains("has no signature of the key");
        assertThat(app).doesNotExist();
        assertThat(pull("--version", "sha256:" + "0".repeat(64)).code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(pull("--verify", folder.resolve("none.pub").toString()).code())
                .isEqualTo(ExitCode.UNUSABLE_INPUT);
        CommandRun login = pull("--username-variable", "NO_SUCH_USER_1", "--password-variable", "NO_SUCH_WORD_1");
        assertThat(login.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(login.err()).contains("NO_SUCH_USER_1 is not set");
    }
}
