package io.mlcicd.data.expression;

import io.mlcicd.data.DataEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an expression means; only these forms exist, so nothing else can be printed. */
sealed interface Expression {

    /** As SQL, every operation in parentheses and every column quoted. */
    String sql();

    /** A number, text, truth value, date or NULL, already in SQL's form. */
    record Literal(String sql) implements Expression {}

    /** A column by its exact name. */
    record Name(String column) implements Expression {
        @Override
        public String sql() {
            return DataEngine.quote(column);
        }
    }

    /** NOT or a sign. */
    record Unary(String operator, Expression operand) implements Expression {
        @Override
        public String sql() {
            return "(" + operator + " " + operand.sql() + ")";
        }
    }

    /** Arithmetic, comparison, LIKE, AND, OR. */
    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public String sql() {
            return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
        }
    }

    /** IS NULL. */
    record IsNull(Expression operand, boolean negated) implements Expression {
        @Override
        public String sql() {
            return "(" + operand.sql() + (negated ? " IS NOT NULL)" : " IS NULL)");
        }
    }

    /** IN a list. */
    record In(Expression operand, List<Expression> list, boolean negated) implements Expression {
        @Override
        public String sql() {
            return "(" + operand.sql() + (negated ? " NOT IN (" : " IN (") + Expression.joined(list) + "))";
        }
    }

    /** BETWEEN, both ends included. */
    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {
        @Override
        public String sql() {
            return "(" + operand.sql() + (negated ? " NOT BETWEEN " : " BETWEEN ") + low.sql() + " AND " + high.sql()
                    + ")";
        }
    }

    /** One WHEN of a CASE. */
    record When(Expression condition, Expression value) {}

    /** CASE, with an operand or without. */
    record Case(Optional<Expression> operand, List<When> whens, Optional<Expression> otherwise) implements Expression {
        @Override
        public String sql() {
            return "CASE " + operand.map(value -> value.sql() + " ").orElse("")
                    + whens.stream()
                            .map(when -> "WHEN " + when.condition().sql() + " THEN "
                                    + when.value().sql() + " ")
                            .collect(Collectors.joining())
                    + otherwise.map(value -> "ELSE " + value.sql() + " ").orElse("") + "END";
        }
    }

    /** A value read as a type, NULL where it is none. */
    record Cast(Expression operand, String type) implements Expression {
        @Override
        public String sql() {
            return "TRY_CAST(" + operand.sql() + " AS " + type + ")";
        }
    }

    /** A function of the allow list; an aggregate may be over distinct values. */
    record Call(String function, List<Expression> arguments, boolean distinct) implements Expression {
        @Override
        public String sql() {
            return function + "(" + (distinct ? "DISTINCT " : "") + joined(arguments) + ")";
        }
    }

    /** The rows that count(*) counts. */
    record CountRows() implements Expression {
        @Override
        public String sql() {
            return "count(*)";
        }
    }

    private static String joined(List<Expression> list) {
        return list.stream().map(Expression::sql).collect(Collectors.joining(", "));
    }
}
