package io.mlcicd.versioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected hashes were computed by DVC 3.64 with dvc-data 3.16: {@code dvc add}, and {@code file_md5} of its hash.py. */
class DvcHashingTest {

    private static final DvcHashing MD5 = new DvcHashing(new DvcHash(DvcHash.MD5, ""));
    private static final DvcHashing UNIX = new DvcHashing(new DvcHash(DvcHash.MD5_OF_UNIX_TEXT, ""));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "crlf, e5ebd4c02cefbe7955977c67ada242b7, b202f333fba4fd38d4b8e5e693077aab",
        "lf, e5ebd4c02cefbe7955977c67ada242b7, e5ebd4c02cefbe7955977c67ada242b7",
        "nul, 4d42a3a6c766fd894c6f083473dc8f91, 4d42a3a6c766fd894c6f083473dc8f91",
        "latin, 907e7603ba9d17be196158c35121c2d9, 907e7603ba9d17be196158c35121c2d9",
        "empty, d41d8cd98f00b204e9800998ecf8427e, d41d8cd98f00b204e9800998ecf8427e",
        "lonecr, 8a52fb5b354499397ef6b3369dbb3e98, 58d318936a10b2c890f16992b3175b50",
        "control, cdd4c09dcd6a922e0e661b3d264e95f6, cdd4c09dcd6a922e0e661b3d264e95f6",
        "lateNul, bced813ab0de14157a60f9b02d473690, 99ea139d32a5ae5cd9042b61b6637f5c",
        "split, 725ee1f0e2ae1bb6fa0c89fb8757617b, 725ee1f0e2ae1bb6fa0c89fb8757617b",
    })
    void filesHaveTheHashThatDvcGivesThem(String name, String unixText, String plain) throws IOException {
        Path file = Files.write(folder.resolve(name), content(name));
        assertThat(UNIX.of(file)).isEqualTo(unixText);
        assertThat(MD5.of(file)).isEqualTo(plain);
    }

    private static byte[] content(String name) {
        return switch (name) {
            case "crlf" -> bytes("a,b\r\n1,2\r\n");
            case "lf" -> bytes("a,b\n1,2\n");
            case "nul" -> bytes("a\0b\r\n");
            case "latin" -> ("äöüß".repeat(200) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            case "empty" -> bytes("");
            case "lonecr" -> bytes("a\rb\r\r\nc");
            case "control" -> {
                StringBuilder all = new StringBuilder();
                for (char c = 1; c < 32; c++) {
                    all.append(c);
                }
                yield bytes(all.toString().repeat(20) + "\r\n");
            }
            case "lateNul" -> bytes("a".repeat(600) + "\0\r\n");
            case "split" -> bytes("x".repeat((1 << 20) - 1) + "\r\ny");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Names that sort otherwise by folder or by UTF-16, and that JSON writes with escapes. */
    @Test
    void aFolderHasTheHashThatDvcGivesIt() throws Exception {
        write("b.csv", "x\n1\n");
        write("sub/a.csv", "x\r\n2\r\n");
        write("empty", "");
        write("we\"ird \\ name.txt", "q\"uo te");
        write("ä/ü.txt", "u");
        write("B.txt", "u");
        write("sub-x.txt", "u");
        write("sub/😀.txt", "z");
        write("sub/ﬀ.txt", "y");

        Map<String, String> listing = MD5.listing(folder, new DvcIgnore(folder));

        assertThat(listing.keySet())
                .containsExactly(
                        "B.txt",
                        "b.csv",
                        "empty",
                        "sub-x.txt",
                        "sub/a.csv",
                        "sub/ﬀ.txt",
                        "sub/😀.txt",
                        "we\"ird \\ name.txt",
                        "ä/ü.txt");
        assertThat(DvcHashing.of(listing)).isEqualTo("054d30773552f5a25613c5e9b93611d0");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
