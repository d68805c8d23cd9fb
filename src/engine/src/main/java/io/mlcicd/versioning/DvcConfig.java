package io.mlcicd.versioning;

import io.mlcicd.lineage.RemoteUrl;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shared configuration of a DVC repository, {@code .dvc/config}: an INI file (reference of DVC 3.64, "Configuration").
 * What may hold secrets, {@code config.local}, is not read.
 */
final class DvcConfig {

    static final String FOLDER = ".dvc";

    private static final Pattern SECTION = Pattern.compile("\\['?(?<name>[^\\]']*)'?]");
    private static final Pattern VALUE = Pattern.compile("(?<key>[A-Za-z0-9_.-]+)\\s*=\\s*(?<value>.*)");

    private final Map<String, String> values;

    private DvcConfig(Map<String, String> values) {
        this.values = values;
    }

    static DvcConfig of(Path root) {
        Path file = root.resolve(FOLDER).resolve("config");
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return new DvcConfig(values);
        }
        String section = "";
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Matcher head = SECTION.matcher(line.strip());
                Matcher value = VALUE.matcher(line.strip());
                if (head.matches()) {
                    section = head.group("name").replace("\"", "").strip();
                } else if (value.matches()) {
                    values.put(
                            section + "." + value.group("key"),
                            value.group("value").strip());
                }
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new DvcConfig(values);
    }

    /** The address of a remote, or of the one that is used when none is named; its name where it has no address. */
    Optional<String> remote(Optional<String> named) {
        Optional<String> name = named.or(() -> Optional.ofNullable(values.get("core.remote")));
        return name.map(remote -> Optional.ofNullable(values.get("remote " + remote + ".url"))
                .flatMap(RemoteUrl::withoutCredentials)
                .orElse(remote));
    }

    /** Where the recorded content is kept on this machine. */
    Path cache(Path root) {
        Path config = root.resolve(FOLDER);
        return config.resolve(values.getOrDefault("cache.dir", "cache")).normalize();
    }
}
