package io.mlcicd.packaging.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.packaging.environment.DeclaredEnvironment;
import io.mlcicd.packaging.environment.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedDockerfileTest {

    @TempDir
    private Path temp;

    private String text(String base) throws Exception {
        Path project = temp.toRealPath();
        PythonEnvironment environment =
                DeclaredEnvironment.of(project, project.resolve("model.bin"), Optional.of(base));
        return new GeneratedDockerfile(
                        base,
                        environment.installation(),
                        ".mlcicd/image/weather.requirements.txt",
                        List.of("serve.py", "environment.yml"),
                        List.of("model.bin"),
                        Map.of(),
                        List.of("python", "serve.py"),
                        OptionalInt.of(8080))
                .text();
    }

    @Test
    void anImageWithCondaInstallsItsEnvironmentAndFindsIt() throws Exception {
        Files.writeString(temp.resolve("environment.yml"), "dependencies: [python=3.11, lightgbm=4.5]\n");

        assertThat(text("mambaorg/micromamba:2.0")).isEqualTo("""
                FROM mambaorg/micromamba:2.0
                WORKDIR /app
                # dependencies
                COPY ["environment.yml","/app/environment.yml"]
                RUN ["micromamba","install","--yes","--name","base","--file","environment.yml"]
                ENV PATH=/opt/conda/bin:$PATH
                # code
                COPY ["serve.py","/app/"]
                # model
                COPY ["model.bin","/app/"]
                EXPOSE 8080
                ENTRYPOINT ["python","serve.py"]
                """);
    }

    @Test
    void aListMadeForPipLiesWhereNoFileOfTheProjectCan() throws Exception {
        Files.writeString(temp.resolve("pyproject.toml"), "[project]\ndependencies = [\"flask>=3\"]\n");

        assertThat(text("python:3.12-slim")).contains("""
                # dependencies of pyproject.toml
                COPY [".mlcicd/image/weather.requirements.txt","/opt/mlcicd/requirements.txt"]
                RUN ["pip","install","--no-cache-dir","-r","/opt/mlcicd/requirements.txt"]
                # code
                """);
    }
}
