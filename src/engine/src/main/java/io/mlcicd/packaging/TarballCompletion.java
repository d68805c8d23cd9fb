package io.mlcicd.packaging;

import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Makes a tarball with an OCI image layout readable for every version of {@code docker load}, and the same on every
 * machine. Docker before version 25 knows no image layout: it wants a {@code manifest.json} that names the
 * configuration and the layers, which may well be the layout's own blobs. The writer of the layout has put the name of
 * the user who runs it into each header; it goes.
 */
final class TarballCompletion {

    private static final int RECORD = 512;
    private static final int USER_AND_GROUP_NAME = 265;
    private static final int USER_AND_GROUP_NAME_LENGTH = 64;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final Instant TIME = Instant.EPOCH.plusSeconds(1);

    private TarballCompletion() {}

    /** Changes the tarball in place, without copying its layers. */
    static void complete(Path tarball) throws IOException {
        ImageTarball image = ImageTarball.open(tarball);
        try (TarFile tar = new TarFile(tarball);
                FileChannel channel = FileChannel.open(tarball, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = 0;
            for (TarArchiveEntry entry : tar.getEntries()) {
                removeUserName(channel, entry.getDataOffset() - RECORD);
                end = Math.max(end, endOf(entry));
            }
            channel.truncate(end).position(end);
            append(channel, dockerManifest(image));
        }
    }

    private static long endOf(TarArchiveEntry entry) {
        long records = (entry.getSize() + RECORD - 1) / RECORD;
        return entry.getDataOffset() + records * RECORD;
    }

    private static byte[] dockerManifest(ImageTarball image) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Config", image.config().path());
        manifest.put("RepoTags", List.of(image.name()));
        manifest.put(
                "Layers",
                image.layers().stream().map(ImageTarball.Descriptor::path).toList());
        return Json.write(List.of(manifest)).getBytes(StandardCharsets.UTF_8);
    }

    /** The stream also writes the end of the archive. */
    private static void append(FileChannel channel, byte[] manifest) throws IOException {
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Channels.newOutputStream(channel))) {
            TarArchiveEntry entry = new TarArchiveEntry("manifest.json");
            entry.setSize(manifest.length);
            entry.setModTime(TIME.toEpochMilli());
            entry.setUserName("");
            out.putArchiveEntry(entry);
            out.write(manifest);
            out.closeArchiveEntry();
        }
    }

    /** Blanks the names in a POSIX (ustar) header and corrects its sum, in which the sum itself counts as spaces. */
    private static void removeUserName(FileChannel channel, long position) throws IOException {
        byte[] header = new byte[RECORD];
        channel.read(ByteBuffer.wrap(header), position);
        Arrays.fill(header, USER_AND_GROUP_NAME, USER_AND_GROUP_NAME + USER_AND_GROUP_NAME_LENGTH, (byte) 0);
        Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        int sum = 0;
        for (byte octet : header) {
            sum += Byte.toUnsignedInt(octet);
        }
        byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, CHECKSUM, CHECKSUM_LENGTH);
        channel.write(ByteBuffer.wrap(header), position);
    }
}
