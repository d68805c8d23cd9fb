package io.mlcicd.packaging.licence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Licences as Python packages declare them (core metadata 2.4): {@code License-Expression}, else {@code License}, else
 * the classifier; in installed packages and in wheels.
 */
public final class Licences {

    private static final int MOST_LINES = 2000;
    private static final int LONGEST = 80;
    private static final String CLASSIFIER = "license ::";

    private final Map<String, String> byName = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * Looks at one file; only those with metadata and wheels tell anything.
     *
     * @param path relative to the project's folder
     */
    public void look(String path, Path file) throws IOException {
        if (path.endsWith(".dist-info/METADATA") || path.endsWith(".egg-info/PKG-INFO")) {
            try (InputStream in = Files.newInputStream(file)) {
                metadata(in);
            }
        } else if (path.endsWith(".whl")) {
            try (ZipFile wheel = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(wheel.entries())) {
                    if (entry.getName().matches("[^/]+\\.dist-info/METADATA")) {
                        metadata(wheel.getInputStream(entry));
                    }
                }
            } catch (IOException e) {
                unknown.add(path);
            }
        }
    }

    private void metadata(InputStream in) throws IOException {
        Map<String, String> head = new TreeMap<>();
        List<String> classifiers = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line = reader.readLine();
        for (int i = 0; line != null && !line.isBlank() && i < MOST_LINES; i++) {
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                String key = line.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).strip();
                head.putIfAbsent(key, value);
                if (key.equals("classifier") && value.toLowerCase(Locale.ROOT).startsWith(CLASSIFIER)) {
                    classifiers.add(value.substring(value.lastIndexOf("::") + 2).strip());
                }
            }
            line = reader.readLine();
        }
        String name = head.getOrDefault("name", "?");
        Optional<String> licence = told(head.get("license-expression"))
                .or(() -> told(head.get("license")))
                .or(() -> classifiers.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", classifiers)));
        if (licence.isPresent()) {
            byName.put(name, licence.get());
        } else {
            unknown.add(name);
        }
    }

    /** Some packages put the licence's whole text there, which says less than their classifier. */
    private static Optional<String> told(String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST && !text.equalsIgnoreCase("UNKNOWN"));
    }

    /** What was found, held against a policy. */
    public LicenceFindings held(LicencePolicy policy) {
        List<String> denied = new ArrayList<>();
        byName.forEach((name, licence) -> {
            if (!policy.permits(licence)) {
                denied.add("%s (%s)".formatted(name, licence));
            }
        });
        return new LicenceFindings(byName, denied, unknown);
    }
}
