package io.mlcicd.packaging.environment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The libraries that an image gets while Docker builds it.
 *
 * @param from the file that declares them, relative to the project's folder
 * @param installer what installs them
 * @param copied the files that the installer reads, by their paths relative to the project's folder
 * @param generated a requirements file made of {@code from}, for pip; empty when it reads {@code from} itself
 * @param hashes whether every file that pip takes must have a hash that is listed
 * @param complete whether all libraries are listed, so that pip need not look for what they need themselves
 */
public record Installation(
        String from,
        Installer installer,
        Map<String, Path> copied,
        Optional<String> generated,
        boolean hashes,
        boolean complete) {

    /** The path in the image of a requirements file that was made, where no file of the project can be. */
    public static final String GENERATED = "/opt/mlcicd/requirements.txt";

    /** The working directory, with a slash. */
    static final String FOLDER = "/app/";

    public Installation {
        copied = Collections.unmodifiableSortedMap(new TreeMap<>(copied));
    }

    /** What installs libraries. */
    public enum Installer {
        PIP,
        /** The small conda, {@code mambaorg/micromamba}. */
        MICROMAMBA,
        CONDA
    }

    /** A list that pip reads as it stands. */
    static Installation requirements(String from, Map<String, Path> copied, boolean hashes) {
        return new Installation(from, Installer.PIP, copied, Optional.empty(), hashes, false);
    }

    /** A list made for pip. */
    static Installation generated(String from, Map<String, Path> copied, RequirementsText text) {
        return new Installation(from, Installer.PIP, copied, Optional.of(text.text()), text.hashes(), text.complete());
    }

    /** The command that installs, in the working directory that holds {@code from}. */
    public List<String> command() {
        return switch (installer) {
            case PIP -> pip();
            case MICROMAMBA -> List.of("micromamba", "install", "--yes", "--name", "base", "--file", from);
            case CONDA -> List.of("conda", "env", "update", "--name", "base", "--file", from);
        };
    }

    private List<String> pip() {
        List<String> command = new ArrayList<>(List.of("pip", "install", "--no-cache-dir"));
        if (hashes) {
            command.add("--require-hashes");
        }
        if (complete) {
            command.add("--no-deps");
        }
        command.addAll(List.of("-r", generated.isPresent() ? GENERATED : from));
        return command;
    }
}
