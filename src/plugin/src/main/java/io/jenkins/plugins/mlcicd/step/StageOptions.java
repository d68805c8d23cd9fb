package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.mlcicd.document.YamlDocument.Replacement;
import java.util.ArrayList;
import java.util.List;

/** Collects the options that take the place of keys in {@code mlcicd.yml}. */
final class StageOptions {

    private final List<Replacement> all = new ArrayList<>();

    /** Sets a key, unless the option was not given (null, or an empty list). */
    StageOptions set(String pointer, @CheckForNull Object value, String option) {
        Replacement.given(pointer, value, option).ifPresent(all::add);
        return this;
    }

    /** Takes keys away, for what an option asks for instead; not if the option was not given (null). */
    StageOptions without(@CheckForNull Object value, String option, String... pointers) {
        if (value != null) {
            all.addAll(Replacement.without(option, pointers));
        }
        return this;
    }

    /** Sets a key to gates. */
    StageOptions set(String pointer, List<GateOption> gates) {
        return set(pointer, gates.stream().map(GateOption::content).toList(), "gates");
    }

    /** Sets a key to the parts of a text that are separated by commas. */
    StageOptions setList(String pointer, @CheckForNull String text, String option) {
        return set(pointer, StageStep.split(text), option);
    }

    /** Makes sure that a key is there, whatever the file says below it. */
    StageOptions ensure(String pointer, String option) {
        return add(Replacement.present(pointer, option));
    }

    StageOptions add(Replacement replacement) {
        all.add(replacement);
        return this;
    }

    List<Replacement> all() {
        return List.copyOf(all);
    }
}
