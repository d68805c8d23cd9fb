package io.mlcicd.packaging.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

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

    static ImageFiles open(Path tarball) throws IOException {
        try (TarFile tar = new TarFile(tarball)) {
            JsonNode index = json(tar, "index.json");
            JsonNode manifest = json(tar, blob(index.path("manifests").path(0)));
            JsonNode image = json(tar, blob(manifest.path("config")));
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
            manifest.path("layers").forEach(layer -> layers.add(blob(layer)));
            String folder = config.path("WorkingDir").asText("");
            String platform =
                    image.path("os").asText() + "/" + image.path("architecture").asText();
            return new ImageFiles(command, environment, folder.isEmpty() ? "/" : folder, platform, layers);
        }
    }

    /** Writes the files of all layers below a folder, and never outside it. */
    void unpack(Path tarball, Path root) throws IOException {
        try (TarFile tar = new TarFile(tarball)) {
            for (String layer : layers) {
                try (InputStream in = new BufferedInputStream(tar.getInputStream(entry(tar, layer)));
                        TarArchiveInputStream files = new TarArchiveInputStream(plain(in))) {
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

    private static InputStream plain(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in) : in;
    }

    private static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static JsonNode json(TarFile tar, String path) throws IOException {
        try (InputStream in = tar.getInputStream(entry(tar, path))) {
            return Json.mapper().readTree(in);
        }
    }

    private static TarArchiveEntry entry(TarFile tar, String path) throws IOException {
        return tar.getEntries().stream()
                .filter(entry -> entry.getName().equals(path))
                .findFirst()
                .orElseThrow(() -> new IOException("it has no " + path));
    }
}
