package io.millrace.ingestion.doris;

import java.util.UUID;
import org.apache.doris.flink.sink.writer.LabelGenerator;

/** The labels of one writer, numbered. No other writer and no other attempt of this one ever uses them. */
final class Labels {
    private final String prefix;
    private final LabelGenerator generator;
    private long next;

    Labels(LoadTarget target, String prefix, long next) {
        this.prefix = prefix;
        this.generator = generator(target, prefix);
        this.next = next;
    }

    static Labels fresh(LoadTarget target, int subtask) {
        String id = UUID.randomUUID().toString().substring(24);
        return new Labels(target, target.labelPrefix() + "-" + subtask + "-" + id, 0);
    }

    static LabelGenerator generator(LoadTarget target, String prefix) {
        return new LabelGenerator(prefix, true, target.name(), 0);
    }

    String current() {
        return generator.generateTableLabel(next);
    }

    void advance() {
        next++;
    }

    String prefix() {
        return prefix;
    }

    long next() {
        return next;
    }
}
