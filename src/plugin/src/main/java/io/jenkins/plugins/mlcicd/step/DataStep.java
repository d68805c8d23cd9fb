package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.mlcicd.operation.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that computes on data, in its own process on the agent or on a cluster. */
public abstract class DataStep extends StageStep {

    private String engine;
    private String master;

    DataStep(Stage stage) {
        super(stage);
    }

    @CheckForNull
    public final String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public final void setEngine(@CheckForNull String engine) {
        this.engine = Util.fixEmptyAndTrim(engine);
    }

    @CheckForNull
    public final String getMaster() {
        return master;
    }

    @DataBoundSetter
    public final void setMaster(@CheckForNull String master) {
        this.master = Util.fixEmptyAndTrim(master);
    }

    /** Says which keys the options of the stage itself replace. */
    abstract void replaceOfStage(StageOptions options);

    /** As with the command's options, engine and master together take the place of the file's key. */
    @Override
    final void replace(StageOptions options) {
        replaceOfStage(options);
        Map<String, Object> keys = new LinkedHashMap<>();
        if (engine != null || master != null) {
            keys.put("name", engine == null ? "spark" : engine);
        }
        if (master != null) {
            keys.put("master", master);
        }
        options.set("/engine", keys.isEmpty() ? null : keys, engine == null ? "master" : "engine");
    }
}
