package io.mlcicd.config;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.registry.RegistryCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that come from the caller's environment, so that no secret need stand in {@code mlcicd.yml}. */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Variables() {}

    /**
     * The map with every {@code ${NAME}} in its values replaced.
     *
     * @param pointer where the map stands in the file
     * @throws InvalidInputException when the environment has no such variable; the message names the key, not the value
     */
    static Map<String, String> fill(
            Project project, String pointer, Map<String, String> values, Function<String, String> environment) {
        Map<String, String> filled = new LinkedHashMap<>();
        values.forEach((key, value) -> filled.put(key, REFERENCE.matcher(value).replaceAll(match -> {
            String found = environment.apply(match.group(1));
            if (found == null) {
                throw missing(project, pointer + "/" + key, match.group(1));
            }
            return Matcher.quoteReplacement(found);
        })));
        return filled;
    }

    /** The value of one variable that must be there. */
    static String require(Project project, String pointer, String name, Function<String, String> environment) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw missing(project, pointer, name);
        }
        return value;
    }

    /** The login to the registry of {@code package.image}. */
    static RegistryCredentials login(
            Project project, PackageKeys.Credentials names, Function<String, String> environment) {
        return login(project, "/package/credentials", names, environment);
    }

    /**
     * The login to a registry.
     *
     * @param pointer where the variables are named
     */
    static RegistryCredentials login(
            Project project, String pointer, PackageKeys.Credentials names, Function<String, String> environment) {
        return new RegistryCredentials(
                require(project, pointer + "/usernameVariable", names.usernameVariable(), environment),
                require(project, pointer + "/passwordVariable", names.passwordVariable(), environment));
    }

    private static InvalidInputException missing(Project project, String pointer, String name) {
        return project.error(pointer, "the environment variable " + name + " is not set");
    }
}
