package io.jenkins.plugins.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The global configuration as code and as a form. */
@WithJenkins
class ConfigurationAsCodeTest {

    @Test
    void isReadWrittenAndKeptByTheForm(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        assertThat(LineageConfiguration.get().getLineageOfDeletedBuilds()).isEqualTo("keep");

        configure(folder, "remove");

        assertThat(LineageConfiguration.get().getLineageOfDeletedBuilds()).isEqualTo("remove");
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .containsPattern("mlCicd:\\s+lineageOfDeletedBuilds: \"?remove\"?");
        jenkins.configRoundtrip();
        assertThat(LineageConfiguration.get().getLineageOfDeletedBuilds()).isEqualTo("remove");
        assertThat(new LineageConfiguration().removesWithBuilds()).isTrue();
        assertThatThrownBy(() -> configure(folder, "maybe")).hasStackTraceContaining("neither keep nor remove");
    }

    private static void configure(Path folder, String choice) throws Exception {
        Path file = Files.writeString(
                folder.resolve("jenkins.yaml"),
                "unclassified: { mlCicd: { lineageOfDeletedBuilds: " + choice + " } }\n");
        ConfigurationAsCode.get().configure(file.toString());
    }
}
