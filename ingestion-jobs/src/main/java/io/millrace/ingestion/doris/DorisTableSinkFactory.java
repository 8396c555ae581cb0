package io.millrace.ingestion.doris;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** {@code 'connector' = 'millrace-doris', 'table' = 'shop.ticket_triage', 'sequence-column' = '_input_version'}. */
public final class DorisTableSinkFactory implements DynamicTableSinkFactory {
    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
        int[] key = schema.getPrimaryKeyIndexes();
        try {
            LoadTarget target = LoadTarget.of(helper.getOptions(), key.length > 0);
            if (target.sequenceColumn() != null && key.length == 0) {
                throw new IllegalArgumentException(
                        "option 'sequence-column' needs a key: add PRIMARY KEY (…) NOT ENFORCED, the UNIQUE KEY in Doris");
            }
            RowType row = (RowType) schema.toPhysicalRowDataType().getLogicalType();
            return new DorisTableSink(target, new RowEncoder(row, key, target.sequenceColumn()));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "table " + context.getObjectIdentifier().getObjectName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String factoryIdentifier() {
        return "millrace-doris";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(LoadOptions.TABLE, LoadOptions.DEAD_LETTERS);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                LoadOptions.URL,
                LoadOptions.USER,
                LoadOptions.PASSWORD_VARIABLE,
                LoadOptions.SEQUENCE_COLUMN,
                LoadOptions.TWO_PHASE_COMMIT,
                LoadOptions.LABEL_PREFIX,
                LoadOptions.BATCH_ROWS,
                LoadOptions.BATCH_SIZE,
                LoadOptions.TIMEOUT,
                LoadOptions.RETRY_TIMEOUT);
    }
}
