package io.millrace.ingestion.inference;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A Flink mini cluster with a table of reviews and models over a stand-in gateway. */
record Reviews(StreamTableEnvironment tables) {
    static Reviews of(String... bodies) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < bodies.length; i++) {
            rows.add("(" + (i + 1) + ", " + (bodies[i].isEmpty() ? "CAST(NULL AS STRING)" : "'" + bodies[i] + "'")
                    + ")");
        }
        return over("SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS r(id, body)");
    }

    static Reviews over(String query) {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("rest.bind-port", "0");
        Reviews reviews = new Reviews(
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(configuration)));
        reviews.tables.executeSql("CREATE TEMPORARY VIEW reviews AS " + query);
        return reviews;
    }

    /** @param options further options, each with a comma before it */
    Reviews model(String output, String gateway, String options) {
        tables.executeSql("CREATE MODEL m INPUT (body STRING) OUTPUT (" + output + ") WITH ('provider' = 'millrace',"
                + " 'model' = 'chat', 'gateway' = '" + gateway + "'" + options + ")");
        return this;
    }

    static String predict(String columns) {
        return "SELECT " + columns + " FROM ML_PREDICT(TABLE reviews, MODEL m, DESCRIPTOR(body))";
    }

    List<Row> rows(String query) throws Exception {
        try (CloseableIterator<Row> rows = tables.executeSql(query).collect()) {
            List<Row> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }
}
