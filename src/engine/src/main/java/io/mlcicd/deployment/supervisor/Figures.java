package io.mlcicd.deployment.supervisor;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was seen of one release since a moment: counts by kind of answer, latencies, predictions. Safe for many threads. */
final class Figures {

    private static final int CLASSES = 6;

    private final AtomicLong[] byClass = new AtomicLong[CLASSES];
    private final AtomicLong unanswered = new AtomicLong();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Predictions predictions = new Predictions();

    Figures() {
        for (int i = 0; i < CLASSES; i++) {
            byClass[i] = new AtomicLong();
        }
    }

    /** A request was answered with that status, completely. */
    void answered(int status, long nanos) {
        byClass[Math.max(0, Math.min(CLASSES - 1, status / 100))].incrementAndGet();
        latencies.add(nanos);
    }

    /** A request was not answered: the connection was refused or broke, or nothing came in time. */
    void unanswered(long nanos) {
        unanswered.incrementAndGet();
        latencies.add(nanos);
    }

    Predictions predictions() {
        return predictions;
    }

    Map<String, String> describe() {
        Map<String, String> all = new TreeMap<>();
        long answered = 0;
        for (int i = 0; i < CLASSES; i++) {
            answered += byClass[i].get();
            all.put("status." + i + "xx", String.valueOf(byClass[i].get()));
        }
        long failed = unanswered.get();
        all.put("requests", String.valueOf(answered + failed));
        all.put("errors", String.valueOf(byClass[CLASSES - 1].get() + failed));
        all.put("unanswered", String.valueOf(failed));
        if (answered + failed > 0) {
            all.put("p50", String.valueOf(latencies.percentileMillis(0.5)));
            all.put("p95", String.valueOf(latencies.percentileMillis(0.95)));
            all.put("p99", String.valueOf(latencies.percentileMillis(0.99)));
        }
        all.putAll(predictions.describe());
        return all;
    }
}
