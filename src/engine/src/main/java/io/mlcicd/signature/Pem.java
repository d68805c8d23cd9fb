package io.mlcicd.signature;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key in a file (RFC 7468): its kind and its bytes, which never show in a message. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*KEY)-----\\s*([^-]*?)\\s*-----END \\1-----");
    private static final long LONGEST = 1 << 16;

    private final String kind;
    private final byte[] content;

    private Pem(String kind, byte[] content) {
        this.kind = kind;
        this.content = content;
    }

    String kind() {
        return kind;
    }

    byte[] content() {
        return content.clone();
    }

    /**
     * Reads the first key in the file.
     *
     * @throws InvalidInputException when there is none
     */
    static Pem read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new InvalidInputException("there is no key file " + file);
            }
            return of(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException("the key file %s cannot be read".formatted(file));
        }
    }

    /**
     * Takes the first key in the text.
     *
     * @param name what the text is called in messages
     * @throws InvalidInputException when there is none
     */
    static Pem of(String text, String name) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new InvalidInputException(
                    ("%s is not a key in PEM; make one with: openssl genpkey -algorithm EC -pkeyopt"
                                    + " ec_paramgen_curve:P-256 -out key.pem")
                            .formatted(name));
        }
        try {
            return new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("the key in %s cannot be read".formatted(name));
        }
    }
}
