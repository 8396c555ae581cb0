package io.millrace.sql.metadata;

import java.util.Map;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;

/** The lengths and precisions information_schema.columns tells. */
final class ColumnSizes {
    private static final int BYTES_OF_A_CHARACTER = 4;

    private ColumnSizes() {}

    static void add(Map<String, Object> fact, DataType type) {
        switch (type.getTypeRoot()) {
            case TINYINT -> number(fact, 3, 0);
            case SMALLINT -> number(fact, 5, 0);
            case INTEGER -> number(fact, 10, 0);
            case BIGINT -> number(fact, 19, 0);
            case FLOAT -> fact.put("NUMERIC_PRECISION", 12L);
            case DOUBLE -> fact.put("NUMERIC_PRECISION", 22L);
            case DECIMAL -> number(fact, ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
            case CHAR, VARCHAR -> {
                long length = DataTypeChecks.getLength(type);
                fact.put("CHARACTER_MAXIMUM_LENGTH", length);
                fact.put("CHARACTER_OCTET_LENGTH", Math.min(length * BYTES_OF_A_CHARACTER, Integer.MAX_VALUE));
                fact.put("CHARACTER_SET_NAME", "utf8mb4");
                fact.put("COLLATION_NAME", "utf8mb4_bin");
            }
            case BLOB -> add(fact, DataTypes.STRING());
            case BINARY, VARBINARY -> {
                fact.put("CHARACTER_MAXIMUM_LENGTH", (long) DataTypeChecks.getLength(type));
                fact.put("CHARACTER_OCTET_LENGTH", (long) DataTypeChecks.getLength(type));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                fact.put("DATETIME_PRECISION", (long) Math.min(6, DataTypeChecks.getPrecision(type)));
            default -> {
                // other types have no size
            }
        }
    }

    private static void number(Map<String, Object> fact, long precision, long scale) {
        fact.put("NUMERIC_PRECISION", precision);
        fact.put("NUMERIC_SCALE", scale);
    }
}
