package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a layer of files that depends on their names and contents only. */
final class LayerFiles {

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions DATA = FilePermissions.fromOctalString("644");
    private static final String SCRIPT = "#!";
    private static final String ELF = "\u007fELF";

    private LayerFiles() {}

    /** The layer with each file at its path below {@code folder}. */
    static FileEntriesLayer layer(String name, List<ProjectFile> files, AbsoluteUnixPath folder) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (ProjectFile file : files) {
            FilePermissions permissions = isProgram(file.source()) ? PROGRAM : DATA;
            layer.addEntry(file.source(), folder.resolve(file.path()), permissions);
        }
        return layer.build();
    }

    /** The permissions on disk differ with the umask and the file system; how a file begins does not. */
    private static boolean isProgram(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(ELF.length()), StandardCharsets.ISO_8859_1);
            return start.startsWith(SCRIPT) || start.equals(ELF);
        }
    }
}
