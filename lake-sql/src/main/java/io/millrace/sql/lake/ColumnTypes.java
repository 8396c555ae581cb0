package io.millrace.sql.lake;

import java.util.stream.Collectors;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/** Paimon's types in DuckDB's and in Doris' words. */
public final class ColumnTypes {
    private ColumnTypes() {}

    /** What the comment of a BLOB column says unless the table says something else. */
    private static final String BLOB_COMMENT = "where the bytes lie, as JSON: uri, offset, length";

    /** Whether a value of the type can be shown; VARIANT, VECTOR and the like cannot. */
    public static boolean isReadable(DataType type) {
        return isBlob(type) || isValue(type);
    }

    /** Bytes kept in files of their own; what is shown is where. */
    public static boolean isBlob(DataType type) {
        return type.is(DataTypeRoot.BLOB);
    }

    private static boolean isValue(DataType type) {
        return switch (type.getTypeRoot()) {
            case ARRAY -> isValue(((ArrayType) type).getElementType());
            case MAP -> isValue(((MapType) type).getKeyType()) && isValue(((MapType) type).getValueType());
            case ROW -> ((RowType) type).getFields().stream().allMatch(field -> isValue(field.type()));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY,
                    DATE,
                    TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    public static boolean isTimestamp(DataType type) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    public static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof RowType;
    }

    /** The DuckDB type a column has in queries; timestamps keep their precision of 0, 3 or 6 in it, in UTC. */
    public static String duckDb(DataType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, BLOB -> "VARCHAR";
            case BINARY, VARBINARY -> "BLOB";
            case DECIMAL ->
                "DECIMAL(" + ((DecimalType) type).getPrecision() + "," + ((DecimalType) type).getScale() + ")";
            case TIME_WITHOUT_TIME_ZONE -> "TIME";
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                timestamp(DataTypeChecks.getPrecision(type));
            case ARRAY -> duckDb(((ArrayType) type).getElementType()) + "[]";
            case MAP ->
                "MAP(" + duckDb(((MapType) type).getKeyType()) + "," + duckDb(((MapType) type).getValueType()) + ")";
            case ROW ->
                ((RowType) type)
                        .getFields().stream()
                                .map(field -> '"' + field.name().replace("\"", "\"\"") + "\" " + duckDb(field.type()))
                                .collect(Collectors.joining(",", "STRUCT(", ")"));
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DATE ->
                type.getTypeRoot().name();
            default -> throw new IllegalArgumentException("type " + type + " cannot be read");
        };
    }

    private static String timestamp(int precision) {
        return precision == 0 ? "TIMESTAMP_S" : precision <= 3 ? "TIMESTAMP_MS" : "TIMESTAMP";
    }

    /** The type as DESC and SHOW CREATE TABLE name it. */
    public static String doris(DataType type) {
        return switch (type.getTypeRoot()) {
            case INTEGER -> "int";
            case CHAR -> "char(" + DataTypeChecks.getLength(type) + ")";
            case VARCHAR ->
                DataTypeChecks.getLength(type) == Integer.MAX_VALUE
                        ? "text"
                        : "varchar(" + DataTypeChecks.getLength(type) + ")";
            case BLOB -> "text";
            case BINARY, VARBINARY -> "varbinary";
            case DECIMAL ->
                "decimal(" + ((DecimalType) type).getPrecision() + "," + ((DecimalType) type).getScale() + ")";
            case TIME_WITHOUT_TIME_ZONE -> "time";
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                "datetime(" + shownPrecision(DataTypeChecks.getPrecision(type)) + ")";
            case ARRAY -> "array<" + doris(((ArrayType) type).getElementType()) + ">";
            case MAP ->
                "map<" + doris(((MapType) type).getKeyType()) + "," + doris(((MapType) type).getValueType()) + ">";
            case ROW ->
                ((RowType) type)
                        .getFields().stream()
                                .map(field -> field.name() + ":" + doris(field.type()))
                                .collect(Collectors.joining(",", "struct<", ">"));
            default -> type.getTypeRoot().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** What the table, or its type, says of the column. */
    public static String comment(DataField field) {
        return field.description() != null ? field.description() : isBlob(field.type()) ? BLOB_COMMENT : "";
    }

    private static int shownPrecision(int precision) {
        return precision == 0 ? 0 : precision <= 3 ? 3 : 6;
    }
}
