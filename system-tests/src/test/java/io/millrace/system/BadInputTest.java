package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger types wrong: each ends at once with a message that names the thing and the fix. */
class BadInputTest {
    @TempDir
    Path folder;

    private Path app = Path.of("");

    @BeforeEach
    void copyTheShop() throws Exception {
        app = Folders.copy(Cli.HOME.resolve("apps/shop"), folder.resolve("shop"));
    }

    private Cli.Result up() throws Exception {
        return Cli.run(
                "up", "--app", app.toString(), "--data", folder.resolve("data").toString());
    }

    @Test
    void anUnknownKeyNamesItsLineAndTheNearestKey() throws Exception {
        Folders.replace(app.resolve("app.yaml"), "database:", "databse:");
        Cli.Result result = up();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("app.yaml:3: unknown key 'databse' — did you mean 'database'?");
    }

    @Test
    void aMissingTableNamesTheNearestTable() throws Exception {
        Folders.replace(app.resolve("pipelines/page_views.sql"), "lake.shop.page_views", "lake.shop.page_view");
        Cli.Result result = up();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors())
                .contains("page_views.sql:3: table lake.shop.page_view does not exist")
                .contains("did you mean 'lake.shop.page_views'?");
    }

    @Test
    void aMissingTableOfAnEndpointIsFoundBeforeTheStart() throws Exception {
        Folders.replace(app.resolve("endpoints/ticket.sql"), "lake.shop.tickets", "lake.shop.ticket");
        Cli.Result result = up();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors())
                .contains("ticket.sql:")
                .contains("table lake.shop.ticket does not exist — did you mean 'lake.shop.tickets'?");
    }

    @Test
    void aSyntaxErrorInATableNamesItsLine() throws Exception {
        Folders.replace(app.resolve("tables/orders.sql"), "BIGINT,\n  status", "BIGINT\n  status");
        Cli.Result result = up();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("orders.sql:6: syntax error");
    }

    @Test
    void aMissingAppFolderIsNamed() throws Exception {
        Cli.Result result = Cli.run(
                "up",
                "--app",
                folder.resolve("nowhere").toString(),
                "--data",
                folder.resolve("data").toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("nowhere").contains("no app.yaml there");
    }

    @Test
    void aTakenPortNamesItsHolder() throws Exception {
        int offset = RunningPlatform.freeOffset();
        try (ServerSocket taken = new ServerSocket(8080 + offset, 1, InetAddress.getLoopbackAddress())) {
            Cli.Result result = Cli.run(
                    "up",
                    "--app",
                    app.toString(),
                    "--data",
                    folder.resolve("data").toString(),
                    "--port-offset",
                    String.valueOf(offset));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.errors())
                    .contains("port " + taken.getLocalPort() + " for the serving API is taken by java (pid "
                            + ProcessHandle.current().pid() + ")")
                    .contains("--port-offset");
        }
    }

    @Test
    void tooLittleMemoryAndDiskAreNamedTogether() throws Exception {
        Cli.Result result = Cli.run(
                Map.of("MILLRACE_MEMORY_MEBIBYTES", "99999999", "MILLRACE_DISK_MEBIBYTES", "99999999"),
                "up",
                "--app",
                app.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port-offset",
                String.valueOf(RunningPlatform.freeOffset()));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors())
                .contains("MiB of memory available: the platform needs 99999999")
                .contains("MiB of disk free for " + folder.resolve("data") + ": the platform needs 99999999");
    }

    @Test
    void aWrongJavaIsNamed() throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk/bin"));
        Path java =
                Files.writeString(home.resolve("java"), "#!/bin/sh\necho '    java.specification.version = 11' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Cli.Result result = Cli.run(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "status");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("is Java 11: Millrace runs on JDK 17 or 21");
    }

    @Test
    void anUnknownOptionShowsTheUsage() throws Exception {
        Cli.Result result = Cli.run("up", "--port-ofset", "3");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("--port-ofset").contains("--port-offset");
    }

    @Test
    void commandsThatNeedAPlatformSayHowToStartOne() throws Exception {
        Cli.Result result = Cli.run("status", "--data", folder.resolve("data").toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("no platform runs on").contains("./millrace up --detach");
    }
}
