package io.jenkins.plugins.mlcicd.review;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.mlcicd.report.ModelChanges.Change;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One thing that a model was made of otherwise than the champion. */
@ExportedBean(defaultVisibility = 3)
public final class ChangeView {

    private final Change change;

    ChangeView(Change change) {
        this.change = change;
    }

    /** Such as {@code data}, {@code commit} or {@code parameter}. */
    @Exported
    public String getKind() {
        return change.kind();
    }

    @Exported
    public String getName() {
        return change.name();
    }

    /** What it was; empty when it was not there. */
    @Exported
    public String getBefore() {
        return change.before();
    }

    /** What it is; empty when it is not there any more. */
    @Exported
    public String getAfter() {
        return change.after();
    }

    /** Where the difference can be looked at; null when nowhere. */
    @CheckForNull
    @Exported
    public String getUrl() {
        return change.url().orElse(null);
    }
}
