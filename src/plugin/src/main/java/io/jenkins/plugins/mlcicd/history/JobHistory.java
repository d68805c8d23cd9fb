package io.jenkins.plugins.mlcicd.history;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.background.Background;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The builds of a job in short. Entries are kept in memory and in a file of the job's folder. Each time they are asked for
 * they are held against the builds on disk: what was deleted goes, what is new or was changed is read. A job whose builds
 * were never read is read bit by bit, the newest builds first.
 */
public final class JobHistory {

    /** How many builds are looked at, the newest ones. */
    public static final int MOST_BUILDS = 2000;

    /** A page does not wait for more than this; what remains is read behind its back. */
    private static final long PATIENCE_NANOS = 400_000_000L;

    private static final Logger LOGGER = Logger.getLogger(JobHistory.class.getName());
    private static final Map<Job<?, ?>, State> STATES = Collections.synchronizedMap(new WeakHashMap<>());

    private final List<BuildEntry> builds;
    private final int unread;

    /** What is remembered of a job. */
    private static final class State {
        private SoftReference<Map<Integer, BuildEntry>> entries = new SoftReference<>(null);
        private boolean reading;
    }

    private JobHistory(List<BuildEntry> builds, int unread) {
        this.builds = builds;
        this.unread = unread;
    }

    /** The builds as they are now. */
    public static JobHistory of(Job<?, ?> job) {
        State state = STATES.computeIfAbsent(job, any -> new State());
        JobHistory history = refresh(job, state);
        if (history.unread > 0) {
            readOn(job, state);
        }
        return history;
    }

    /** Forgets what is in memory, as a restart does. */
    static void forget(Job<?, ?> job) {
        STATES.remove(job);
    }

    private static void readOn(Job<?, ?> job, State state) {
        synchronized (state) {
            if (state.reading) {
                return;
            }
            state.reading = true;
        }
        Background.soon(() -> {
            try {
                int before = Integer.MAX_VALUE;
                int unread = refresh(job, state).unread;
                while (unread > 0 && unread < before) {
                    before = unread;
                    unread = refresh(job, state).unread;
                }
            } finally {
                synchronized (state) {
                    state.reading = false;
                }
            }
        });
    }

    private static JobHistory refresh(Job<?, ?> job, State state) {
        synchronized (state) {
            boolean changed = false;
            HistoryFile file = new HistoryFile(job.getRootDir().toPath());
            Map<Integer, BuildEntry> known = state.entries.get();
            if (known == null) {
                known = file.read();
            }
            Map<Integer, BuildEntry> entries = new HashMap<>();
            int unread = 0;
            long end = System.nanoTime() + PATIENCE_NANOS;
            Map<Integer, String> folders = folders(job);
            for (Map.Entry<Integer, String> folder : folders.entrySet()) {
                BuildEntry entry = known.get(folder.getKey());
                if (entry == null || !entry.stamp().equals(folder.getValue())) {
                    if (System.nanoTime() - end > 0) {
                        unread++;
                        continue;
                    }
                    entry = read(job, folder.getKey(), folder.getValue());
                    changed = true;
                }
                entries.put(entry.number(), entry);
            }
            changed |= !folders.keySet().containsAll(known.keySet());
            if (changed) {
                file.write(entries.values());
            }
            state.entries = new SoftReference<>(entries);
            List<BuildEntry> builds = new ArrayList<>();
            folders.keySet().stream()
                    .map(entries::get)
                    .filter(entry -> entry != null && entry.results())
                    .forEach(builds::add);
            Collections.reverse(builds);
            return new JobHistory(Collections.unmodifiableList(builds), unread);
        }
    }

    private static Map<Integer, String> folders(Job<?, ?> job) {
        try {
            return BuildFolders.newest(job, MOST_BUILDS);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot list the builds of " + job.getFullName());
            return Map.of();
        }
    }

    private static BuildEntry read(Job<?, ?> job, int number, String stamp) {
        try {
            Run<?, ?> run = job.getBuildByNumber(number);
            return run == null ? BuildEntry.without(number, stamp) : BuildReader.read(run, stamp);
        } catch (RuntimeException e) {
            // One build that cannot be read must not take the page with it.
            LOGGER.log(Level.WARNING, e, () -> "cannot read build " + number + " of " + job.getFullName());
            return BuildEntry.without(number, stamp);
        }
    }

    /** The builds with results, oldest first; at most {@value #MOST_BUILDS}. */
    public List<BuildEntry> builds() {
        return builds;
    }

    /** How many builds are still to be read. */
    public int unread() {
        return unread;
    }
}
