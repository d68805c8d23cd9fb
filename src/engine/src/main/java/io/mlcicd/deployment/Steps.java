package io.mlcicd.deployment;

import io.mlcicd.deployment.DeploymentDetails.Step;
import io.mlcicd.operation.Progress;
import java.util.ArrayList;
import java.util.List;

/** Takes the time of each step on its way to the listener. */
final class Steps implements Progress {

    private final Progress listener;
    private final List<Step> done = new ArrayList<>();
    private String present = "";
    private long begun = System.nanoTime();

    Steps(Progress listener) {
        this.listener = listener;
    }

    @Override
    public void step(String what, double fraction) {
        if (!what.equals(present)) {
            finish();
            present = what;
        }
        listener.step(what, fraction);
    }

    @Override
    public void line(String text) {
        listener.line(text);
    }

    private void finish() {
        long now = System.nanoTime();
        if (!present.isEmpty()) {
            done.add(new Step(present, (now - begun) / 1e9));
        }
        present = "";
        begun = now;
    }

    /** The steps so far; the present one is over with this. */
    List<Step> done() {
        finish();
        return List.copyOf(done);
    }
}
