package io.millrace.app.table;

import io.millrace.app.AppException;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;
import org.apache.flink.sql.parser.ddl.SqlTableOption;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;
import org.apache.flink.sql.parser.error.SqlValidateException;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/** Reads a file of CREATE TABLE statements with Flink's own parser. */
public final class TableFile {
    private static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(FlinkSqlParserImpl.FACTORY)
            .withConformance(FlinkSqlConformance.DEFAULT)
            .withQuoting(Quoting.BACK_TICK)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(256);

    private final String file;
    private final String database;

    private TableFile(String file, String database) {
        this.file = file;
        this.database = database;
    }

    /**
     * @param database the app's database, in which unqualified names stand
     * @throws AppException with file and line
     */
    public static List<TableDefinition> parse(String file, String database, String text) {
        TableFile reader = new TableFile(file, database);
        return SqlFile.parse(file, text).statements().stream()
                .map(reader::table)
                .toList();
    }

    private TableDefinition table(Statement statement) {
        if (!statement.startsWith("CREATE", "TABLE")) {
            throw error(statement, 1, "only CREATE TABLE stands in tables/: move this statement to pipelines/");
        }
        SqlCreateTable create = parseCreate(statement);
        List<String> path = create.getTableName().names;
        if (path.size() > 1 && !path.get(path.size() - 2).equals(database)) {
            throw error(
                    statement,
                    1,
                    "table " + String.join(".", path) + " is not in the app's database " + database
                            + ": write just the table's name");
        }
        if (create.getWatermark().isPresent()) {
            throw error(statement, 1, "a lake table has no WATERMARK: declare it in the pipeline that needs it");
        }
        List<Column> columns = new ArrayList<>();
        for (SqlNode node : create.getColumnList()) {
            columns.add(column(node, statement));
        }
        List<String> primaryKey = primaryKey(create);
        List<Column> checked = columns.stream()
                .map(column -> primaryKey.contains(column.name())
                        ? new Column(column.name(), column.type(), false, column.comment(), column.line())
                        : column)
                .toList();
        return new TableDefinition(
                database,
                path.get(path.size() - 1),
                checked,
                primaryKey,
                create.getPartitionKeyList().stream().map(SqlNode::toString).toList(),
                options(create),
                create.getComment()
                        .map(comment -> comment.getValueAs(String.class))
                        .orElse(""),
                file,
                statement.line());
    }

    private SqlCreateTable parseCreate(Statement statement) {
        try {
            SqlCreateTable create =
                    (SqlCreateTable) SqlParser.create(statement.text(), PARSER).parseStmt();
            create.validate();
            return create;
        } catch (SqlParseException e) {
            String message = e.getMessage()
                    .lines()
                    .findFirst()
                    .orElse("cannot be parsed")
                    .replaceFirst(" at line \\d+, column \\d+\\.?$", "");
            throw error(
                    statement,
                    e.getPos() == null ? 1 : e.getPos().getLineNum(),
                    "syntax error: " + message + " (a reserved word used as a name needs `backticks`)");
        } catch (SqlValidateException e) {
            throw error(statement, e.getErrorPosition().getLineNum(), e.getMessage());
        }
    }

    private Column column(SqlNode node, Statement statement) {
        int line = node.getParserPosition().getLineNum();
        if (!(node instanceof SqlRegularColumn column)) {
            throw error(
                    statement,
                    line,
                    "'" + node
                            + "' is computed or metadata: a lake table holds plain columns, compute in the pipeline");
        }
        SqlDataTypeSpec type = column.getType();
        boolean nullable = type.getNullable() == null || type.getNullable();
        return new Column(
                column.getName().getSimple(),
                type.toString().replace("`", "").replaceFirst("( NOT)? NULL$", ""),
                nullable,
                column.getComment()
                        .map(SqlLiteral.class::cast)
                        .map(comment -> comment.getValueAs(String.class))
                        .orElse(""),
                statement.line() + line - 1);
    }

    private static List<String> primaryKey(SqlCreateTable create) {
        return create.getFullConstraints().stream()
                .filter(SqlTableConstraint::isPrimaryKey)
                .flatMap(constraint -> constraint.getColumns().stream())
                .map(column -> ((SqlIdentifier) column).getSimple())
                .toList();
    }

    private static Map<String, String> options(SqlCreateTable create) {
        Map<String, String> options = new LinkedHashMap<>();
        for (SqlNode node : create.getPropertyList()) {
            SqlTableOption option = (SqlTableOption) node;
            options.put(option.getKeyString(), option.getValueString());
        }
        return options;
    }

    private AppException error(Statement statement, int lineInStatement, String message) {
        return new AppException(file, statement.line() + lineInStatement - 1, message);
    }
}
