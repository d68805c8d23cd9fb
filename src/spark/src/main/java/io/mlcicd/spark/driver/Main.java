package io.mlcicd.spark.driver;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/**
 * What {@code spark-submit} starts. Its one argument is the socket on which somebody waits for it; when that end closes,
 * for whatever reason, this one cancels what Spark does and goes.
 */
public final class Main {

    private Main() {}

    /**
     * Answers until the other end closes.
     *
     * @param arguments the path of a Unix domain socket
     * @throws IOException when nobody listens there
     */
    public static void main(String[] arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            DataInputStream in = SocketStreams.in(channel);
            Teller teller = new Teller(SocketStreams.out(channel));
            SparkSession spark = session(in, teller);
            spark.sparkContext().addSparkListener(new JobListener(teller));
            teller.hello(
                    spark.version(),
                    spark.sparkContext().applicationId(),
                    spark.sparkContext().master());
            serve(new Asked(spark, teller), in);
            spark.stop();
        }
    }

    /** The first thing said are settings that no command line shall show. */
    private static SparkSession session(DataInputStream in, Teller teller) throws IOException {
        SparkSession.Builder builder = SparkSession.builder();
        int settings = in.readInt();
        for (int i = 0; i < settings; i++) {
            builder = builder.config(Wire.text(in), Wire.text(in));
        }
        try {
            return builder.getOrCreate();
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            teller.error(failure.fault(), failure.message());
            throw e;
        }
    }

    /** Reading goes on while a question is worked on, so that the other end's going is noticed at once. */
    private static void serve(Asked asked, DataInputStream in) {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "answering");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> working = null;
        try {
            while (true) {
                Wire.Ask ask = Wire.Ask.of(in.readByte());
                if (ask == Wire.Ask.CLOSE) {
                    return;
                }
                Runnable work = asked.read(ask, in);
                working = worker.submit(work);
            }
        } catch (IOException gone) {
            // The other end hung up, or was killed.
        } finally {
            asked.cancel();
            if (working != null) {
                working.cancel(true);
            }
            worker.shutdownNow();
        }
    }
}
