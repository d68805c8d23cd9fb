package io.jenkins.plugins.mlcicd.lineage;

import hudson.model.Job;
import java.io.File;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build, or a job, that told of a node. */
@ExportedBean(defaultVisibility = 3)
public final class SourceView {

    private final String job;
    private final int build;
    private final Optional<String> url;

    /** What the current user may know of it; the link leads to what is there and may be read. */
    SourceView(Source source) {
        this.job = source.job().fullName();
        this.build = source.build();
        this.url = source.job().readable().flatMap(found -> url(found, build));
    }

    /** By the folder on disk, so that no build has to be loaded. */
    private static Optional<String> url(Job<?, ?> job, int build) {
        if (build == 0) {
            return Optional.of(job.getUrl());
        }
        return new File(job.getBuildDir(), String.valueOf(build)).exists()
                ? Optional.of(job.getUrl() + build + "/")
                : Optional.empty();
    }

    /** Full name of the job. */
    @Exported
    public String getJob() {
        return job;
    }

    /** Number of the build; 0 for the job itself. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** Its page, relative to Jenkins' own URL; empty when it is gone. */
    @Exported
    public String getUrl() {
        return url.orElse("");
    }

    public String getText() {
        return build == 0 ? job : job + " #" + build;
    }
}
