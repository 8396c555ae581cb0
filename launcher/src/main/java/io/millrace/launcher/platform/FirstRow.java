package io.millrace.launcher.platform;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.launcher.layout.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the app's data can be read. */
final class FirstRow {
    private FirstRow() {}

    /** Whether the first captured table has a row, asked over the SQL port. */
    static boolean bySql(App app, Databases databases) {
        Source.CapturedTable table = app.databases().get(0).tables().get(0);
        try (Connection connection = databases.lake();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM lake." + app.database() + "." + table.name() + " LIMIT 1")) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether the API reaches the lake. */
    static boolean byApi(Ports ports) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + ports.servingApi() + "/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
