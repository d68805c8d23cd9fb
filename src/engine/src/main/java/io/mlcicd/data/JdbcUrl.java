package io.mlcicd.data;

import java.util.regex.Pattern;

/** Addresses of databases, and what in them is nobody's business. */
public final class JdbcUrl {

    private static final String HIDDEN = "***";

    /** {@code //user:password@host}; a password may hold a slash or an at sign that should have been escaped. */
    private static final Pattern BEFORE_HOST = Pattern.compile("(//[^:/?@]*):[^?]*@");

    /** {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern ORACLE = Pattern.compile("(:thin:[^/@]*)/.*@");

    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)([?&;(]\\s*[a-z_.]*(?:password|passwd|passphrase|pwd|secret|token)[a-z_.]*\\s*=)[^&;)\\s]*");

    private JdbcUrl() {}

    /** Whether the address carries a password. */
    public static boolean hasPassword(String url) {
        return !masked(url).equals(url);
    }

    /** A text with the passwords of all addresses in it replaced by three asterisks. */
    static String masked(String text) {
        String masked = BEFORE_HOST.matcher(text).replaceAll("$1:" + HIDDEN + "@");
        masked = ORACLE.matcher(masked).replaceAll("$1/" + HIDDEN + "@");
        return PARAMETER.matcher(masked).replaceAll("$1" + HIDDEN);
    }

    /** The address without its parameters, for people. */
    static String shown(String url) {
        return masked(url).replaceFirst("[?;].*", "");
    }
}
