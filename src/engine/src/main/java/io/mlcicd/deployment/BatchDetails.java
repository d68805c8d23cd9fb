package io.mlcicd.deployment;

import java.util.List;
import java.util.Optional;

/**
 * What a batch adds to its result document.
 *
 * @param name the deployment's name
 * @param target {@code batch}
 * @param command the command, with its placeholders
 * @param output where the output goes
 * @param rows number of rows of the output; 0 when there is none
 * @param published whether the output was published; otherwise the former one is untouched
 * @param reason why it was not
 * @param lastLines the last lines the command printed
 */
public record BatchDetails(
        String name,
        String target,
        List<String> command,
        String output,
        long rows,
        boolean published,
        Optional<String> reason,
        List<String> lastLines) {}
