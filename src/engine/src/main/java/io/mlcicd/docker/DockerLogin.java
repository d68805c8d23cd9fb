package io.mlcicd.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Folders;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A configuration folder of Docker's that lives as long as one login, so that a secret is in none that stays. It lies in
 * memory where the machine has a file system there. What a killed process left is removed by the next login.
 */
final class DockerLogin implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "mlcicd-docker-login-";

    /** Docker's folder also tells where the daemon is, and how to build. */
    private static final List<String> SHARED = List.of("contexts", "cli-plugins");

    private final Path folder;

    private DockerLogin(Path folder) {
        this.folder = folder;
    }

    /**
     * An empty login beside the user's own configuration.
     *
     * @param environment where {@code DOCKER_CONFIG} and {@code HOME} are looked up
     */
    static DockerLogin open(Map<String, String> environment) {
        Path place = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            removeAbandoned(place);
            // Only its owner may look into a temporary folder.
            Path folder = Files.createTempDirectory(
                    place, PREFIX + ProcessHandle.current().pid() + "-");
            Optional<Path> own = ownConfiguration(environment);
            for (String shared : SHARED) {
                if (own.isPresent() && Files.isDirectory(own.get().resolve(shared))) {
                    Files.createSymbolicLink(folder.resolve(shared), own.get().resolve(shared));
                }
            }
            Optional<String> context = own.flatMap(DockerLogin::currentContext);
            if (context.isPresent()) {
                Files.writeString(folder.resolve("config.json"), Json.write(Map.of("currentContext", context.get())));
            }
            return new DockerLogin(folder);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a folder for Docker's login: " + e.getMessage(), e);
        }
    }

    Map<String, String> environment() {
        return Map.of("DOCKER_CONFIG", folder.toString());
    }

    private static Optional<Path> ownConfiguration(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("DOCKER_CONFIG"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getProperty("user.home")).map(home -> Path.of(home, ".docker")))
                .map(Path::toAbsolutePath)
                .filter(Files::isDirectory);
    }

    private static Optional<String> currentContext(Path own) {
        Path file = own.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode context = Json.read(file).path("currentContext");
        return context.isTextual() ? Optional.of(context.asText()) : Optional.empty();
    }

    private static void removeAbandoned(Path place) throws IOException {
        List<Path> logins;
        try (Stream<Path> files = Files.list(place)) {
            logins = files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path login : logins) {
            String name = login.getFileName().toString();
            String pid = name.substring(PREFIX.length()).replaceFirst("-.*", "");
            boolean alive = pid.matches("\\d{1,18}")
                    && ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isPresent();
            if (!alive) {
                remove(login);
            }
        }
    }

    @Override
    public void close() {
        remove(folder);
    }

    private static void remove(Path folder) {
        try {
            Folders.remove(folder);
        } catch (IOException e) {
            throw new OutsideSystemException(
                    "cannot remove %s, which may hold a password; remove it by hand".formatted(folder), e);
        }
    }
}
