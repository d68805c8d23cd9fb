package io.mlcicd.spark.driver;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Tells the other end; answers and progress come from several threads, and none of them in the middle of another. */
final class Teller {

    private final DataOutputStream out;

    Teller(DataOutputStream out) {
        this.out = out;
    }

    private interface Saying {
        void say(DataOutputStream out) throws IOException;
    }

    private synchronized void tell(Wire.Tell what, Saying saying, boolean now) {
        try {
            out.writeByte(what.code());
            saying.say(out);
            if (now) {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void hello(String version, String application, String master) {
        tell(Wire.Tell.HELLO, to -> Wire.texts(to, List.of(version, application, master)), true);
    }

    void columns(List<String> names, List<String> types) {
        tell(
                Wire.Tell.COLUMNS,
                to -> {
                    Wire.texts(to, names);
                    Wire.texts(to, types);
                },
                false);
    }

    void rows(List<Object[]> rows) {
        tell(
                Wire.Tell.ROWS,
                to -> {
                    to.writeInt(rows.size());
                    for (Object[] row : rows) {
                        for (Object value : row) {
                            Wire.value(to, value);
                        }
                    }
                },
                false);
    }

    /** @param rows rows after one another */
    void doubles(double[] rows, int length) {
        tell(
                Wire.Tell.DOUBLES,
                to -> {
                    to.writeInt(length);
                    for (int i = 0; i < length; i++) {
                        to.writeDouble(rows[i]);
                    }
                },
                false);
    }

    void progress(String what) {
        tell(Wire.Tell.PROGRESS, to -> Wire.text(to, what), true);
    }

    void line(String text) {
        tell(Wire.Tell.LINE, to -> Wire.text(to, text), true);
    }

    void done() {
        tell(Wire.Tell.DONE, to -> {}, true);
    }

    void error(Wire.Fault fault, String message) {
        tell(
                Wire.Tell.ERROR,
                to -> {
                    to.writeByte(fault.code());
                    Wire.text(to, message);
                },
                true);
    }
}
