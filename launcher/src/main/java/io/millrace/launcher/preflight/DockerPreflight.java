package io.millrace.launcher.preflight;

import io.millrace.launcher.compose.ComposeFile;
import io.millrace.launcher.compose.EnvFile;
import io.millrace.launcher.preflight.Preflight.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the machine before {@code docker compose up}. */
public final class DockerPreflight {
    /** What a Doris backend maps at most, by its documentation. */
    private static final long MAP_COUNT = 2_000_000;

    /** Images, build cache and the first day's data. */
    private static final long DISK_MEBIBYTES = 30_000;

    private static final Pattern NUMBER = Pattern.compile("(\\d+)");

    private final Path home;
    private final ComposeFile compose;
    private final Map<String, String> values;

    public DockerPreflight(Path home) {
        this.home = home;
        this.values = EnvFile.read(home.resolve(".env"));
        this.compose = ComposeFile.read(home, values);
    }

    /** Docker, memory, disk, kernel settings, ports and passwords, in this order. */
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        findings.add(engine());
        findings.add(composeVersion());
        findings.add(memory());
        findings.add(disk());
        findings.add(mapCount());
        findings.add(swap());
        findings.add(vectorInstructions());
        compose.ports(values).forEach((port, service) -> findings.add(port(port, service)));
        findings.add(passwords());
        return findings;
    }

    private static Finding engine() {
        return output("docker", "version", "--format", "{{.Server.Version}}")
                .map(version -> new Finding(true, true, "Docker engine " + version))
                .orElseGet(() -> new Finding(
                        false,
                        true,
                        "no Docker engine answers: install and start Docker, or take ./millrace up, which needs none"));
    }

    private static Finding composeVersion() {
        Optional<String> version = output("docker", "compose", "version", "--short");
        boolean fits = version.filter(text -> major(text) >= 2).isPresent();
        return new Finding(
                fits,
                true,
                fits
                        ? "Docker Compose " + version.orElseThrow()
                        : "Docker Compose " + version.orElse("is not there")
                                + ": install version 2 (the docker-compose-plugin package)");
    }

    private static int major(String version) {
        Matcher number = NUMBER.matcher(version);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private Finding memory() {
        long needed = compose.memoryMebibytes(values);
        long total = procNumber("/proc/meminfo", "MemTotal:") >> 10;
        boolean enough = total < 0 || total >= needed;
        return new Finding(
                enough,
                false,
                (total < 0 ? "memory is not known" : total + " MiB of memory") + ", the services may take " + needed
                        + " together"
                        + (enough ? "" : ": lower the variables that end in _LIMIT in .env, or add memory"));
    }

    private Finding disk() {
        try {
            long free = Files.getFileStore(home).getUsableSpace() >> 20;
            boolean enough = free >= DISK_MEBIBYTES;
            return new Finding(
                    enough,
                    false,
                    free + " MiB of disk free"
                            + (enough ? "" : ": images and a day's data take " + DISK_MEBIBYTES + "; free some"));
        } catch (IOException e) {
            return new Finding(false, false, "free disk is unknown: " + e.getMessage());
        }
    }

    private static Finding mapCount() {
        long count = procNumber("/proc/sys/vm/max_map_count", "");
        boolean enough = count < 0 || count >= MAP_COUNT;
        return new Finding(
                enough,
                true,
                "vm.max_map_count is " + (count < 0 ? "not known" : count)
                        + (enough
                                ? ""
                                : ": Doris does not start below " + MAP_COUNT + "; sudo sysctl -w vm.max_map_count="
                                        + MAP_COUNT));
    }

    private static Finding swap() {
        long swap = procNumber("/proc/meminfo", "SwapTotal:");
        boolean off = swap <= 0;
        return new Finding(
                off, false, off ? "swap is off" : (swap >> 10) + " MiB of swap: Doris asks for none; sudo swapoff -a");
    }

    private static Finding vectorInstructions() {
        boolean there = true;
        try {
            Path info = Path.of("/proc/cpuinfo");
            there = !Files.exists(info)
                    || !System.getProperty("os.arch").equals("amd64")
                    || Files.readString(info).contains("avx2");
        } catch (IOException e) {
            // not Linux, or hidden: nothing to say
        }
        return new Finding(
                there,
                true,
                there
                        ? "the processor has what Doris' images ask for"
                        : "the processor has no AVX2: Doris' images do not start on it; take ./millrace up");
    }

    private static Finding port(int port, String service) {
        if (PortHolder.isFree(port)) {
            return new Finding(true, true, "port " + port + " is free for " + service);
        }
        return new Finding(
                false,
                true,
                "port " + port + " for " + service + " is taken by "
                        + PortHolder.of(port).orElse("another program (lsof -i :" + port + " names it)")
                        + ": end it, or give the port's variable in docker-compose.yml another value in .env");
    }

    private Finding passwords() {
        List<String> atDefault = compose.secrets().entrySet().stream()
                .filter(secret ->
                        Objects.equals(values.getOrDefault(secret.getKey(), secret.getValue()), secret.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return new Finding(
                atDefault.isEmpty(),
                false,
                atDefault.isEmpty()
                        ? "no password is at its default"
                        : "passwords at their default, known to everyone: " + String.join(", ", atDefault)
                                + "; ./millrace init draws strong ones. All ports are on loopback.");
    }

    /** The first number of the line that begins so, -1 when there is none. */
    private static long procNumber(String file, String begin) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                Matcher number = NUMBER.matcher(line);
                if (line.startsWith(begin) && number.find()) {
                    return Long.parseLong(number.group(1));
                }
            }
        } catch (IOException e) {
            // not Linux: the engine's own machine has other limits
        }
        return -1;
    }

    /** What a program prints, unless it is not there or fails. */
    private static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
