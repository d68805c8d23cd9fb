package io.mlcicd.contract.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowConditionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "age > 18; \"age\" > 18",
                "`first name` == 'Ann'; \"first name\" = 'Ann'",
                "col(\"age\") >= 1.5e3; \"age\" >= 1.5e3",
                "col('age').notNull(); \"age\" IS NOT NULL",
                "col(\"age\").isNull(); \"age\" IS NULL",
                "a == 1 and b != 2 or not c; \"a\" = 1 AND \"b\" <> 2 OR NOT \"c\"",
                "(a == 1) & ~(b == \"it's\"); (\"a\" = 1) AND NOT (\"b\" = 'it''s')",
                "city in ['a', 'b']; \"city\" IN ('a' , 'b')",
                "city not in ['[a]', 'b (c )']; \"city\" NOT IN ('[a]' , 'b (c )')",
                "city == '[x]'; \"city\" = '[x]'",
                "flag is not None; \"flag\" IS NOT NULL"
            })
    void aConditionIsSaidInSql(String condition, String sql) {
        assertThat(RowCondition.of(condition)).contains(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.str.len() > 3",
                "len(name) > 3",
                "1 < age < 5",
                "age == None",
                "a[0] == 1",
                "@limit > 3",
                "city in ['a'",
                "age > 'open"
            })
    void whatOnlyPythonCanSayIsNotGuessed(String condition) {
        assertThat(RowCondition.of(condition)).isEmpty();
    }
}
