package io.mlcicd.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Variables on their way into a container, past the command line, which every user of the machine can read, and past
 * any file: as an environment file on standard input or, values of several lines, in the environment of {@code docker}.
 *
 * @param options what tells {@code docker} about them
 * @param input its standard input
 * @param environment its own environment
 */
record ContainerEnvironment(List<String> options, String input, Map<String, String> environment) {

    private static final boolean HAS_STDIN_FILE = !System.getProperty("os.name").startsWith("Windows");

    static ContainerEnvironment of(Map<String, String> variables) {
        List<String> options = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        Map<String, String> own = new TreeMap<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            boolean oneLine = value.lines().count() <= 1 && value.equals(value.stripTrailing());
            if (HAS_STDIN_FILE && oneLine) {
                input.append(name).append('=').append(value).append('\n');
            } else {
                options.addAll(List.of("--env", name));
                own.put(name, value);
            }
        });
        if (!input.isEmpty()) {
            options.addAll(0, List.of("--env-file", "/dev/stdin"));
        }
        return new ContainerEnvironment(List.copyOf(options), input.toString(), Map.copyOf(own));
    }

    /** The values may be secrets. */
    @Override
    public String toString() {
        return "ContainerEnvironment" + options;
    }
}
