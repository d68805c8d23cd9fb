package io.jenkins.plugins.mlcicd.step;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;

/** Lists to choose from. */
final class Choices {

    private Choices() {}

    /** The values as they are; the empty one stands for what {@code mlcicd.yml} says. */
    static ListBoxModel of(String... values) {
        ListBoxModel items = new ListBoxModel();
        for (String value : values) {
            items.add(value.isEmpty() ? Messages.Choices_asInFile() : value, value);
        }
        return items;
    }
}
