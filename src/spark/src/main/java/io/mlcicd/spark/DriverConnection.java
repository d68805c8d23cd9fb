package io.mlcicd.spark;

import io.mlcicd.data.Row;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.spark.driver.SocketStreams;
import io.mlcicd.spark.driver.Wire;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks the driver, by one thread at a time. When that thread is interrupted, the driver is ended and nothing more can be asked. */
final class DriverConnection implements AutoCloseable {

    private final DriverProcess process;
    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Progress progress;

    DriverConnection(DriverProcess process, SocketChannel channel, Progress progress) {
        this.process = process;
        this.channel = channel;
        this.in = SocketStreams.in(channel);
        this.out = SocketStreams.out(channel);
        this.progress = progress;
    }

    /** What the driver could not answer. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Wire.Fault fault;

        Refused(Wire.Fault fault, String message) {
            super(message);
            this.fault = fault;
        }

        Wire.Fault fault() {
            return fault;
        }
    }

    @FunctionalInterface
    interface Words {
        void say(DataOutputStream out) throws IOException;
    }

    /** Who hears an answer. */
    interface Hearing {
        /** The columns of what follows, with Spark's names of their types. */
        default void columns(Map<String, String> columns) {}

        default void row(Row row) {}

        default void numbers(double[] values) {}
    }

    /** Tells the driver settings that a command line would show to others, and waits until Spark runs. */
    List<String> greet(Map<String, String> settings) throws InterruptedException {
        try {
            out.writeInt(settings.size());
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                Wire.text(out, setting.getKey());
                Wire.text(out, setting.getValue());
            }
            out.flush();
            Wire.Tell told = Wire.Tell.of(in.readByte());
            if (told == Wire.Tell.ERROR) {
                in.readByte();
                String message = Wire.text(in);
                throw new OutsideSystemException(
                        "Spark did not start: " + process.reasons().orElse(message));
            }
            return Wire.texts(in);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Asks, and hears the whole answer. */
    void ask(Wire.Ask ask, Words words, Hearing hearing) throws Refused, InterruptedException {
        if (Thread.interrupted()) {
            process.kill();
            throw new InterruptedException("the data engine was interrupted");
        }
        try {
            out.writeByte(ask.code());
            words.say(out);
            out.flush();
            try {
                hear(hearing);
            } catch (RuntimeException e) {
                // What comes after this answer must not be taken for the rest of it.
                hear(new Hearing() {});
                throw e;
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void hear(Hearing hearing) throws IOException, Refused {
        List<String> names = List.of();
        while (true) {
            switch (Wire.Tell.of(in.readByte())) {
                case COLUMNS -> {
                    names = Wire.texts(in);
                    List<String> types = Wire.texts(in);
                    Map<String, String> columns = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        columns.put(names.get(i), types.get(i));
                    }
                    hearing.columns(columns);
                }
                case ROWS -> rows(names, hearing);
                case DOUBLES -> {
                    double[] values = new double[in.readInt()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.readDouble();
                    }
                    hearing.numbers(values);
                }
                case PROGRESS -> progress.step(Wire.text(in), Double.NaN);
                case LINE -> progress.line(Wire.text(in));
                case DONE -> {
                    return;
                }
                case ERROR -> {
                    Wire.Fault fault = Wire.Fault.of(in.readByte());
                    throw new Refused(fault, Wire.text(in));
                }
                case HELLO -> throw new IOException("the driver says what it should not say now");
            }
        }
    }

    private void rows(List<String> names, Hearing hearing) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Map<String, Object> values = new HashMap<>();
            for (String name : names) {
                Object value = Wire.value(in);
                if (value != null) {
                    values.put(name, value);
                }
            }
            hearing.row(new Row(values));
        }
    }

    /** What Spark itself says of a failure, to go behind a sentence. */
    String reasons() {
        return process.reasons().map(reasons -> "; it says: " + reasons).orElse("");
    }

    private RuntimeException lost(IOException e) throws InterruptedException {
        process.kill();
        if (e instanceof ClosedByInterruptException || Thread.interrupted()) {
            Thread.interrupted();
            throw new InterruptedException("the data engine was interrupted");
        }
        return new OutsideSystemException("Spark's driver ended while it was asked: " + process.lastWords(), e);
    }

    /** Hears rows alone. */
    static Hearing rows(Consumer<Row> rows) {
        return new Hearing() {
            @Override
            public void row(Row row) {
                rows.accept(row);
            }
        };
    }

    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                out.writeByte(Wire.Ask.CLOSE.code());
                out.flush();
            }
        } catch (IOException gone) {
            // It ended before it was told to.
        }
        process.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw new OutsideSystemException("the socket to Spark's driver did not close: " + e.getMessage(), e);
        }
    }
}
