package io.millrace.ingestion.media;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** How rows of a table travel between operators. */
final class RowTypes {
    private RowTypes() {}

    static RowTypeInfo of(DataType type) {
        RowType row = (RowType) type.getLogicalType();
        return new RowTypeInfo(
                row.getChildren().stream()
                        .map(column -> switch (column.getTypeRoot()) {
                            case INTEGER -> Types.INT;
                            case BIGINT -> Types.LONG;
                            case DOUBLE -> Types.DOUBLE;
                            case BOOLEAN -> Types.BOOLEAN;
                            case VARBINARY -> Types.PRIMITIVE_ARRAY(Types.BYTE);
                            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Types.INSTANT;
                            default -> Types.STRING;
                        })
                        .toArray(TypeInformation[]::new),
                row.getFieldNames().toArray(String[]::new));
    }
}
