package io.millrace.ingestion.guarded;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** {@code 'format' = 'guarded', 'guarded.by' = 'debezium-json', 'guarded.required' = 'order_id'}. */
public final class GuardedFormatFactory implements DeserializationFormatFactory {
    static final ConfigOption<String> BY = ConfigOptions.key("by")
            .stringType()
            .noDefaultValue()
            .withDescription("The format that reads the events: json or debezium-json.");
    static final ConfigOption<String> REQUIRED = ConfigOptions.key("required")
            .stringType()
            .defaultValue("")
            .withDescription("Columns that must not be null, separated by commas; a row without one is a dead letter.");

    private static final ConfigOption<String> TIMESTAMPS =
            ConfigOptions.key("timestamp-format.standard").stringType().noDefaultValue();

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        Configuration inner = new Configuration();
        inner.set(TIMESTAMPS, "ISO-8601");
        DeserializationFormatFactory factory = FactoryUtil.discoverFactory(
                context.getClassLoader(), DeserializationFormatFactory.class, options.get(BY));
        List<String> required = Arrays.stream(options.get(REQUIRED).split(","))
                .filter(column -> !column.isBlank())
                .toList();
        return new GuardedDecodingFormat(factory.createDecodingFormat(context, inner), required);
    }

    @Override
    public String factoryIdentifier() {
        return "guarded";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(BY);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(REQUIRED);
    }
}
