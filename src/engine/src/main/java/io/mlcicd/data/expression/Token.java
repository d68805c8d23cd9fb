package io.mlcicd.data.expression;

/** A word, number, text, quoted name or symbol, and where it begins (from 0). */
record Token(Kind kind, String text, int at) {

    enum Kind {
        WORD,
        QUOTED,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
