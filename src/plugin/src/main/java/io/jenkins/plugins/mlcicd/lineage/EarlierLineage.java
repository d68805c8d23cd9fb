package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlcicd.background.Background;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.ResultDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Takes into the log what builds did of which it does not know: those that ended before the plugin kept a log, and such as
 * came with a job from another controller. All jobs are gone through once, in the background; after that each job when a build
 * of it has something to tell for the first time since the start, before it does, so that the log keeps the builds' order.
 */
@Extension
public final class EarlierLineage implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(EarlierLineage.class.getName());

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Map<String, Known> jobs = new ConcurrentHashMap<>();

    /** The controller's. */
    static EarlierLineage get() {
        return ExtensionList.lookupSingleton(EarlierLineage.class);
    }

    /** Whether a job was gone through since the start; also the lock for doing so. */
    private static final class Known {
        private boolean whole;
    }

    /** Starts going through all jobs unless that was done once. */
    @Extension
    public static final class Start extends ItemListener {

        @Override
        public void onLoaded() {
            if (!Files.exists(get().done())) {
                Thread thread = new Thread(
                        () -> Background.now(get()::takeInAll), "lineage of builds that ended before there was a log");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** Goes through all jobs. What the disk refuses, and what a stop leaves, is tried again after the next start. */
    void takeInAll() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                if (Jenkins.get().isTerminating()) {
                    return;
                }
                takeIn(job, Integer.MAX_VALUE);
            }
            AtomicFiles.write(done(), Instant.now().toString());
        } catch (OutsideSystemException | UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "not all earlier builds are in the lineage log");
        }
    }

    private Path done() {
        return Jenkins.get().getRootDir().toPath().resolve("ml-cicd").resolve("lineage-of-earlier-builds");
    }

    /**
     * Takes in what builds of a job did that are newer than all that the log tells of.
     *
     * @param before builds of this number and above are left out
     * @throws OutsideSystemException when the log cannot be written
     */
    void takeIn(Job<?, ?> job, int before) {
        Known known = jobs.computeIfAbsent(job.getFullName(), any -> new Known());
        synchronized (known) {
            if (known.whole) {
                return;
            }
            List<Integer> builds = withDocuments(job);
            if (!builds.isEmpty()) {
                int newest = ControllerLineage.get().newestBuild(job.getFullName());
                builds.stream()
                        .filter(number -> number > newest && number < before)
                        .forEach(number -> takeIn(job.getBuildByNumber(number)));
            }
            known.whole = true;
        }
    }

    private static void takeIn(Run<?, ?> run) {
        ModelBuildAction action = run == null || run.isBuilding() ? null : run.getAction(ModelBuildAction.class);
        if (action == null) {
            return;
        }
        for (StageSummary summary : action.getResults()) {
            Path file =
                    run.getRootDir().toPath().resolve(ModelBuildAction.URL_NAME).resolve(summary.getFile());
            try {
                LineageRecorder.earlier(run, ResultDocuments.read(file), Digests.of(Files.readAllBytes(file)));
            } catch (InvalidInputException | IOException e) {
                LOGGER.log(Level.FINE, e, () -> "not in the lineage log: " + file);
            }
        }
    }

    /** The numbers of the builds that have documents, the oldest first; from the disk, so that no build is loaded. */
    private static List<Integer> withDocuments(Job<?, ?> job) {
        Path folder = job.getBuildDir().toPath();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> builds = Files.list(folder)) {
            return builds.filter(build ->
                            NUMBER.matcher(build.getFileName().toString()).matches())
                    .filter(build -> Files.isDirectory(build.resolve(ModelBuildAction.URL_NAME)))
                    .map(build -> Integer.valueOf(build.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
