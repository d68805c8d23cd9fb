package io.mlcicd.packaging;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import io.mlcicd.packaging.docker.DockerUse;
import io.mlcicd.packaging.licence.LicencePolicy;
import io.mlcicd.packaging.supplychain.SupplyChain;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.serving.ServingContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small project to package, and a request that each test changes where it matters. */
final class Project {

    final Path folder;
    String model = "build/model";
    List<String> files = List.of("serve.py", "conf/**");
    String image = "registry.example/weather:1.0";
    String base = PackagingRequest.SCRATCH;
    List<String> command = List.of("python3", "serve.py");
    Map<String, String> env = Map.of("PORT", "8080", "MODEL", "build/model", "LANG", "C.UTF-8", "WORKERS", "2");
    Optional<Path> output;
    boolean push;
    Optional<RegistryCredentials> credentials = Optional.empty();
    boolean insecure;
    List<String> platforms = List.of(PackagingRequest.DEFAULT_PLATFORM);
    List<String> dependencies = List.of();
    Optional<Instant> created = Optional.empty();
    List<String> allowedImports = List.of();
    LicencePolicy licences = LicencePolicy.ANY;
    SupplyChain supplyChain = SupplyChain.UNSIGNED;
    Map<String, Double> performance = Map.of();
    LineageRecord known = LineageRecord.EMPTY;
    List<Gate> gates = List.of();
    DockerUse docker = DockerUse.DAEMONLESS;
    Optional<ServingContract> serveCheck = Optional.empty();

    Project(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.output = Optional.of(folder.resolve("build/image.tar"));
        write("serve.py", "#!/usr/bin/env python3\nprint('serving')\n");
        write("conf/app.toml", "[server]\n");
        write("conf/deep/labels.txt", "sun\nrain\n");
        write("conf/.secret", "hidden");
        write("build/model/weights.bin", "0123456789".repeat(2000));
        write("build/model/meta/classes.json", "[\"sun\", \"rain\"]");
    }

    Project write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    PackagingRequest request() {
        return new PackagingRequest(
                new Model("weather", Optional.of(Task.MULTICLASS)),
                folder,
                model,
                files,
                image,
                base,
                command,
                env,
                output,
                push,
                credentials,
                insecure,
                platforms,
                dependencies,
                created,
                allowedImports,
                licences,
                supplyChain,
                known,
                performance,
                gates,
                docker,
                serveCheck);
    }

    Result<PackagingDetails> pack() throws InterruptedException {
        return new PackageModel().run(request(), Progress.NONE);
    }
}
