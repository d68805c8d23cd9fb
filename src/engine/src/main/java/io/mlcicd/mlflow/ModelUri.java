package io.mlcicd.mlflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a version in the registry as MLflow does: {@code models:/name@alias}, {@code models:/name/3}, {@code
 * models:/name/Production} or {@code models:/name/latest} (MLflow 2.10, "Referencing Artifacts").
 *
 * @param name the registered model's name
 * @param alias an alias; empty when another way is taken
 * @param selector a version's number, a stage's name, or {@code latest}; empty with an alias
 */
public record ModelUri(String name, Optional<String> alias, Optional<String> selector) {

    private static final Pattern FORM =
            Pattern.compile("models:/(?<name>[^/@]+)(?:@(?<alias>[^/@]+)|/(?<selector>[^/@]+))");

    /** Reads that form; any other text is an {@link IllegalArgumentException}. */
    public static ModelUri of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is no version of a registered model; write models:/NAME@ALIAS,"
                    + " models:/NAME/VERSION or models:/NAME/STAGE");
        }
        return new ModelUri(
                parts.group("name"),
                Optional.ofNullable(parts.group("alias")),
                Optional.ofNullable(parts.group("selector")));
    }

    @Override
    public String toString() {
        return "models:/" + name + alias.map(text -> "@" + text).orElse("")
                + selector.map(text -> "/" + text).orElse("");
    }
}
