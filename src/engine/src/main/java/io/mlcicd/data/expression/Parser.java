package io.mlcicd.data.expression;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.expression.Expression.Between;
import io.mlcicd.data.expression.Expression.Binary;
import io.mlcicd.data.expression.Expression.Call;
import io.mlcicd.data.expression.Expression.Case;
import io.mlcicd.data.expression.Expression.Cast;
import io.mlcicd.data.expression.Expression.CountRows;
import io.mlcicd.data.expression.Expression.In;
import io.mlcicd.data.expression.Expression.IsNull;
import io.mlcicd.data.expression.Expression.Literal;
import io.mlcicd.data.expression.Expression.Name;
import io.mlcicd.data.expression.Expression.Unary;
import io.mlcicd.data.expression.Expression.When;
import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the language by recursive descent; docs/conditions.md has its grammar. */
final class Parser {

    private static final int DEEPEST = 60;
    private static final int MOST_OPERATORS = 400;
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private final String text;
    private final List<Token> tokens;
    private final Collection<String> columns;
    private final boolean aggregates;
    private final Set<String> named = new LinkedHashSet<>();
    private int next;
    private int depth;
    private int operators;
    private boolean inAggregate;

    Parser(String text, Collection<String> columns, boolean aggregates) {
        this.text = text;
        this.columns = columns;
        this.aggregates = aggregates;
        this.tokens = Tokens.of(text);
    }

