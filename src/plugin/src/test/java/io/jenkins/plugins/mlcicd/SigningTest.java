package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.Secret;
import io.mlcicd.signature.ImageVerification;
import io.mlcicd.signature.VerificationKey;
import io.mlcicd.signature.VerifiedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images that are signed with a key from Jenkins' credentials, which nobody gets to see. */
@WithJenkins
class SigningTest {

    private static final String PASSWORD = "correct-horse-2290";

    private static JenkinsRule jenkins;

    @TempDir
    static Path keys;

    @TempDir
    Path temp;

    private ModelProject project;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
        openssl("genpkey -algorithm ED25519 -aes256 -pass pass:" + PASSWORD + " -out locked.pem");
        openssl("pkey -in locked.pem -passin pass:" + PASSWORD + " -pubout -out locked.pub");
        add(file("key", text("key.pem")));
        // A secret text has one line.
        add(new StringCredentialsImpl(
                CredentialsScope.GLOBAL,
                "text",
                null,
                Secret.fromString(text("key.pem").replace("\n", ""))));
        add(file("locked", text("locked.pem")));
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "password", null, Secret.fromString(PASSWORD)));
        add(file("no-key", "hush-4711"));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", null, "robot", PASSWORD));
    }

    private static void openssl(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        int code;
        try {
            code = new ProcessBuilder(command)
                    .directory(keys.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            code = -1;
        }
        assumeTrue(code == 0, "openssl cannot make keys here, so nothing was signed");
    }

    private static String text(String name) throws IOException {
        return Files.readString(keys.resolve(name));
    }

    /** A line of the file that only who has the file can know. */
    private static String secretLine(String name) throws IOException {
        return text(name).lines().skip(1).findFirst().orElseThrow();
    }

    static FileCredentialsImpl file(String id, String content) {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                null,
                "release.pem",
                SecretBytes.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    static void add(Credentials credentials) throws IOException {
        CredentialsProvider.lookupStores(Jenkins.get()).iterator().next().addCredentials(Domain.global(), credentials);
    }

    @BeforeEach
    void project() throws Exception {
        project = new ModelProject(temp.resolve("project"));
    }

    @Test
    void aSecretFileSignsAndStaysSecret() throws Exception {
        WorkflowRun run = build("packageModel signingCredentialsId: 'key', sbom: false");

        jenkins.assertBuildStatusSuccess(run);
        assertSigned("key.pub");
        assertThat(image(".sbom.json")).doesNotExist();
        assertThat(image(".provenance.json")).exists();
        assertUntold(secretLine("key.pem"));
    }

    @Test
    void aSecretTextSignsInPlaceOfWhatTheFileSays() throws Exception {
        project.write(
                "mlcicd.yml",
                Files.readString(project.folder().resolve("mlcicd.yml"))
                        .replace("image: small:1.0", "image: small:1.0, sign: { key: gone.pem, passwordEnv: GONE }"));

        jenkins.assertBuildStatusSuccess(build("packageModel signingCredentialsId: 'text'"));

        assertSigned("key.pub");
    }

    @Test
    void aKeyWithAPasswordIsOpenedWithIt() throws Exception {
        WorkflowRun without = build("packageModel signingCredentialsId: 'locked'");
        jenkins.assertBuildStatus(Result.FAILURE, without);
        jenkins.assertLogContains("the secret with the id 'locked' has a password", without);

        jenkins.assertBuildStatusSuccess(
                build("packageModel signingCredentialsId: 'locked', signingPasswordId: 'password'"));

        assertSigned("locked.pub");
        assertUntold(PASSWORD);
        assertUntold(secretLine("locked.pem"));
    }

    @Test
    void whatIsNoKeyIsToldByItsId() throws Exception {
        for (String id : List.of("nobody", "login")) {
            WorkflowRun run = build("packageModel signingCredentialsId: '" + id + "'");
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains(
                    "There are no credentials of the kind 'secret file' or 'secret text' with the id '" + id + "'",
                    run);
        }
        WorkflowRun run = build("packageModel signingCredentialsId: 'no-key'");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("the secret with the id 'no-key' is not a key in PEM", run);
        jenkins.assertLogNotContains("hush-4711", run);
        WorkflowRun password = build("packageModel signingPasswordId: 'password'");
        jenkins.assertBuildStatus(Result.FAILURE, password);
        jenkins.assertLogContains("A password is given for a signing key, but no key", password);
    }

    @Test
    void platformsPicklesAndLicencesAreThoseOfTheStep() throws Exception {
        WorkflowRun run = build("""
                def made = packageModel platforms: 'linux/amd64, linux/arm64', allowPickle: 'features.*',
                    allowLicences: 'MIT, BSD*', denyLicences: 'GPL*', provenance: false
                echo "platforms ${made.document.details.platforms}"
                """);

        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("linux/arm64", run);
        assertThat(image(".provenance.json")).doesNotExist();
    }

    private Path image(String ending) {
        return project.folder().resolve(".mlcicd/image/small.tar" + ending);
    }

    private void assertSigned(String publicKey) {
        assertThat(ImageVerification.verify(image(""), VerificationKey.read(keys.resolve(publicKey))))
                .matches(VerifiedImage::holds);
    }

    /** No build, no document and no file of the project holds the text. */
    private void assertUntold(String secret) throws IOException {
        for (Path folder : List.of(jenkins.jenkins.getRootDir().toPath().resolve("jobs"), project.folder())) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secret);
                }
            }
        }
    }

    private WorkflowRun build(String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(project.pipeline(step), true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
