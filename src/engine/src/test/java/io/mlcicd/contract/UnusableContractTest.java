package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataSource;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only shows once contract and data are seen together is told by its place in the contract. */
class UnusableContractTest {

    private static final String ORDERS = "user,name,price,day\n1,01,0.5,2026-01-31\n2,1,1.5,2026-02-01\n3,x,1,\n";
    private static final String USERS = "id,code,rate,day\n1,01,0.5,2026-01-31\n2,y,2.5,2026-03-01\n";

    @TempDir
    private Path folder;

    private List<Check> checks(String contract) throws Exception {
        Path orders = Files.writeString(folder.resolve("orders.csv"), ORDERS);
        Path users = Files.writeString(folder.resolve("users.csv"), USERS);
        Path rules = Files.writeString(folder.resolve("contract.yml"), contract);
        return new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(),
                                List.of(new ContractedData(DataSource.of("orders", orders), rules)),
                                List.of(DataSource.of("users", users)),
                                Check.MOST_EXAMPLES),
                        Progress.NONE)
                .details()
                .data()
                .get(0)
                .checks();
    }

    private static String foreignKey(String keys) {
        return "contract: c\ncolumns: {}\nchecks:\n  - foreignKey:\n      " + keys.replace(";", "\n      ") + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "columns: [user];in: usres;keys: [id] | contract.yml:6:7: checks.0.foreignKey.in: there is no data set called 'usres' (did you mean 'users'?); there are: orders, users",
                "columns: [user];in: users;keys: [ident] | contract.yml:7:14: checks.0.foreignKey.keys.0: users (",
                "columns: [user];in: users | contract.yml:5:17: checks.0.foreignKey.columns.0: users (",
                "columns: [price];in: users;keys: [code] | contract.yml:7:14: checks.0.foreignKey.keys.0: 'price' holds values of type number and cannot be compared with users's 'code' of type string"
            })
    void aForeignKeyOnNothingIsTold(String keys, String message) {
        assertThatThrownBy(() -> checks(foreignKey(keys)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "columns: [user];in: users;keys: [id] | 1",
                "columns: [user];in: users;keys: [rate] | 3",
                "columns: [name];in: users;keys: [code] | 2",
                "columns: [name];in: users;keys: [id] | 2",
                "columns: [user];in: users;keys: [code] | 3",
                "columns: [day];in: users | 1",
                "columns: [name, user];in: users;keys: [code, id] | 2"
            })
    void textIsComparedWithNumbersAsText(String keys, long violations) throws Exception {
        assertThat(checks(foreignKey(keys)))
                .singleElement()
                .extracting(Check::violations)
                .isEqualTo(violations);
    }

    @Test
    void aFormatOfDatesThatThereIsNotIsTold() {
        assertThatThrownBy(() -> checks("contract: c\ncolumns:\n  name:\n    type: string\n    dateFormat: '%Q'\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:5:")
                .hasMessageContaining("'%Q' is not a format of dates");
        assertThatThrownBy(() -> checks("contract: c\ncolumns:\n  name:\n    dateFormat: ['%Y-%m-%d', '%d.%']\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:4:")
                .hasMessageContaining("'%d.%' is not a format of dates");
    }

    /** Whatever value a contract names, it is compared or refused by its place; it is never a query that is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: {type: string, values: [\"a\\0b\", x]}",
                "name: {type: string, min: \"\\0\"}",
                "name: {type: string, pattern: \"a\\0b\"}",
                "name: {type: string, notPattern: \"\\0\"}",
                "name: {type: string, dateFormat: \"%Y\\0\"}",
                "name: {type: string, distinctValues: {contains: [\"\\0\"]}}",
                "name: {type: string, shares: {\"\\0\": {max: 0}}}",
                "name: {type: string, mostCommon: [\"\\0\"]}",
                "name: {type: string, divergence: {values: [\"\\0\"], weights: [1], max: 0}}",
                "name: {type: string, values: [\"\\uD800\"]}",
                "name: {type: string, length: {max: .inf}}",
                "name: {type: string, length: {min: .nan}}",
                "name: {type: string, length: {max: 1e400}}",
                "price: {type: number, max: .inf}",
                "price: {type: number, max: 1e400}",
                "price: {type: number, values: [.nan]}",
                "price: {type: number, mean: {max: .inf}}",
                "price: {type: number, outliers: {limit: .inf, max: 0}}",
                "price: {type: number, outliers: {limit: 1e308, max: 0}}",
                "price: {type: number, values: [1e308, -1e-320, 123456789012345678901234567890]}",
                "day: {type: date, max: \"+999999999-01-01\"}",
                "day: {type: date, min: \"-9999-01-01\"}",
                "day: {type: date, values: [\"0000-01-01\", \"9999-12-31\"]}",
                "day: {type: timestamp, max: \"+999999999-01-01T00:00\"}",
                "day: {type: timestamp, min: \"2026-01-01T00:00:00.123456789Z\"}",
                "name: {checks: [{where: \"name = 'a\\0b'\", maxNullShare: 0}]}",
                "user: {checks: [{where: \"user > 1e400\", maxNullShare: 0}]}",
                "user: {checks: [{where: \"user / 0 > 99999999999999999999999999\", maxNullShare: 0}]}"
            })
    void anOddValueIsComparedOrRefused(String column) throws Exception {
        String contract = "contract: c\nchecks:\n  - rows: {min: 0}\ncolumns:\n  " + column + "\n";
        try {
            assertThat(checks(contract)).isNotEmpty();
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageContaining("contract.yml:");
        }
    }
}
