package io.mlcicd.packaging.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requirements as pip writes them (PEP 508 and pip's "Requirements File Format") and as conda does. */
final class Requirements {

    private static final Pattern REQUIREMENT = Pattern.compile(
            "(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)\\s*(\\[[^\\]]*\\])?\\s*(?<wanted>[^;@]*)(@\\s*(?<url>[^;]+))?(;.*)?");
    private static final Pattern HASH = Pattern.compile("--hash[=\\s]+([a-z0-9]+:[0-9a-fA-F]+)");
    private static final Pattern PINNED = Pattern.compile("={2,3}\\s*([^\\s,*]+)");
    private static final Pattern CONDA =
            Pattern.compile("([\\w./:-]+::)?(?<name>[A-Za-z0-9_.-]+)\\s*(?<wanted>[=<>!~ ].*)?");
    private static final Pattern CONDA_PINNED = Pattern.compile("={1,2}\\s*([^=\\s,*<>]+)(=.*)?");

    private Requirements() {}

    /** All requirements in these lines; options, and files that they name, are passed over. */
    static List<Dependency> lines(List<String> lines, String shown) {
        List<Dependency> found = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        for (String line : lines) {
            String text = line.replaceFirst("(^|\\s)#.*$", "").stripTrailing();
            if (text.endsWith("\\")) {
                logical.append(text, 0, text.length() - 1).append(' ');
                continue;
            }
            logical.append(text);
            requirement(logical.toString().strip(), shown).ifPresent(found::add);
            logical.setLength(0);
        }
        requirement(logical.toString().strip(), shown).ifPresent(found::add);
        return found;
    }

    /** One requirement; empty for an option or a path. */
    static Optional<Dependency> requirement(String line, String shown) {
        List<String> hashes = new ArrayList<>();
        Matcher hash = HASH.matcher(line);
        while (hash.find()) {
            hashes.add(hash.group(1).toLowerCase(Locale.ROOT));
        }
        String plain = line.replaceFirst("\\s--.*$", "");
        Matcher matcher = REQUIREMENT.matcher(plain);
        if (plain.startsWith("-") || !matcher.matches()) {
            return Optional.empty();
        }
        String wanted = matcher.group("wanted").strip().replaceFirst("^\\((.*)\\)$", "$1");
        Matcher pinned = PINNED.matcher(wanted);
        Optional<String> version = pinned.matches() ? Optional.of(pinned.group(1)) : Optional.empty();
        String url = matcher.group("url") == null
                ? ""
                : " @ " + withoutLogin(matcher.group("url").strip());
        return Optional.of(
                new Dependency(matcher.group("name"), version, (wanted + url).strip(), "pypi", hashes, shown));
    }

    /** Addresses of private indexes may carry a password. */
    private static String withoutLogin(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    /** One line of conda, such as {@code numpy=1.26.4=py311_0} or {@code conda-forge::lightgbm>=4}. */
    static Dependency conda(String line, String shown) {
        Matcher matcher = CONDA.matcher(line.strip());
        if (!matcher.matches()) {
            return new Dependency(line.strip(), Optional.empty(), "", "conda", List.of(), shown);
        }
        String wanted =
                matcher.group("wanted") == null ? "" : matcher.group("wanted").strip();
        Matcher pinned = CONDA_PINNED.matcher(wanted);
        Optional<String> version = pinned.matches() ? Optional.of(pinned.group(1)) : Optional.empty();
        return new Dependency(matcher.group("name"), version, wanted, "conda", List.of(), shown);
    }
}
