package io.jenkins.plugins.mlcicd.lineage;

import hudson.model.Item;
import hudson.model.Job;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** A job that the lineage tells of, whatever it is called by now. It is itself, as two jobs may have had one name. */
public final class KnownJob {

    private volatile String fullName;
    private volatile boolean gone;

    KnownJob(String fullName) {
        this.fullName = fullName;
    }

    /** What it is called now or, when it is gone, was called last. */
    public String fullName() {
        return fullName;
    }

    /** Whether it is there and has that name. */
    boolean isNamed(String name) {
        return !gone && fullName.equals(name);
    }

    void moved(String to) {
        fullName = to;
    }

    void deleted() {
        gone = true;
    }

    /** The job; empty when it is gone or the current user may not read it, which nobody can tell from each other. */
    public Optional<Job<?, ?>> readable() {
        if (gone) {
            return Optional.empty();
        }
        try {
            Job<?, ?> job = Jenkins.get().getItemByFullName(fullName, Job.class);
            return Optional.<Job<?, ?>>ofNullable(job).filter(found -> found.hasPermission(Item.READ));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return fullName;
    }
}
