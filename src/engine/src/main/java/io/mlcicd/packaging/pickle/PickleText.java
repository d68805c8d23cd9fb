package io.mlcicd.packaging.pickle;

/** The texts of protocol 0: bytes as a Python literal, and {@code raw-unicode-escape}. */
final class PickleText {

    private static final int OCTAL_DIGITS = 3;

    private PickleText() {}

    /** The text in a Python literal of bytes, {@code 'os'} or {@code "\157\163"}. */
    static String unquoted(String literal) {
        String text = literal.strip();
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(text.length() - 1) == text.charAt(0);
        if (!quoted) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int end = text.length() - 1;
        int i = 1;
        while (i < end) {
            char c = text.charAt(i++);
            if (c != '\\' || i >= end) {
                result.append(c);
                continue;
            }
            char kind = text.charAt(i);
            if (kind == 'x') {
                i += character(result, text, i + 1, Math.min(2, end - i - 1), 16) + 1;
            } else if (kind >= '0' && kind <= '7') {
                int digits = 1;
                while (digits < OCTAL_DIGITS && i + digits < end && Character.digit(text.charAt(i + digits), 8) >= 0) {
                    digits++;
                }
                i += character(result, text, i, digits, 8);
            } else {
                result.append(kind);
                i++;
            }
        }
        return result.toString();
    }

    /** The text with its {@code \\uXXXX} and {@code \\UXXXXXXXX} resolved. */
    static String unescaped(String text) {
        StringBuilder result = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char kind = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (digits > 0 && i + 2 + digits <= text.length()) {
                i += 2 + character(result, text, i + 2, digits, 16);
            } else {
                result.append(c);
                i++;
            }
        }
        return result.toString();
    }

    /** Appends the character with that number, and tells how many digits it had; what is no number stands for none. */
    private static int character(StringBuilder result, String text, int from, int digits, int radix) {
        try {
            result.appendCodePoint(Integer.parseInt(text.substring(from, from + digits), radix));
        } catch (IllegalArgumentException e) {
            result.append('?');
        }
        return digits;
    }
}
