package io.jenkins.plugins.mlcicd.history;

import hudson.model.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The builds that a job has on disk, without loading any: each has a folder that is named by its number and holds its
 * {@code build.xml}, whose size and time of change tell whether a build is still what it was.
 */
final class BuildFolders {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private BuildFolders() {}

    /** The newest builds, the newest first, with their stamps. */
    static Map<Integer, String> newest(Job<?, ?> job, int most) throws IOException {
        Path folder = job.getBuildDir().toPath();
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        List<Integer> numbers;
        try (Stream<Path> builds = Files.list(folder)) {
            numbers = builds.map(build -> build.getFileName().toString())
                    .filter(name -> NUMBER.matcher(name).matches())
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .limit(most)
                    .toList();
        }
        Map<Integer, String> stamps = new LinkedHashMap<>();
        for (Integer number : numbers) {
            stamp(folder.resolve(number.toString())).ifPresent(stamp -> stamps.put(number, stamp));
        }
        return stamps;
    }

    private static Optional<String> stamp(Path build) {
        try {
            BasicFileAttributes file = Files.readAttributes(build.resolve("build.xml"), BasicFileAttributes.class);
            return Optional.of(Long.toString(file.lastModifiedTime().to(TimeUnit.MICROSECONDS), Character.MAX_RADIX)
                    + "-" + Long.toString(file.size(), Character.MAX_RADIX));
        } catch (IOException e) {
            // A build that is being deleted, or was never saved.
            return Optional.empty();
        }
    }
}
