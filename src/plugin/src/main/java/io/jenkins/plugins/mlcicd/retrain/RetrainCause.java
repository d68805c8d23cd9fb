package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.Cause;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;

/** Why a retraining build was started, with the numbers. */
public abstract class RetrainCause extends Cause {

    RetrainCause() {}

    /** The schedule alone asked for it. */
    public static final class Schedule extends RetrainCause {

        @Override
        public String getShortDescription() {
            return Messages.RetrainCause_schedule();
        }
    }

    /** A drift check asked for it. */
    public static final class Drift extends RetrainCause {

        private final String job;
        private final int build;
        private final ArrayList<String> reasons;

        Drift(String job, int build, List<String> reasons) {
            this.job = job;
            this.build = build;
            this.reasons = new ArrayList<>(reasons);
        }

        /** Full name of the job whose drift check it was. */
        @Exported(visibility = 3)
        public String getJob() {
            return job;
        }

        /** Number of that job's build. */
        @Exported(visibility = 3)
        public int getBuild() {
            return build;
        }

        /** The gates that failed, each with its numbers. */
        @Exported(visibility = 3)
        public List<String> getReasons() {
            return Collections.unmodifiableList(reasons);
        }

        @Override
        public String getShortDescription() {
            return Messages.RetrainCause_drift(job, build, String.join("; ", reasons));
        }
    }
}
