package io.mlcicd.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/** The key pair of test 1 in section 7.1 of RFC 8032; signatures of Ed25519 are the same each time, so they can be replayed. */
public final class TestKey {

    private static final String PRIVATE =
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PUBLIC =
            "302a300506032b6570032100" + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    /** The public key of test 2. */
    private static final String OTHER =
            "302a300506032b6570032100" + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    private TestKey() {}

    public static Path privateIn(Path folder) throws IOException {
        return write(folder.resolve("release.pem"), "PRIVATE KEY", PRIVATE);
    }

    public static Path publicIn(Path folder) throws IOException {
        return write(folder.resolve("release.pub"), "PUBLIC KEY", PUBLIC);
    }

    /** A key that signed nothing. */
    public static Path otherIn(Path folder) throws IOException {
        return write(folder.resolve("other.pub"), "PUBLIC KEY", OTHER);
    }

    private static Path write(Path file, String kind, String hex) throws IOException {
        String text = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind));
    }
}
