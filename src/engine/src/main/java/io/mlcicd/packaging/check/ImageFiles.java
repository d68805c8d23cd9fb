package io.mlcicd.packaging.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.registry.Descriptor;
import io.mlcicd.registry.ImageArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image in a tarball with an OCI image layout: what it runs, and its files. Source: image-layout.md, config.md and
 * layer.md (whiteouts) of the OCI image specification 1.1.
 *
 * @param command entry point and default arguments
 * @param environment its variables
 * @param workingDirectory where it runs, absolute
 * @param platform {@code os/architecture}
 * @param layers paths of the layers in the tarball, from the bottom up
 */
record ImageFiles(
        List<String> command,
        Map<String, String> environment,
        String workingDirectory,
        String platform,
        List<String> layers) {

    private static final String WHITEOUT = ".wh.";

    /** Docker's own, where an image names none. */
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static ImageFiles open(Path tarball) throws IOException {
        try (ImageArchive archive = ImageArchive.open(tarball)) {
            JsonNode manifest = archive.document(archive.top());
            JsonNode image = archive.document(Descriptor.of(manifest.path("config")));
            JsonNode config = image.path("config");
            List<String> command = new ArrayList<>();
            config.path("Entrypoint").forEach(part -> command.add(part.asText()));
            config.path("Cmd").forEach(part -> command.add(part.asText()));
            Map<String, String> environment = new LinkedHashMap<>();
            for (JsonNode variable : config.path("Env")) {
                String[] parts = variable.asText().split("=", 2);
                environment.put(parts[0], parts.length == 2 ? parts[1] : "");
            }
            List<String> layers = new ArrayList<>();
            for (JsonNode layer : manifest.path("layers")) {
                layers.add(Descriptor.of(layer).path());
            }
            String folder = config.path("WorkingDir").asText("");
            String platform =
                    image.path("os").asText() + "/" + image.path("architecture").asText();
            return new ImageFiles(command, environment, folder.isEmpty() ? "/" : folder, platform, layers);
        }
    }

    /** Whether the first word of the command is a file of the image, in its search path if the word is a plain name. */
    boolean brings(Path tarball) throws IOException {
        if (command.isEmpty()) {
            return true;
        }
        String program = command.get(0);
        List<String> folders = program.contains("/")
                ? List.of(workingDirectory)
                : List.of(environment.getOrDefault("PATH", SEARCH_PATH).split(":", -1));
        Set<Path> places = folders.stream()
                .map(folder -> Path.of("/").resolve(folder).resolve(program).normalize())
                .collect(Collectors.toSet());
        try (ImageArchive archive = ImageArchive.open(tarball)) {
            for (String layer : layers) {
                try (TarArchiveInputStream files = new TarArchiveInputStream(archive.plain(layer))) {
                    for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                        if (places.contains(Path.of("/").resolve(file.getName()).normalize())) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Writes the files of all layers below a folder, and never outside it. */
    void unpack(Path tarball, Path root) throws IOException {
        try (ImageArchive archive = ImageArchive.open(tarball)) {
            for (String layer : layers) {
                try (TarArchiveInputStream files = new TarArchiveInputStream(archive.plain(layer))) {
                    unpack(files, root);
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream files, Path root) throws IOException {
        for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
            Path path = inside(root, file.getName());
            String name = path.getFileName().toString();
            if (name.startsWith(WHITEOUT)) {
                Files.deleteIfExists(path.resolveSibling(name.substring(WHITEOUT.length())));
            } else if (file.isDirectory()) {
                Files.createDirectories(path);
            } else if (file.isFile()) {
                Files.createDirectories(path.getParent());
                Files.copy(files, path, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(path, permissions(file.getMode()));
            } else {
                throw new IOException("'" + file.getName() + "' is neither a file nor a folder");
            }
        }
    }

    private static Path inside(Path root, String name) throws IOException {
        Path path = root.resolve(name.replaceFirst("^/+", "")).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("'" + name + "' would lie outside the image");
        }
        return path;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        return permissions;
    }
}
