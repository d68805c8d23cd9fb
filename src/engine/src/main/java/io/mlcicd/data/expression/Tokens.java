package io.mlcicd.data.expression;

import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into tokens. */
final class Tokens {

    static final int LONGEST = 10_000;
    private static final int SHOWN = 60;
    // Possessive, so that a long literal neither backtracks nor overflows the stack.
    private static final Pattern TOKEN = Pattern.compile("(?<word>[\\p{L}_][\\p{L}\\p{N}_]*+)"
            + "|(?<number>(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+)"
            + "|'(?<text>[^']*+(?:''[^']*+)*+)'"
            + "|\"(?<quoted>[^\"]*+(?:\"\"[^\"]*+)*+)\""
            + "|(?<symbol><=|>=|<>|!=|\\|\\||[-+*/%=<>(),])");

    private Tokens() {}

    static List<Token> of(String expression) {
        if (expression.length() > LONGEST) {
            throw new InvalidInputException("an expression of %d characters is too long; at most %d are read"
                    .formatted(expression.length(), LONGEST));
        }
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (Character.isWhitespace(expression.charAt(at))) {
                at++;
                continue;
            }
            if (expression.startsWith("--", at) || expression.startsWith("/*", at)) {
                throw error(expression, at, "comments are not allowed (for a double minus write '- -')");
            }
            if (expression.charAt(at) == 0
                    || !matcher.region(at, expression.length()).lookingAt()) {
                throw error(expression, at, unknown(expression, at));
            }
            tokens.add(token(matcher, expression, at));
            at = matcher.end();
        }
        tokens.add(new Token(Token.Kind.END, "", at));
        return tokens;
    }

    private static Token token(Matcher matcher, String expression, int at) {
        if (matcher.group().indexOf('\0') >= 0) {
            throw error(expression, at, "a character of code 0 is not allowed");
        }
        if (matcher.group("word") != null) {
            return new Token(Token.Kind.WORD, matcher.group("word"), at);
        }
        if (matcher.group("number") != null) {
            return new Token(Token.Kind.NUMBER, matcher.group("number"), at);
        }
        if (matcher.group("text") != null) {
            return new Token(Token.Kind.TEXT, matcher.group("text").replace("''", "'"), at);
        }
        if (matcher.group("quoted") != null) {
            return new Token(Token.Kind.QUOTED, matcher.group("quoted").replace("\"\"", "\""), at);
        }
        return new Token(Token.Kind.SYMBOL, matcher.group(), at);
    }

    private static String unknown(String expression, int at) {
        char first = expression.charAt(at);
        if (first == '\'' || first == '"') {
            return "the quote that begins here is never closed";
        }
        return "the character '%s' is not allowed; texts stand in '…', column names in \"…\""
                .formatted(Character.toString(expression.codePointAt(at)));
    }

    static InvalidInputException error(String expression, int at, String problem) {
        String from = expression.substring(Math.min(at, expression.length()));
        String near = from.isEmpty() ? "at the end" : "at '" + from.substring(0, Math.min(SHOWN, from.length())) + "'";
        return new InvalidInputException("character %d of the expression, %s: %s".formatted(at + 1, near, problem));
    }
}
