package io.mlcicd.report;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of HTML or SVG whose texts have been escaped.
 *
 * @param html the markup
 */
record Markup(String html) {

    static final Markup NONE = new Markup("");

    /** Plain text. */
    static Markup text(String text) {
        return new Markup(escape(text));
    }

    /**
     * An element.
     *
     * @param opening the name and the attributes, such as {@code td class="number"}; values must be constants or
     *     have gone through {@link #attribute}
     */
    static Markup element(String opening, Markup... children) {
        int space = opening.indexOf(' ');
        String name = space < 0 ? opening : opening.substring(0, space);
        StringBuilder html = new StringBuilder("<").append(opening).append('>');
        for (Markup child : children) {
            html.append(child.html);
        }
        return new Markup(html.append("</").append(name).append('>').toString());
    }

    /** An element with nothing but text in it. */
    static Markup element(String opening, String text) {
        return element(opening, text(text));
    }

    /** An attribute with an escaped value and a space before it. */
    static String attribute(String name, Object value) {
        return " " + name + "=\"" + escape(String.valueOf(value)) + "\"";
    }

    static Markup join(Collection<Markup> pieces) {
        return new Markup(pieces.stream().map(Markup::html).collect(Collectors.joining("\n")));
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
