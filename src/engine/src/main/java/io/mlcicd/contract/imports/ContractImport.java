package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.TextProto;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads contracts of other tools: suites of Great Expectations (JSON, 0.x and 1.x), Frictionless Table Schemas and Data
 * Packages (JSON or YAML), schemas of TensorFlow Data Validation ({@code .pbtxt}) and of pandera (YAML).
 */
public final class ContractImport {

    private ContractImport() {}

    /**
     * The contract in a file of another tool; empty when the file is none that is known.
     *
     * @throws InvalidInputException when it cannot be read
     */
    public static Optional<ImportedContract> read(Path file) {
        String name = file.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).endsWith(".pbtxt")) {
            JsonNode schema = TextProto.read(file, text(file));
            return TensorFlowSchema.recognizes(schema)
                    ? Optional.of(TensorFlowSchema.read(schema, name.substring(0, name.lastIndexOf('.'))))
                    : Optional.empty();
        }
        // JSON is YAML as well.
        JsonNode content = YamlDocument.parse(file).content();
        if (content.has("contract")) {
            return Optional.empty();
        }
        if (GreatExpectations.recognizes(content)) {
            return Optional.of(GreatExpectations.read(content));
        }
        if (Frictionless.recognizes(content)) {
            return Optional.of(Frictionless.read(file, content));
        }
        return Pandera.recognizes(content) ? Optional.of(Pandera.read(content)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
