package io.mlcicd.lineage;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the version of the code in a folder from the git work tree around it. */
public final class GitRepository {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COMMIT = "# branch.oid ";
    private static final String BRANCH = "# branch.head ";

    private GitRepository() {}

    /**
     * The commit that the work tree around this folder stands on.
     *
     * @return empty when git is not installed, the folder is in no work tree, or there is no commit yet
     * @throws OutsideSystemException when git does not answer within 30 seconds, or refuses to read a repository
     *     that belongs to somebody else; a commit must not be missing from the lineage without anyone being told
     * @throws InterruptedException when the calling thread was interrupted; git has been stopped
     */
    public static Optional<GitCommit> read(Path folder) throws InterruptedException {
        return read(folder, "git");
    }

    static Optional<GitCommit> read(Path folder, String git) throws InterruptedException {
        GitProcess process = new GitProcess(git, folder, PATIENCE);
        GitProcess.Output status;
        try {
            status = process.run(
                    List.of("status", "--porcelain=v2", "--branch", "--untracked-files=no", "--no-renames"));
        } catch (IOException e) {
            return Optional.empty();
        }
        if (status.exitCode() != 0) {
            refuseForeignOwner(status.error(), folder);
            return Optional.empty();
        }
        Optional<String> sha = header(status, COMMIT).filter(id -> !id.equals("(initial)"));
        if (sha.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GitCommit(
                sha.get(),
                header(status, BRANCH).filter(name -> !name.equals("(detached)")),
                status.text().lines().anyMatch(line -> !line.startsWith("#")),
                remote(process),
                tag(process)));
    }

    /**
     * When that commit was made.
     *
     * @return empty when the work tree around this folder does not have it
     * @throws InterruptedException when the calling thread was interrupted; git has been stopped
     */
    public static Optional<Instant> time(Path folder, GitCommit commit) throws InterruptedException {
        try {
            GitProcess.Output shown = new GitProcess("git", folder, PATIENCE)
                    .run(List.of("show", "--no-patch", "--format=%ct", commit.sha(), "--"));
            return shown.exitCode() == 0
                    ? Optional.of(
                            Instant.ofEpochSecond(Long.parseLong(shown.text().strip())))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the work tree around this folder has that commit.
     *
     * @throws InterruptedException when the calling thread was interrupted; git has been stopped
     */
    public static boolean has(Path folder, String sha) throws InterruptedException {
        return ask(folder, List.of("cat-file", "-e", sha + "^{commit}")).isPresent();
    }

    /**
     * Branches of remotes, as this clone knows them, that a commit is on.
     *
     * @throws InterruptedException when the calling thread was interrupted; git has been stopped
     */
    public static List<String> remoteBranches(Path folder, String sha) throws InterruptedException {
        return ask(folder, List.of("branch", "--remotes", "--format=%(refname:short)", "--contains", sha))
                .map(text -> text.lines().filter(line -> !line.isBlank()).toList())
                .orElse(List.of());
    }

    /**
     * Digest of a file as it is in a commit.
     *
     * @param path relative to the folder
     * @return empty when the commit has no such file
     * @throws InterruptedException when the calling thread was interrupted; git has been stopped
     */
    public static Optional<Digest> digest(Path folder, String sha, String path) throws InterruptedException {
        if (path.startsWith("/") || path.contains(":")) {
            return Optional.empty();
        }
        try {
            return new GitProcess("git", folder, PATIENCE).digest(List.of("cat-file", "blob", sha + ":./" + path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ask(Path folder, List<String> command) throws InterruptedException {
        try {
            GitProcess.Output output = new GitProcess("git", folder, PATIENCE).run(command);
            return output.exitCode() == 0 ? Optional.of(output.text()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(GitProcess.Output status, String key) {
        return status.text()
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst();
    }

    private static Optional<String> remote(GitProcess process) throws InterruptedException {
        try {
            GitProcess.Output url = process.run(List.of("config", "--get", "remote.origin.url"));
            return url.exitCode() == 0 ? RemoteUrl.withoutCredentials(url.text().strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> tag(GitProcess process) throws InterruptedException {
        try {
            GitProcess.Output tag = process.run(List.of("describe", "--tags", "--exact-match", "HEAD"));
            return tag.exitCode() == 0
                    ? Optional.of(tag.text().strip()).filter(name -> !name.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void refuseForeignOwner(String error, Path folder) {
        if (error.contains("dubious ownership")) {
            throw new OutsideSystemException(("git does not read the repository around %s because it belongs to another"
                            + " user; run: git config --global --add safe.directory <its top folder>")
                    .formatted(folder));
        }
    }
}
