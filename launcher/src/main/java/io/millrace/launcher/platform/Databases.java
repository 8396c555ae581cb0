package io.millrace.launcher.platform;

import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connections to the platform's databases. */
public record Databases(Ports ports, Secrets secrets) {
    /** User of the SQL server. */
    public static final String SQL_USER = "millrace";

    /** Superuser of the source databases that the platform runs itself. */
    public static final String SOURCE_USER = "postgres";

    public static Databases of(PlatformState state, DataFolder data) {
        return new Databases(state.ports(), Secrets.ofRunning(data));
    }

    /** The source database of that name, which the platform runs. */
    public Connection source(String name) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", SOURCE_USER);
        properties.put("password", secrets.postgresPassword());
        properties.put("connectTimeout", "3");
        return DriverManager.getConnection(sourceUrl(name), properties);
    }

    public String sourceUrl(String name) {
        return "jdbc:postgresql://127.0.0.1:" + ports.sourceDb() + "/" + name;
    }

    /** The lake, by whatever speaks MySQL's protocol on the SQL port. */
    public Connection lake() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", SQL_USER);
        properties.put("password", secrets.sqlPassword());
        return DriverManager.getConnection(sqlUrl(), properties);
    }

    public String sqlUrl() {
        return "jdbc:mysql://127.0.0.1:" + ports.lakeSql()
                + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectTimeout=3000&socketTimeout=120000"
                + "&connectionTimeZone=UTC&preserveInstants=false&tinyInt1isBit=false";
    }
}
