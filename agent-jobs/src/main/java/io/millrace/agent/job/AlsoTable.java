package io.millrace.agent.job;

import io.millrace.agent.trigger.Attachment;
import io.millrace.app.agent.Agent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.types.Row;

/** The changelog of the other table whose rows count too, as insert-only changes. */
final class AlsoTable {
    private final Agent.Also also;
    private final int mostCharacters;

    /** @param mostCharacters of a row's texts that go on */
    AlsoTable(Agent.Also also, int mostCharacters) {
        this.also = also;
        this.mostCharacters = mostCharacters;
    }

    DataStream<Attachment> changes(StreamTableEnvironment tables) throws TableNotExistException {
        String[] name = also.table().split("\\.");
        List<String> primaryKey = primaryKey(tables, new ObjectPath(name[0], name[1]));
        String query = "SELECT rowkind, " + text(also.key()) + casts(primaryKey) + casts(also.text()) + " FROM lake.`"
                + name[0] + "`.`" + name[1] + "$audit_log` WHERE rowkind <> '-U'";
        int ids = primaryKey.size();
        int most = mostCharacters;
        return tables.toDataStream(tables.sqlQuery(query))
                .map(row -> change(row, ids, most))
                .returns(Types.POJO(Attachment.class))
                .name("attachments");
    }

    private List<String> primaryKey(StreamTableEnvironment tables, ObjectPath path) throws TableNotExistException {
        Catalog lake = tables.getCatalog("lake").orElseThrow();
        return lake.getTable(path)
                .getUnresolvedSchema()
                .getPrimaryKey()
                .orElseThrow(() -> new IllegalStateException("table lake." + also.table() + " has no primary key"))
                .getColumnNames();
    }

    private static String casts(List<String> columns) {
        return columns.stream().map(column -> ", " + text(column)).collect(Collectors.joining());
    }

    private static String text(String column) {
        return "CAST(`" + column + "` AS STRING)";
    }

    private static Attachment change(Row row, int ids, int most) {
        Attachment change = new Attachment();
        change.gone = Objects.equals(row.getField(0), "-D");
        change.key = (String) row.getField(1);
        // Parts that hold the separator make no two keys one.
        change.id = values(row, 2, 2 + ids)
                .map(part -> part.replace("\\", "\\\\").replace("/", "\\/"))
                .collect(Collectors.joining("/"));
        if (!change.gone) {
            String text = values(row, 2 + ids, row.getArity())
                    .filter(part -> !part.isBlank())
                    .collect(Collectors.joining("\n"));
            change.text = text.length() <= most ? text : text.substring(0, most);
        }
        return change;
    }

    private static Stream<String> values(Row row, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(row::getField)
                .filter(Objects::nonNull)
                .map(String::valueOf);
    }
}
