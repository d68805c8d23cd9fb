package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.ProgressEventHandler;
import io.mlcicd.operation.Progress;
import java.util.regex.Pattern;

/** Tells what jib says as the progress of one part of the operation. */
final class JibEvents {

    private static final Pattern ANSI = Pattern.compile("\u001b\\[[;\\d]*m");

    private final Progress progress;
    private final double from;
    private final double to;
    private volatile String what;

    /**
     * A part of the operation.
     *
     * @param what what it does, until jib says it in more detail
     * @param from share of the operation that is done when it begins
     * @param to share of the operation that is done when it ends
     */
    JibEvents(Progress progress, String what, double from, double to) {
        this.progress = progress;
        this.what = what;
        this.from = from;
        this.to = to;
    }

    /** Listens to the run of this containerizer. */
    Containerizer of(Containerizer run) {
        progress.step(what, from);
        return run.addEventHandler(LogEvent.class, this::log)
                .addEventHandler(ProgressEvent.class, new ProgressEventHandler(update -> tell(update.getProgress())));
    }

    private void tell(double share) {
        progress.step(what, from + (to - from) * Math.min(1, Math.max(0, share)));
    }

    /** Errors are not told here: they come again, as the exception that ends the run. */
    private void log(LogEvent event) {
        String text = ANSI.matcher(event.getMessage()).replaceAll("").strip();
        if (text.isEmpty()) {
            return;
        }
        switch (event.getLevel()) {
            case WARN -> progress.line("warning: " + text);
            case LIFECYCLE -> {
                // What the container runs is said by the request; pushing would say it a second time.
                if (!text.startsWith("Container ")) {
                    progress.line(text);
                }
            }
            case PROGRESS -> what = text.replaceFirst("\\.\\.\\.$", "");
            default -> {
                // The rest is jib's talk to itself.
            }
        }
    }
}
