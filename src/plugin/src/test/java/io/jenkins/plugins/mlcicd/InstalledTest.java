package io.jenkins.plugins.mlcicd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The plugin as Jenkins loads it: with its own class loader, and libraries that come from other plugins. */
class InstalledTest {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @TempDir
    Path temp;

    @Test
    void readsDataThatTheLibraryOfAnotherPluginUnpacks() throws Throwable {
        Files.write(temp.resolve("age.csv.zst"), zstd("age\n20\n30\n"));
        Files.writeString(temp.resolve("contract.yml"), "contract: c\ncolumns: { age: { type: integer, max: 40 } }\n");
        String step = "validateData data: 'age.csv.zst', contract: 'contract.yml'";
        String pipeline = "node { dir('" + temp + "') { " + step + " } }";

        jenkins.then(rule -> {
            WorkflowJob job = rule.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(pipeline, true));
            rule.assertLogContains("[ml-cicd] validate PASSED", rule.buildAndAssertSuccess(job));
        });
    }

    /** A frame of one block that is not compressed (RFC 8878, section 3.1.1). */
    private static byte[] zstd(String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(HexFormat.of().parseHex("28b52ffd20"));
        frame.write(content.length);
        frame.write(content.length << 3 | 1);
        frame.writeBytes(new byte[2]);
        frame.writeBytes(content);
        return frame.toByteArray();
    }
}
