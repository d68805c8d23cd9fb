package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.mlcicd.background.Background;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.LineageLog;
import io.mlcicd.lineage.graph.LineageLog.Verification;
import io.mlcicd.lineage.graph.LogEntry;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The lineage of all jobs: a log at {@code $JENKINS_HOME/ml-cicd/lineage/log.jsonl}, in memory from when somebody first asks.
 * What a user is shown is made of the entries of jobs that the user may read; entries of jobs that are gone are for
 * administrators. Safe for use by several threads.
 */
@Extension
public final class ControllerLineage implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(ControllerLineage.class.getName());

    /** Views of users who may not see all; each costs a reading of the log. */
    private static final int MOST_VIEWS = 8;

    private final Path folder;
    private final LineageLog log;
    private Optional<Loaded> loaded = Optional.empty();
    /** Of the last check; kept apart from what an append met, for a check that began before it knows nothing of it. */
    private volatile List<String> checked = List.of();

    private volatile Optional<String> refused = Optional.empty();

    public ControllerLineage() {
        this.folder = Jenkins.get().getRootDir().toPath().resolve("ml-cicd").resolve("lineage");
        this.log = new LineageLog(folder.resolve("log.jsonl"));
    }

    /** The controller's lineage. */
    public static ControllerLineage get() {
        return ExtensionList.lookupSingleton(ControllerLineage.class);
    }

    /** All that is in memory. */
    private static final class Loaded {
        private final JobNames names = new JobNames();
        /** Where each entry comes from, in the log's order, so that another reading need not follow names again. */
        private final List<Optional<Source>> sources = new ArrayList<>();

        private final LineageView all = new LineageView();
        private final ModelIndex models = new ModelIndex();
        private final Map<KnownJob, Integer> newest = new HashMap<>();
        private final Map<Set<KnownJob>, LineageView> views = new LinkedHashMap<>(MOST_VIEWS, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Set<KnownJob>, LineageView> eldest) {
                return size() > MOST_VIEWS;
            }
        };
        private Optional<Digest> head = Optional.empty();

        void add(LogEntry entry) {
            Optional<Source> source = names.next(entry);
            sources.add(source);
            all.add(entry, source);
            source.ifPresent(from -> {
                models.add(entry, from);
                newest.merge(from.job(), from.build(), Math::max);
                views.forEach((jobs, view) -> {
                    if (jobs.contains(from.job())) {
                        view.add(entry, source);
                    }
                });
            });
            head = Optional.of(entry.digest());
        }
    }

    /**
     * Adds what happened.
     *
     * @param source the full name of the job and the number of the build, such as {@code weather #12}, or the job alone
     * @throws OutsideSystemException when the disk refuses, or the log is damaged at its end
     */
    void append(LineageEvent event, String source) {
        append(event.at(source));
    }

    private synchronized void append(LineageEvent event) {
        try {
            LogEntry entry = log.append(event);
            AtomicFiles.write(head(), entry.digest().value());
            loaded.ifPresent(memory -> memory.add(entry));
            refused = Optional.empty();
        } catch (OutsideSystemException e) {
            refused = Optional.of(e.getMessage());
            throw e;
        }
    }

    /** Notes that a job has another name, if anything is known of it. */
    synchronized void moved(String from, String to) {
        if (loaded().names.named(from).isPresent()) {
            append(JobNames.move(from, to));
        }
    }

    /** Notes that a job is gone, so that another of its name is not taken for it. */
    synchronized void deleted(String job) {
        if (loaded().names.named(job).isPresent()) {
            append(JobNames.delete(job));
        }
    }

    /** Removes what builds told; their entries leave a gap that everybody can see. Builds are given by job and number. */
    synchronized void forget(Set<Source.Written> builds) {
        // Names as they are now are known when the log was read to its end.
        Loaded memory = loaded();
        int[] at = {0};
        Set<Digest> digests = new HashSet<>();
        log.read(entry -> memory.sources
                .get(at[0]++)
                .filter(source -> isOneOf(builds, source))
                .ifPresent(source -> digests.add(entry.digest())));
        if (log.forget(entry -> digests.contains(entry.digest())) > 0) {
            loaded = Optional.empty();
            loaded().head.ifPresent(head -> AtomicFiles.write(head(), head.value()));
        }
    }

    /** Removes what all builds of a job told, and the job itself. */
    void forgetJob(String job) {
        forget(Set.of(new Source.Written(job, 0)));
    }

    private static boolean isOneOf(Set<Source.Written> builds, Source source) {
        String name = source.job().fullName();
        return builds.contains(new Source.Written(name, source.build()))
                || builds.contains(new Source.Written(name, 0));
    }

    /** Answers a question from what the current user may see. */
    <T> T ask(Function<LineageView, T> question) {
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return askAll(question);
        }
        List<KnownJob> jobs;
        synchronized (this) {
            jobs = loaded().names.all();
        }
        // Not under the lock: an authorization strategy may take its time.
        Set<KnownJob> readable = new HashSet<>();
        jobs.stream().filter(job -> job.readable().isPresent()).forEach(readable::add);
        synchronized (this) {
            return question.apply(view(loaded(), readable));
        }
    }

    /** Answers a question from all there is; for what no user sees. */
    synchronized <T> T askAll(Function<LineageView, T> question) {
        return question.apply(loaded().all);
    }

    private LineageView view(Loaded memory, Set<KnownJob> readable) {
        LineageView known = memory.views.get(readable);
        if (known != null) {
            return known;
        }
        LineageView view = new LineageView();
        int[] at = {0};
        log.read(entry -> {
            Optional<Source> source = memory.sources.get(at[0]++);
            if (source.filter(from -> readable.contains(from.job())).isPresent()) {
                view.add(entry, source);
            }
        });
        memory.views.put(readable, view);
        return view;
    }

    /** The models of all jobs that are there, whoever may read them. */
    public synchronized List<ModelState> models() {
        return loaded().models.all();
    }

    /** The models of one job. */
    public synchronized List<ModelState> models(String job) {
        Loaded memory = loaded();
        return memory.names.named(job).map(memory.models::of).orElse(List.of());
    }

    /** Number of the newest build of a job that the log tells of; 0 for none. */
    synchronized int newestBuild(String job) {
        Loaded memory = loaded();
        return memory.names
                .named(job)
                .map(found -> memory.newest.getOrDefault(found, 0))
                .orElse(0);
    }

    /** Numbers of the builds that the log tells of, by the jobs' names now. */
    synchronized Set<Source.Written> builds() {
        Set<Source.Written> builds = new HashSet<>();
        for (Optional<Source> source : loaded().sources) {
            source.filter(from -> from.build() > 0)
                    .ifPresent(from -> builds.add(new Source.Written(from.job().fullName(), from.build())));
        }
        return builds;
    }

    private Loaded loaded() {
        if (loaded.isEmpty()) {
            Loaded memory = new Loaded();
            log.read(memory::add);
            loaded = Optional.of(memory);
            Background.soon(this::check);
        }
        return loaded.get();
    }

    private void check() {
        try {
            verify();
        } catch (OutsideSystemException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot check the lineage log");
        }
    }

    /** Checks every entry of the log, and that the last one written is still there. */
    Verification verify() {
        Verification verification = log.verify(noted());
        checked = verification.problems();
        return verification;
    }

    /** Whether whoever asks is shown a node of that id. */
    public boolean knows(Digest node) {
        return exists() && ask(view -> view.graph().node(node).isPresent());
    }

    /** Whether there is anything at all. */
    public boolean exists() {
        return Files.exists(folder.resolve("log.jsonl"));
    }

    /** What the last check found, and what the last append met; empty when all is well or nothing was looked at yet. */
    List<String> problems() {
        return Stream.concat(checked.stream(), refused.stream()).toList();
    }

    private Path head() {
        return folder.resolveSibling("lineage-head");
    }

    private Optional<Digest> noted() {
        try {
            return Files.exists(head())
                    ? Optional.of(new Digest(Files.readString(head()).trim()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read " + head());
            return Optional.empty();
        }
    }
}
