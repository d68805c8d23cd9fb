package io.mlcicd.operation;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ties a program to this process, so that it cannot outlive it even when this process is killed without warning: the
 * program runs in a process group of its own beside a watchdog, whose standard input ends when this process does and
 * which then kills the group. Needs {@code sh} and {@code setsid}, which every Linux has; elsewhere programs run untied.
 */
final class Leash {

    private static final Optional<Path> SETSID = find("setsid", List.of(Path.of("/usr/bin"), Path.of("/bin")));

    private static final String SCRIPT = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            program=$!
            (read -r line <&3; kill -s KILL -- -$$) >/dev/null 2>&1 </dev/null &
            watchdog=$!
            wait "$program"
            code=$?
            kill -s KILL "$watchdog"
            exit "$code"
            """;

    private Leash() {}

    /**
     * The command that runs this command tied to this process, which must keep its standard input open; empty when it
     * cannot be tied, or when there is no such program.
     */
    static Optional<List<String>> around(List<String> command, Path folder) {
        if (SETSID.isEmpty() || !exists(command.get(0), folder)) {
            return Optional.empty();
        }
        List<String> tied = new ArrayList<>(List.of(SETSID.get().toString(), "sh", "-c", SCRIPT, "sh"));
        tied.addAll(command);
        return Optional.of(tied);
    }

    private static boolean exists(String program, Path folder) {
        if (program.contains("/")) {
            return Files.isExecutable(folder.resolve(program));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return find(
                        program,
                        Stream.of(path.split(File.pathSeparator)).map(Path::of).toList())
                .isPresent();
    }

    private static Optional<Path> find(String program, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
