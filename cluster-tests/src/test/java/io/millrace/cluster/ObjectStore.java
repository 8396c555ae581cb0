package io.millrace.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An S3 server in a process of its own, with one bucket, that asks for a key. */
final class ObjectStore implements AutoCloseable {
    static final String WAREHOUSE = "s3://millrace/lake";

    private static final String ACCESS_KEY = "millrace-of-the-test";
    private static final String SECRET_KEY = "secret-of-the-test";

    private final JavaProcess process;
    private final int port;

    private ObjectStore(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static ObjectStore start(Path folder) throws IOException {
        int port = JavaProcess.freePort();
        Files.createDirectories(folder.resolve("objects/millrace"));
        Path settings = folder.resolve("s3proxy.properties");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.identity=none
                jclouds.credential=none
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, folder.resolve("objects")));
        Path logging = folder.resolve("logback.xml");
        Files.writeString(logging, """
                <configuration>
                  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %-5level %logger{1} %msg%n</pattern></encoder>
                  </appender>
                  <root level="WARN"><appender-ref ref="console"/></root>
                </configuration>
                """);
        JavaProcess process = JavaProcess.start(
                JavaProcess.classPath("cluster-tests/object-store"),
                List.of("-Xmx256m", "-Dlogback.configurationFile=" + logging),
                List.of("org.gaul.s3proxy.Main", "--properties", settings.toString()),
                Map.of(),
                folder.resolve("object-store.log"));
        ObjectStore store = new ObjectStore(process, port);
        await().atMost(Duration.ofMinutes(1)).until(store::answers);
        return store;
    }

    private boolean answers() throws IOException {
        process.requireAlive();
        return JavaProcess.listens(port);
    }

    /** What Flink and Paimon both call these settings. */
    Map<String, String> settings() {
        return Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + port,
                "s3.access-key",
                ACCESS_KEY,
                "s3.secret-key",
                SECRET_KEY,
                "s3.path.style.access",
                "true");
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
