package io.mlcicd.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The tool that wrote a document. */
public record Tool(String name, String version) {

    private static final Tool THIS = load();

    /** The running version of ml-cicd. */
    public static Tool current() {
        return THIS;
    }

    private static Tool load() {
        try (InputStream in = Tool.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new Tool("ml-cicd", properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
