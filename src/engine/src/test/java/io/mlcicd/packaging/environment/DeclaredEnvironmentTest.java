package io.mlcicd.packaging.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.Installation.Installer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is installed for a project. The lock files are small ones in the form of uv 0.9, Poetry 1.8 and 2.1, and Pipenv
 * 2023; what {@code uv export --no-dev} and {@code poetry export} print for such locks is what is expected.
 */
class DeclaredEnvironmentTest {

    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);

    @TempDir
    private Path temp;

    private Path project;

    @BeforeEach
    void open() throws IOException {
        project = temp.toRealPath();
        write("build/model/model.pkl", "");
    }

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private PythonEnvironment read() throws IOException {
        return DeclaredEnvironment.of(project, project.resolve("build/model"), Optional.empty());
    }

    private String generated() throws IOException {
        return read().installation().orElseThrow().generated().orElseThrow();
    }

    @Test
    void nothingDeclaredIsNothingInstalled() throws IOException {
        write("pyproject.toml", "[tool.ruff]\nline-length = 100\n");

        assertThat(read().installation()).isEmpty();
        assertThat(read().python()).isEmpty();
    }

    @Test
    void theModelsListGoesBeforeTheProjectsAndBringsTheFilesItNames() throws IOException {
        write("requirements.txt", "flask\n");
        write("build/model/requirements.txt", "scikit-learn==1.5.0\n-r more/base.txt\n-c pins.txt\n");
        write("build/model/more/base.txt", "numpy\n-r ../../../requirements.txt\n");
        write("build/model/pins.txt", "numpy==2.1.0\n");
        write("build/model/python_env.yaml", """
                python: 3.10.12
                build_dependencies: [pip==23.3, setuptools, wheel]
                dependencies: [-r requirements.txt]
                """);

        PythonEnvironment environment = read();

        Installation installation = environment.installation().orElseThrow();
        assertThat(installation.copied())
                .containsOnlyKeys(
                        "build/model/requirements.txt",
                        "build/model/more/base.txt",
                        "build/model/pins.txt",
                        "requirements.txt");
        assertThat(installation.command())
                .containsExactly("pip", "install", "--no-cache-dir", "-r", "build/model/requirements.txt");
        assertThat(environment.python()).contains("3.10");
        assertThat(environment.pythonFrom()).isEqualTo("build/model/python_env.yaml");
    }

    @Test
    void hashesInAListAreKept() throws IOException {
        write("requirements.txt", "numpy==2.1.0 \\\n    --hash=" + A + "\n");

        assertThat(read().installation().orElseThrow().command()).contains("--require-hashes");
    }

    @Test
    void aListThatNamesAFileElsewhereIsRefused() throws IOException {
        write("requirements.txt", "numpy\n-r gone.txt\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("requirements.txt, line 2: there is no 'gone.txt' in the project's folder");

        write("requirements.txt", "-r ../../../../../../../../etc/hostname\n");
        assertThatThrownBy(this::read).isInstanceOf(InvalidInputException.class);

        Files.delete(project.resolve("requirements.txt"));
        Files.createSymbolicLink(project.resolve("requirements.txt"), Path.of("/etc/hostname"));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leads out of the project's folder");
    }

    @Test
    void uvsLockIsWhatTheProjectNeedsToRunEachFileByItsHash() throws IOException {
        write("uv.lock", """
                version = 1
                requires-python = ">=3.9, <3.12"

                [[package]]
                name = "weather"
                version = "0.1.0"
                source = { virtual = "." }
                dependencies = [
                    { name = "numpy", version = "1.26.4", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.10'" },
                    { name = "numpy", version = "2.1.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.10'" },
                    { name = "uvicorn", extra = ["standard"] },
                    { name = "features" },
                ]
                [package.dev-dependencies]
                dev = [{ name = "pytest" }]
                [package.optional-dependencies]
                plots = [{ name = "matplotlib" }]

                [[package]]
                name = "numpy"
                version = "1.26.4"
                source = { registry = "https://pypi.org/simple" }
                resolution-markers = ["python_full_version < '3.10'"]
                sdist = { url = "https://files.example/numpy.tar.gz", hash = "%1$s" }

                [[package]]
                name = "numpy"
                version = "2.1.0"
                source = { registry = "https://pypi.org/simple" }
                resolution-markers = ["python_full_version >= '3.10'"]
                wheels = [{ url = "https://files.example/a.whl", hash = "%1$s" }, { url = "https://files.example/b.whl", hash = "%2$s" }]

                [[package]]
                name = "uvicorn"
                version = "0.30.0"
                source = { registry = "https://pypi.org/simple" }
                dependencies = [{ name = "click" }]
                wheels = [{ url = "https://files.example/u.whl", hash = "%1$s" }]
                [package.optional-dependencies]
                standard = [{ name = "uvloop", marker = "sys_platform != 'win32'" }, { name = "click", marker = "sys_platform == 'win32'" }]

                [[package]]
                name = "click"
                version = "8.1.7"
                source = { registry = "https://pypi.org/simple" }
                dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }]
                wheels = [{ url = "https://files.example/c.whl", hash = "%1$s" }]

                [[package]]
                name = "colorama"
                version = "0.4.6"
                source = { registry = "https://pypi.org/simple" }
                wheels = [{ url = "https://files.example/co.whl", hash = "%1$s" }]

                [[package]]
                name = "uvloop"
                version = "0.19.0"
                source = { registry = "https://index.example/simple" }
                wheels = [{ url = "https://files.example/l.whl", hash = "%1$s" }]

                [[package]]
                name = "features"
                version = "0.1.0"
                source = { editable = "features" }
                dependencies = [{ name = "numpy", version = "2.1.0", marker = "python_full_version >= '3.10'" }]

                [[package]]
                name = "pytest"
                version = "8.0.0"
                source = { git = "https://git.example/pytest?rev=main#0123" }

                [[package]]
                name = "matplotlib"
                version = "3.9.0"
                source = { registry = "https://pypi.org/simple" }
                """.formatted(A, B));

        assertThat(generated()).isEqualTo("""
                --extra-index-url https://index.example/simple
                click==8.1.7 \\
                    --hash=%1$s
                colorama==0.4.6 ; sys_platform == 'win32' \\
                    --hash=%1$s
                numpy==1.26.4 ; python_full_version < '3.10' \\
                    --hash=%1$s
                numpy==2.1.0 ; python_full_version >= '3.10' \\
                    --hash=%1$s \\
                    --hash=%2$s
                uvicorn==0.30.0 \\
                    --hash=%1$s
                uvloop==0.19.0 ; sys_platform != 'win32' \\
                    --hash=%1$s
                """.formatted(A, B));
        assertThat(read().installation().orElseThrow().command())
                .containsExactly(
                        "pip",
                        "install",
                        "--no-cache-dir",
                        "--require-hashes",
                        "--no-deps",
                        "-r",
                        "/opt/mlcicd/requirements.txt");
        assertThat(read().python()).contains("3.11");
        assertThat(read().notes())
                .containsExactly(
                        "uv.lock needs 'features', which is code of the project's own and not installed; put it among 'files'");
    }

    @Test
    void whatPipCannotHoldByHashIsRefused() throws IOException {
        String lock = """
                version = 1
                [[package]]
                name = "weather"
                source = { editable = "." }
                dependencies = [{ name = "torch" }]
                [[package]]
                name = "torch"
                version = "2.4.0"
                source = { %s }
                """;
        write("uv.lock", lock.formatted("git = \"https://git.example/torch#0123\""));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("uv.lock: 'torch' comes from 'git' and not from an index")
                .hasMessageContaining("'dockerfile'");

        write("uv.lock", lock.formatted("registry = \"https://me:secret@index.example/simple\""));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("secret@");

        write("uv.lock", "version = 1\n[[package]\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("uv.lock:\\d+:\\d+: not valid TOML: .*");
    }

    @Test
    void poetrysLockIsReadAlongTheProjectsOwnDependencies() throws IOException {
        write("pyproject.toml", """
                [tool.poetry.dependencies]
                python = "^3.10"
                scikit-learn = { version = "^1.4", extras = ["fast"] }
                shap = { version = "*", optional = true }
                [tool.poetry.group.dev.dependencies]
                pytest = "*"
                """);
        write("poetry.lock", """
                [[package]]
                name = "scikit-learn"
                version = "1.5.0"
                optional = false
                files = [{ file = "s.whl", hash = "%1$s" }]
                [package.dependencies]
                numpy = ">=1.19.5"
                tomli = { version = "*", markers = "python_version < '3.11'" }
                intel = { version = "*", optional = true }
                [package.extras]
                fast = ["intel (>=2)"]

                [[package]]
                name = "numpy"
                version = "2.0.0"
                files = [{ file = "n.whl", hash = "%1$s" }]
                [[package]]
                name = "tomli"
                version = "2.0.1"
                files = [{ file = "t.whl", hash = "%1$s" }]
                [[package]]
                name = "intel"
                version = "2024.1"
                files = [{ file = "i.whl", hash = "%1$s" }]
                [[package]]
                name = "shap"
                version = "0.46.0"
                files = [{ file = "h.whl", hash = "%1$s" }]
                [[package]]
                name = "pytest"
                version = "8.2.0"
                files = [{ file = "p.whl", hash = "%1$s" }]

                [metadata]
                lock-version = "2.0"
                python-versions = "^3.10"
                """.formatted(A));

        assertThat(generated()).isEqualTo("""
                intel==2024.1 \\
                    --hash=%1$s
                numpy==2.0.0 \\
                    --hash=%1$s
                scikit-learn==1.5.0 \\
                    --hash=%1$s
                tomli==2.0.1 ; python_version < '3.11' \\
                    --hash=%1$s
                """.formatted(A));
        assertThat(read().python()).contains("3.12");
    }

    @Test
    void aLockThatDoesNotTellItsVersionsApartIsRefused() throws IOException {
        write("poetry.lock", """
                [[package]]
                name = "numpy"
                version = "1.26.4"
                [[package]]
                name = "numpy"
                version = "2.0.0"
                """);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("poetry.lock holds 'numpy' in the versions 1.26.4 and 2.0.0");
    }

    @Test
    void pipenvsLockIsItsDefaultSection() throws IOException {
        write("Pipfile.lock", """
                {"_meta": {"requires": {"python_version": "3.9"}, "sources": [{"name": "pypi", "url": "https://pypi.org/simple"}]},
                 "default": {"numpy": {"hashes": ["%s"], "index": "pypi", "markers": "python_version >= '3.9'", "version": "==1.26.4"}},
                 "develop": {"pytest": {"version": "==8.0.0"}}}
                """.formatted(A));

        assertThat(generated()).isEqualTo("numpy==1.26.4 ; python_version >= '3.9' \\\n    --hash=" + A + "\n");
        assertThat(read().python()).contains("3.9");
    }

    @Test
    void aProjectWithoutALockGetsWhatItDeclares() throws IOException {
        write("pyproject.toml", """
                [project]
                requires-python = "~=3.11.0"
                dependencies = ["scikit-learn>=1.4,<2", "pandas[parquet]==2.2.*; sys_platform == 'linux'"]
                """);

        assertThat(generated()).isEqualTo("scikit-learn>=1.4,<2\npandas[parquet]==2.2.*; sys_platform == 'linux'\n");
        assertThat(read().installation().orElseThrow().command()).doesNotContain("--no-deps", "--require-hashes");
        assertThat(read().python()).contains("3.11");
    }

    @Test
    void condasPipPartIsInstalledByPip() throws IOException {
        write("build/model/conda.yaml", """
                channels: [conda-forge]
                dependencies:
                - python=3.11.9
                - pip<=24
                - pip: [mlflow==2.14.1, scikit-learn==1.5.0]
                name: mlflow-env
                """);

        assertThat(generated()).isEqualTo("mlflow==2.14.1\nscikit-learn==1.5.0\n");
        assertThat(read().python()).contains("3.11");
    }

    @Test
    void whatOnlyCondaInstallsNeedsABaseWithConda() throws IOException {
        write("environment.yml", "dependencies: [python=3.10, conda-forge::lightgbm=4.5, {pip: [-r extra.txt]}]\n");
        write("extra.txt", "flask\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("environment.yml names packages of conda (conda-forge::lightgbm=4.5)")
                .hasMessageContaining("mambaorg/micromamba");

        for (String base :
                new String[] {"mambaorg/micromamba:2.0", "registry.example:5000/team/micromamba@sha256:ab"}) {
            Installation installation = DeclaredEnvironment.of(
                            project, project.resolve("build/model"), Optional.of(base))
                    .installation()
                    .orElseThrow();
            assertThat(installation.installer()).isEqualTo(Installer.MICROMAMBA);
            assertThat(installation.copied()).containsOnlyKeys("environment.yml", "extra.txt");
            assertThat(installation.command())
                    .containsExactly("micromamba", "install", "--yes", "--name", "base", "--file", "environment.yml");
        }
        Installation installation = DeclaredEnvironment.of(
                        project, project.resolve("build/model"), Optional.of("continuumio/miniconda3"))
                .installation()
                .orElseThrow();
        assertThat(installation.command()).startsWith("conda", "env", "update");
    }

    @Test
    void packagesOfCondaBesideAListForPipAreTold() throws IOException {
        write("requirements.txt", "flask\n");
        write("conda.yaml", "dependencies: [python=3.10, lightgbm]\n");

        assertThat(read().notes())
                .containsExactly("conda.yaml names packages of conda, which are not installed beside those of"
                        + " requirements.txt: lightgbm");
    }
}
