package io.millrace.app.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.AppException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlFileTest {
    @Test
    void statementsEndAtSemicolonsOutsideQuotes() {
        assertThat(texts("""
                -- What this is for; really.
                SET 'a' = 'b;c';
                /* ; */ INSERT INTO t SELECT `x;y` FROM s
                """)).containsExactly("SET 'a' = 'b;c'", "INSERT INTO t SELECT `x;y` FROM s");
    }

    @Test
    void statementKeepsItsOwnCommentsAndLine() {
        SqlFile file = SqlFile.parse("p.sql", "-- top\n\nINSERT INTO t\n-- why\nSELECT 1;\n\nSELECT 2;");
        assertThat(file.statements())
                .extracting(Statement::text)
                .containsExactly("INSERT INTO t\n-- why\nSELECT 1", "SELECT 2");
        assertThat(file.statements()).extracting(Statement::line).containsExactly(3, 7);
    }

    @Test
    void statementSetIsDissolved() {
        assertThat(texts("""
                CREATE VIEW v AS SELECT 1;
                EXECUTE STATEMENT SET
                BEGIN
                  INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM s;
                  INSERT INTO b SELECT 2;
                END;
                INSERT INTO c SELECT 3;
                """))
                .containsExactly(
                        "CREATE VIEW v AS SELECT 1",
                        "INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM s",
                        "INSERT INTO b SELECT 2",
                        "INSERT INTO c SELECT 3");
    }

    @Test
    void statementSetWithoutEndIsRefused() {
        assertThatThrownBy(() -> texts("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1;"))
                .isInstanceOf(AppException.class)
                .hasMessage("p.sql: EXECUTE STATEMENT SET BEGIN without END: close it with END;");
    }

    @Test
    void emptyStatementsAreNone() {
        assertThat(texts(" ;; -- nothing\n;")).isEmpty();
    }

    private static List<String> texts(String text) {
        return SqlFile.parse("p.sql", text).statements().stream()
                .map(Statement::text)
                .toList();
    }
}
