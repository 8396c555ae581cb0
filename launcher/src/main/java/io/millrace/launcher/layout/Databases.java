package io.millrace.launcher.layout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Function;

/**
 * Connections to the platform's databases.
 *
 * @param lake whatever speaks MySQL's protocol on the SQL port
 * @param sources the databases that the platform runs, by name
 */
public record Databases(Login lake, Function<String, Login> sources) {
    /** User of the SQL server, unless the environment says otherwise. */
    public static final String SQL_USER = "millrace";

    /** Superuser of the source databases that the platform runs without Docker. */
    public static final String SOURCE_USER = "postgres";

    /** A JDBC address and who asks there. */
    public record Login(String url, String user, String password) {
        private Connection connect(Properties properties) throws SQLException {
            properties.put("user", user);
            properties.put("password", password);
            return DriverManager.getConnection(url, properties);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    static Login mysql(String host, int port, String user, String password) {
        return new Login(
                "jdbc:mysql://" + host + ":" + port
                        + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectTimeout=3000&socketTimeout=120000"
                        + "&connectionTimeZone=UTC&preserveInstants=false&tinyInt1isBit=false",
                user,
                password);
    }

    static Login postgres(String host, int port, String database, String user, String password) {
        return new Login("jdbc:postgresql://" + host + ":" + port + "/" + database, user, password);
    }

    public Login source(String name) {
        return sources.apply(name);
    }

    public Connection connectToSource(String name) throws SQLException {
        Properties properties = new Properties();
        properties.put("connectTimeout", "3");
        return source(name).connect(properties);
    }

    /** Another engine over the same lake, which knows the same user. */
    public Connection connectToLake(String host, int port) throws SQLException {
        return mysql(host, port, lake.user(), lake.password()).connect(new Properties());
    }

    public Connection connectToLake() throws SQLException {
        return lake.connect(new Properties());
    }
}
