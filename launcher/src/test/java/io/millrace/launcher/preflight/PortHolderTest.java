package io.millrace.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.preflight.Preflight.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortHolderTest {
    @TempDir
    Path data;

    @Test
    void portIsFreeUnlessSomebodyListens() throws IOException {
        int port;
        try (ServerSocket socket = onLoopback()) {
            port = socket.getLocalPort();
            assertThat(PortHolder.isFree(port)).isFalse();
        }
        assertThat(PortHolder.isFree(port)).isTrue();
        assertThat(PortHolder.of(port)).isEmpty();
    }

    @Test
    void listenerOnAllAddressesTakesThePortToo() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(PortHolder.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void holderIsNamedWithItsProcess() throws IOException {
        try (ServerSocket socket = onLoopback()) {
            assertThat(PortHolder.of(socket.getLocalPort()))
                    .contains("java (pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void takenPortSaysWhoHoldsItAndWhatToDo() throws IOException {
        try (ServerSocket taken = onLoopback();
                ServerSocket freed = onLoopback()) {
            Ports ports = new Ports(taken.getLocalPort(), freed.getLocalPort(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
            freed.close();
            assertThat(Preflight.check(new DataFolder(data), ports))
                    .contains(
                            new Finding(
                                    false,
                                    true,
                                    "port " + taken.getLocalPort() + " for PostgreSQL is taken by java (pid "
                                            + ProcessHandle.current().pid()
                                            + "): end it, or move all ports with --port-offset 1000"),
                            new Finding(true, true, "port " + ports.kafka() + " is free for Kafka"));
        }
    }

    @Test
    void machineIsLookedAtBeforeThePorts() throws IOException {
        Path missing = data.resolve("not/there/yet");
        List<Finding> findings = Preflight.check(new DataFolder(missing), Ports.withOffset(0));
        assertThat(findings).hasSize(3 + Ports.withOffset(0).users().size());
        assertThat(findings.get(0).message()).startsWith("Java " + Runtime.version());
        assertThat(findings.get(1).message()).contains("MiB of memory available");
        assertThat(findings.get(2).message()).contains("MiB of disk free for " + missing);
        assertThat(Files.exists(missing)).isFalse();
    }

    private static ServerSocket onLoopback() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