    SqlExpression whole() {
        Expression expression = expression();
        if (peek().kind() != Token.Kind.END) {
            throw error("expected an operator or the end");
        }
        return new SqlExpression(expression.sql(), named);
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw error("more than " + DEEPEST + " levels deep; split it into several");
        }
        Expression left = conjunction();
        while (word("OR")) {
            left = binary("OR", left, conjunction());
        }
        depth--;
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (word("AND")) {
            left = binary("AND", left, negation());
        }
        return left;
    }

    private Expression negation() {
        int nots = 0;
        while (word("NOT")) {
            count();
            nots++;
        }
        Expression operand = predicate();
        for (int i = 0; i < nots; i++) {
            operand = new Unary("NOT", operand);
        }
        return operand;
    }

    private Expression predicate() {
        Expression left = concatenation();
        if (peek().kind() == Token.Kind.SYMBOL && COMPARISONS.contains(peek().text())) {
            String operator = take().text();
            return binary(operator.equals("!=") ? "<>" : operator, left, concatenation());
        }
        if (word("IS")) {
            boolean negated = word("NOT");
            require("NULL");
            return new IsNull(left, negated);
        }
        boolean negated = word("NOT");
        if (word("IN")) {
            symbolRequired("(");
            return new In(left, list(), negated);
        }
        if (word("BETWEEN")) {
            count();
            Expression low = concatenation();
            require("AND");
            return new Between(left, low, concatenation(), negated);
        }
        for (String like : List.of("LIKE", "ILIKE")) {
            if (word(like)) {
                return binary(negated ? "NOT " + like : like, left, concatenation());
            }
        }
        if (negated) {
            throw error("after NOT, expected IN, BETWEEN or LIKE");
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = sum();
        while (symbol("||")) {
            left = binary("||", left, sum());
        }
        return left;
    }

    private Expression sum() {
        Expression left = product();
        while (peek().isSymbol("+") || peek().isSymbol("-")) {
            left = binary(take().text(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        while (peek().isSymbol("*") || peek().isSymbol("/") || peek().isSymbol("%")) {
            left = binary(take().text(), left, signed());
        }
        return left;
    }

    private Expression signed() {
        int minuses = 0;
        while (peek().isSymbol("-") || peek().isSymbol("+")) {
            count();
            minuses += take().text().equals("-") ? 1 : 0;
        }
        Expression operand = primary();
        for (int i = 0; i < minuses; i++) {
            operand = new Unary("-", operand);
        }
        return operand;
    }

    private Expression primary() {
        Token token = peek();
        switch (token.kind()) {
            case NUMBER -> {
                return new Literal(take().text());
            }
            case TEXT -> {
                return new Literal(DataEngine.literal(take().text()));
            }
            case QUOTED -> {
                return column(token, true);
            }
            case WORD -> {
                return ofWord(token);
            }
            default -> {
                if (symbol("(")) {
                    Expression inner = expression();
                    symbolRequired(")");
                    return inner;
                }
                throw error("expected a column, a value, a function or '('");
            }
        }
    }

    private Expression ofWord(Token token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        Token after = tokens.get(next + 1);
        if (Set.of("NULL", "TRUE", "FALSE").contains(word)) {
            take();
            return new Literal(word);
        }
        if (Set.of("DATE", "TIMESTAMP").contains(word) && after.kind() == Token.Kind.TEXT) {
            take();
            return new Literal(word + " " + DataEngine.literal(take().text()));
        }
        if (word.equals("CASE")) {
            return ofCase();
        }
        if (!after.isSymbol("(")) {
            return column(token, false);
        }
        return Set.of("CAST", "TRY_CAST").contains(word) ? cast() : call();
    }

    private Expression ofCase() {
        take();
        Optional<Expression> operand = peek().isWord("WHEN") ? Optional.empty() : Optional.of(expression());
        List<When> whens = new ArrayList<>();
        while (word("WHEN")) {
            count();
            Expression condition = expression();
            require("THEN");
            whens.add(new When(condition, expression()));
        }
        if (whens.isEmpty()) {
            throw error("expected WHEN");
        }
        Optional<Expression> otherwise = word("ELSE") ? Optional.of(expression()) : Optional.empty();
        require("END");
        return new Case(operand, whens, otherwise);
    }

    private Expression cast() {
        take();
        symbolRequired("(");
        Expression operand = expression();
        require("AS");
        String type = peek().text().toUpperCase(Locale.ROOT);
        if (!Functions.TYPES.contains(type)) {
            throw error("not a type to cast to; the types are " + String.join(", ", Functions.TYPES));
        }
        take();
        symbolRequired(")");
        return new Cast(operand, type);
    }

    private Expression call() {
        Token token = peek();
        String name = Functions.canonical(token.text().toLowerCase(Locale.ROOT));
        boolean aggregate = Functions.AGGREGATE.containsKey(name);
        Map<String, Functions.Arity> known = aggregate ? Functions.AGGREGATE : Functions.SCALAR;
        if (!known.containsKey(name)) {
            Set<String> allowed = new TreeSet<>(Functions.SCALAR.keySet());
            allowed.addAll(aggregates ? Functions.AGGREGATE.keySet() : Set.of());
            throw error("no function that may be used%s; the functions are %s"
                    .formatted(Spelling.hint(name, allowed), String.join(", ", allowed)));
        }
        if (aggregate && (!aggregates || inAggregate)) {
            throw error(
                    aggregates
                            ? "an aggregate cannot stand in another"
                            : "a condition is about one row; aggregates are not allowed");
        }
        take();
        symbolRequired("(");
        if (name.equals("count") && symbol("*")) {
            symbolRequired(")");
            return new CountRows();
        }
        boolean outer = inAggregate;
        inAggregate |= aggregate;
        boolean distinct = aggregate && word("DISTINCT");
        List<Expression> arguments = list();
        inAggregate = outer;
        Functions.Arity arity = known.get(name);
        if (arguments.size() < arity.least() || arguments.size() > arity.most()) {
            throw Tokens.error(
                    text,
                    token.at(),
                    "%s takes %d to %d arguments, not %d"
                            .formatted(name, arity.least(), arity.most(), arguments.size()));
        }
        return new Call(name, arguments, distinct);
    }

    /** Expressions up to the closing parenthesis. */
    private List<Expression> list() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (symbol(","));
        symbolRequired(")");
        return list;
    }

    private Expression column(Token token, boolean exact) {
        String wanted = token.text();
        Optional<String> found = columns.stream().filter(wanted::equals).findFirst();
        if (found.isEmpty() && !exact) {
            found = columns.stream().filter(wanted::equalsIgnoreCase).findFirst();
        }
        if (found.isEmpty()) {
            if (token.isWord("SELECT") || token.isWord("EXISTS")) {
                throw error("queries are not allowed, only conditions on the columns of this data set");
            }
            throw error("there is no column '%s'%s; the columns are %s"
                    .formatted(wanted, Spelling.hint(wanted, columns), String.join(", ", columns)));
        }
        if (aggregates && !inAggregate) {
            throw error("the column must stand in an aggregate, as in avg(" + wanted + ")");
        }
        take();
        named.add(found.get());
        return new Name(found.get());
    }

    private Expression binary(String operator, Expression left, Expression right) {
        count();
        return new Binary(operator, left, right);
    }

    private void count() {
        if (++operators > MOST_OPERATORS) {
            throw error("more than " + MOST_OPERATORS + " operators; use IN for a list of values, or split it");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean word(String word) {
        boolean there = peek().isWord(word);
        next += there ? 1 : 0;
        return there;
    }

    private boolean symbol(String symbol) {
        boolean there = peek().isSymbol(symbol);
        next += there ? 1 : 0;
        return there;
    }

    private void require(String word) {
        if (!word(word)) {
            throw error("expected " + word + ", found " + peek().shown());
        }
    }

    private void symbolRequired(String symbol) {
        if (!symbol(symbol)) {
            throw error("expected '" + symbol + "', found " + peek().shown());
        }
    }

    private InvalidInputException error(String problem) {
        return Tokens.error(text, peek().at(), problem);
    }
}
