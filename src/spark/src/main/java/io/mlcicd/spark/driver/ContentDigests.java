package io.mlcicd.spark.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** SHA-256 of files wherever Hadoop reaches them; each is read by whatever worker is free. */
final class ContentDigests {

    private static final int AT_ONCE = 1 << 16;

    private final SparkSession spark;

    ContentDigests(SparkSession spark) {
        this.spark = spark;
    }

    /** Path below the one asked for, size in bytes and digest in hexadecimal of every file, sorted by path. */
    List<Object[]> of(List<String> paths) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        List<String[]> files = new ArrayList<>();
        for (String path : paths) {
            Path wanted = new Path(path);
            FileSystem system = wanted.getFileSystem(hadoop);
            FileStatus[] found = system.globStatus(wanted);
            if (found == null || found.length == 0) {
                throw new java.io.FileNotFoundException(path + " does not exist");
            }
            for (FileStatus each : found) {
                add(
                        system,
                        each,
                        each.isDirectory() ? each.getPath() : each.getPath().getParent(),
                        files);
            }
        }
        files.sort(Comparator.comparing(file -> file[1]));
        List<String> settings = new ArrayList<>();
        hadoop.iterator().forEachRemaining(entry -> {
            if (entry.getKey().startsWith("fs.")) {
                settings.add(entry.getKey());
                settings.add(hadoop.get(entry.getKey()));
            }
        });
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        int parts = Math.max(1, Math.min(files.size(), 4 * context.defaultParallelism()));
        return context.parallelize(files, parts)
                .map(file -> new Object[] {file[1], Long.valueOf(file[2]), digest(file[0], settings)})
                .collect();
    }

    private static void add(FileSystem system, FileStatus file, Path base, List<String[]> files) throws IOException {
        if (file.isDirectory()) {
            for (FileStatus each : system.listStatus(file.getPath())) {
                String name = each.getPath().getName();
                if (!name.startsWith("_") && !name.startsWith(".")) {
                    add(system, each, base, files);
                }
            }
        } else {
            URI relative = base.toUri().relativize(file.getPath().toUri());
            files.add(new String[] {file.getPath().toString(), relative.getPath(), Long.toString(file.getLen())});
        }
    }

    private static String digest(String file, List<String> settings) throws IOException {
        Configuration hadoop = new Configuration();
        for (int i = 0; i + 1 < settings.size(); i += 2) {
            hadoop.set(settings.get(i), settings.get(i + 1));
        }
        Path path = new Path(file);
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[AT_ONCE];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
