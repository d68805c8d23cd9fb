package io.jenkins.plugins.mlcicd.step;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import net.sf.json.JSONObject;

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

    /** Yes and no, beside what {@code mlcicd.yml} says. */
    static ListBoxModel yesOrNo() {
        ListBoxModel items = of("");
        items.add(Messages.Choices_yes(), "true");
        items.add(Messages.Choices_no(), "false");
        return items;
    }

    /** Takes empty choices out of a form, which would else be bound as {@code false}. */
    static void removeEmpty(JSONObject form, String... fields) {
        for (String field : fields) {
            if (form.optString(field).isEmpty()) {
                form.remove(field);
            }
        }
    }
}
