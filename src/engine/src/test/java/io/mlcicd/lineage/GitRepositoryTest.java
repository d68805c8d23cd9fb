package io.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against repositories made with git itself. */
class GitRepositoryTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void gitIsInstalled() throws Exception {
        boolean installed = true;
        try {
            new ProcessBuilder("git", "--version").start().waitFor();
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "git is not installed, so reading a git repository was not tested");
    }

    @Test
    void theCommitIsTheOneGitNames() throws Exception {
        repositoryWithOneCommit();

        GitCommit commit = GitRepository.read(folder).orElseThrow();

        assertThat(commit.sha()).isEqualTo(git("rev-parse", "HEAD"));
        assertThat(commit.branch()).contains("main");
        assertThat(commit.dirty()).isFalse();
        assertThat(commit.remote()).isEmpty();
    }

    @Test
    void aFolderDeepInTheWorkTreeHasTheSameCommit() throws Exception {
        repositoryWithOneCommit();
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("train.py"), "changed above");

        GitCommit commit = GitRepository.read(deep).orElseThrow();

        assertThat(commit.sha()).isEqualTo(git("rev-parse", "HEAD"));
        assertThat(commit.dirty()).isTrue();
    }

    @Test
    void onlyChangesOfTrackedFilesMakeItDirty() throws Exception {
        repositoryWithOneCommit();
        Files.writeString(folder.resolve("untracked.txt"), "new");
        assertThat(GitRepository.read(folder).orElseThrow().dirty()).isFalse();

        Files.writeString(folder.resolve("train.py"), "print(2)");
        assertThat(GitRepository.read(folder).orElseThrow().dirty()).isTrue();

        git("add", "train.py");
        assertThat(GitRepository.read(folder).orElseThrow().dirty()).isTrue();
    }

    @Test
    void aDetachedHeadHasNoBranch() throws Exception {
        repositoryWithOneCommit();
        git("checkout", "-q", "--detach");

        assertThat(GitRepository.read(folder).orElseThrow().branch()).isEmpty();
    }

    @Test
    void aTagIsToldWhileItStandsOnTheVeryCommit() throws Exception {
        repositoryWithOneCommit();
        assertThat(GitRepository.read(folder).orElseThrow().tag()).isEmpty();

        git("tag", "model-1.0");
        assertThat(GitRepository.read(folder).orElseThrow().tag()).contains("model-1.0");

        git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "--allow-empty", "-m", "next");
        assertThat(GitRepository.read(folder).orElseThrow().tag()).isEmpty();
    }

    @Test
    void theRemoteComesWithoutItsPassword() throws Exception {
        repositoryWithOneCommit();
        git("remote", "add", "origin", "https://ci:s3cret@git.example/team/weather.git");

        assertThat(GitRepository.read(folder).orElseThrow().remote()).contains("https://git.example/team/weather.git");
    }

    @Test
    void thereIsNoCommitWithoutARepositoryACommitOrGit() throws Exception {
        assertThat(GitRepository.read(folder)).isEmpty();
        git("init", "-q", "-b", "main");
        assertThat(GitRepository.read(folder)).isEmpty();
        assertThat(GitRepository.read(folder, "no-such-git")).isEmpty();
        assertThat(GitRepository.read(folder.resolve("missing"))).isEmpty();
    }

    @Test
    void manyChangedFilesDoNotBlockGit() throws Exception {
        git("init", "-q", "-b", "main");
        for (int i = 0; i < 2000; i++) {
            Files.writeString(folder.resolve("a-file-with-quite-a-long-name-so-that-the-pipe-fills-" + i), "1");
        }
        git("add", ".");
        commit();
        for (int i = 0; i < 2000; i++) {
            Files.writeString(folder.resolve("a-file-with-quite-a-long-name-so-that-the-pipe-fills-" + i), "22");
        }

        assertThat(GitRepository.read(folder).orElseThrow().dirty()).isTrue();
    }

    @Test
    void aGitThatHangsIsStoppedInTime() throws Exception {
        Path slow = script("exec sleep 60");

        assertThatThrownBy(() -> new GitProcess(slow.toString(), folder, Duration.ofMillis(300)).run(List.of("status")))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void aRepositoryOfAnotherUserIsReportedNotOverlooked() throws Exception {
        Path wary = script("echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit 128");

        assertThatThrownBy(() -> GitRepository.read(folder, wary.toString()))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("safe.directory");
    }

    @Test
    void interruptionEndsTheWait() throws Exception {
        Path slow = script("exec sleep 60");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> GitRepository.read(folder, slow.toString())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private Path script(String line) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no shell scripts on this system");
        Path script = folder.resolve("git.sh");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void repositoryWithOneCommit() throws Exception {
        git("init", "-q", "-b", "main");
        Files.writeString(folder.resolve("train.py"), "print(1)");
        git("add", "train.py");
        commit();
    }

    private void commit() throws Exception {
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "first");
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
