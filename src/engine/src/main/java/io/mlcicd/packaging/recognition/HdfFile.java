package io.mlcicd.packaging.recognition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tells what an HDF5 file is (HDF5 File Format Specification 3.0, II.A: the signature). Keras 2 writes models into such
 * files, with attributes of its own at the root, which stands near the beginning.
 */
final class HdfFile {

    /** The signature as Latin-1. */
    static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";

    private static final int HEAD = 1 << 20;

    private HdfFile() {}

    static ModelFacts read(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean keras = text.contains("keras_version") && text.contains("backend");
        return new ModelFacts(keras ? ModelKind.KERAS : ModelKind.HDF5, Map.of("format", "HDF5"), Signature.NONE);
    }
}
