package io.millrace.launcher.layout;

import io.millrace.lake.Warehouse;
import io.millrace.launcher.UserError;
import java.util.Map;
import java.util.Optional;

/**
 * Where the platform's services are and how to log in there, for the launcher and the jobs it deploys: the one thing that
 * differs between running without Docker and the full stack.
 *
 * @param kafka bootstrap servers
 * @param connect base address of Kafka Connect
 * @param flink base address of Flink's REST API
 * @param gatewayApi base address of the inference gateway's OpenAI API
 * @param servingApi base address of the serving API
 * @param documentReader base address of document-reader
 * @param hotStore bootstrap servers of the hot store
 * @param folders URI of what an app's relative folders of files lie in
 * @param checkpoints URI of the folder below which each job has its checkpoints
 * @param doris where Doris is asked as its root; empty where lake-sql stands in for it
 */
public record Services(
        String kafka,
        String connect,
        String flink,
        String gatewayApi,
        String servingApi,
        String documentReader,
        String hotStore,
        Databases databases,
        Warehouse warehouse,
        String folders,
        String checkpoints,
        Optional<DorisRoot> doris) {
    private static final String MARK = "MILLRACE_FLINK";

    /** The full stack without Doris is asked for by this name as its SQL host. */
    private static final String STAND_IN = "lake-sql";

    /** Doris' MySQL port and the password of its root. */
    public record DorisRoot(String host, int port, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public static Services local(Ports ports, DataFolder data, Secrets secrets) {
        return new Services(
                "127.0.0.1:" + ports.kafka(),
                http(ports.connect()),
                http(ports.flink()),
                http(ports.gateway()) + "/v1",
                http(ports.servingApi()),
                http(ports.documentReader()),
                "127.0.0.1:" + ports.hotStore(),
                new Databases(
                        Databases.mysql("127.0.0.1", ports.lakeSql(), Databases.SQL_USER, secrets.sqlPassword()),
                        name -> Databases.postgres(
                                "127.0.0.1",
                                ports.sourceDb(),
                                name,
                                Databases.SOURCE_USER,
                                secrets.postgresPassword())),
                Warehouse.local(data.warehouse()),
                data.root().toUri().toString(),
                data.of("compute").resolve("checkpoints").toUri().toString(),
                Optional.empty());
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Whether this process runs in a container of the full stack, whose environment says where everything is. */
    public static boolean inFullStack(Map<String, String> environment) {
        return environment.containsKey(MARK);
    }

    /** @throws UserError naming the variable that is missing or wrong */
    public static Services fullStack(Map<String, String> environment) {
        Environment variables = new Environment(environment);
        return new Services(
                variables.text("MILLRACE_KAFKA"),
                variables.text("MILLRACE_CONNECT"),
                variables.text(MARK),
                variables.text("MILLRACE_GATEWAY"),
                variables.text("MILLRACE_API"),
                variables.text("MILLRACE_DOCUMENT_READER"),
                variables.text("MILLRACE_HOT_STORE"),
                new Databases(
                        Databases.mysql(
                                variables.text("MILLRACE_SQL_HOST"),
                                variables.port("MILLRACE_SQL_PORT"),
                                variables.text("MILLRACE_SQL_USER"),
                                variables.text("MILLRACE_SQL_PASSWORD")),
                        name -> Databases.postgres(
                                variables.text(Secrets.variable(name, "HOST")),
                                variables.port(Secrets.variable(name, "PORT")),
                                variables.text(Secrets.variable(name, "DATABASE")),
                                variables.text(Secrets.variable(name, "USER")),
                                variables.text(Secrets.variable(name, "PASSWORD")))),
                Warehouse.of(variables.text("MILLRACE_WAREHOUSE"), environment),
                variables.text("MILLRACE_FOLDERS"),
                variables.text("MILLRACE_CHECKPOINTS"),
                doris(variables));
    }

    private static Optional<DorisRoot> doris(Environment variables) {
        String host = variables.text("MILLRACE_SQL_HOST");
        return host.equals(STAND_IN)
                ? Optional.empty()
                : Optional.of(new DorisRoot(
                        host, variables.port("MILLRACE_SQL_PORT"), variables.text("MILLRACE_DORIS_ADMIN_PASSWORD")));
    }

    private record Environment(Map<String, String> values) {
        String text(String name) {
            String value = values.getOrDefault(name, "").strip();
            if (value.isEmpty()) {
                throw new UserError("variable " + name + " is not set: docker-compose.yml gives it to the deployer");
            }
            return value;
        }

        int port(String name) {
            String value = text(name);
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new UserError("variable " + name + " is '" + value + "': give a port number");
            }
        }
    }
}
