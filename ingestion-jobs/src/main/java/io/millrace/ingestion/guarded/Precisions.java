package io.millrace.ingestion.guarded;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.table.utils.DateTimeUtils;

/**
 * Cuts points in time to the digits that their columns declare. Flink's JSON formats keep all nine an event may have, and
 * a sink that does not cut them itself would hold another value than one that does.
 */
final class Precisions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NOT_A_TIMESTAMP = -1;

    private final int[] digits;

    Precisions(DataType physicalType) {
        List<LogicalType> types = physicalType.getLogicalType().getChildren();
        this.digits = types.stream().mapToInt(Precisions::digits).toArray();
    }

    void cut(GenericRowData row) {
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] != NOT_A_TIMESTAMP && row.getField(i) instanceof TimestampData time) {
                row.setField(i, DateTimeUtils.truncate(time, digits[i]));
            }
        }
    }

    private static int digits(LogicalType type) {
        LogicalTypeRoot root = type.getTypeRoot();
        return root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                        || root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                ? LogicalTypeChecks.getPrecision(type)
                : NOT_A_TIMESTAMP;
    }
}
