package io.mlcicd.cli;

import io.mlcicd.operation.Progress;
import java.util.Locale;

/** Shows progress: one moving line on a terminal, plain lines elsewhere, nothing when told to be quiet. */
final class ProgressBar implements Progress, AutoCloseable {

    private static final int BAR = 24;
    private static final long REDRAW_NANOS = 80_000_000L;
    private static final String ERASE = "\r\u001b[2K";

    private final Terminal terminal;
    private final boolean quiet;
    private String lastStep = "";
    private long lastDrawn;
    private boolean drawn;

    ProgressBar(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    @Override
    public synchronized void step(String what, double fraction) {
        if (quiet) {
            return;
        }
        boolean changed = !what.equals(lastStep);
        lastStep = what;
        if (!terminal.interactive()) {
            if (changed) {
                terminal.err().println("  " + what);
                terminal.err().flush();
            }
            return;
        }
        long now = System.nanoTime();
        if (changed || now - lastDrawn > REDRAW_NANOS) {
            lastDrawn = now;
            draw(what, fraction);
        }
    }

    private void draw(String what, double fraction) {
        String text = what;
        if (!Double.isNaN(fraction)) {
            double share = Math.min(1, Math.max(0, fraction));
            int filled = (int) Math.round(share * BAR);
            text = String.format(
                    Locale.ROOT, "%s%s %3.0f %% %s", "█".repeat(filled), "░".repeat(BAR - filled), share * 100, what);
        }
        int room = terminal.columns() - 3;
        terminal.err().print(ERASE + "  " + (text.length() > room ? text.substring(0, room) : text));
        terminal.err().flush();
        drawn = true;
    }

    @Override
    public synchronized void line(String text) {
        if (quiet) {
            return;
        }
        erase();
        terminal.err().println("  " + terminal.dim("│ " + text));
        terminal.err().flush();
    }

    private void erase() {
        if (drawn) {
            terminal.err().print(ERASE);
            drawn = false;
        }
    }

    /** Removes the moving line, so that what follows starts on an empty one. */
    @Override
    public synchronized void close() {
        erase();
        terminal.err().flush();
        lastStep = "";
    }
}
