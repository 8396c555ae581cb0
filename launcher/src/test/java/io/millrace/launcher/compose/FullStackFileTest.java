package io.millrace.launcher.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.launcher.layout.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml must hold and YAML cannot say. */
class FullStackFileTest {
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):-([^}]*)}");
    private static final Pattern PINNED = Pattern.compile(".+:(?!latest).*\\d.*");
    private static final List<String> OURS = List.of("programs", "document-reader", "flink", "connect");
    private static final Map<String, String> PROGRAMS = Map.of(
            "LAKE_SQL", "lake-sql/src/main/resources/lake-sql.yaml",
            "LOCAL_MODELS", "local-models/src/main/resources/local-models.yaml",
            "INFERENCE_GATEWAY", "inference-gateway/src/main/resources/inference-gateway.yaml",
            "HOT_STORE", "engines/hot-store/src/main/resources/hot-store.yaml",
            "DOCUMENT_READER", "document-reader/src/main/resources/document-reader.yaml",
            "SERVING_API", "serving-api/src/main/resources/serving-api.yaml",
            "TRAFFIC", "demo/src/main/resources/traffic.yaml");

    private final String text = read("docker-compose.yml");
    private final Map<String, Object> file = new Yaml().load(text);
    private final Map<String, Map<String, Object>> services = servicesOf(file);

    @Test
    void everyVariableHasADefault() {
        List<String> open = Pattern.compile("\\$\\{?[A-Z][^}\\s\"]*}?")
                .matcher(withoutComments())
                .results()
                .map(MatchResult::group)
                .filter(variable -> !VARIABLE.matcher(variable).matches())
                .toList();
        assertThat(open).isEmpty();
    }

    @Test
    void everyServiceIsWatchedOrRunsOnce() {
        services.forEach(
                (name, service) -> assertThat(service.containsKey("healthcheck") || "no".equals(service.get("restart")))
                        .as(name)
                        .isTrue());
    }

    @Test
    void everyServiceHasAMemoryLimitRotatedLogsAndARestartPolicy() {
        services.forEach((name, service) -> {
            assertThat(filled(service.get("mem_limit"))).as(name).matches("\\d+[mg]");
            assertThat(map(map(service.get("logging")).get("options"))).as(name).containsKeys("max-size", "max-file");
            assertThat(service.get("restart")).as(name).isIn("unless-stopped", "no");
        });
    }

    @Test
    void everyPortIsOnLoopbackAndOnceInTheFile() {
        List<String> taken = new ArrayList<>();
        services.forEach((name, service) -> list(service.get("ports")).forEach(port -> {
            assertThat(filled(port)).as(name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
            taken.add(filled(port).split(":")[1]);
        }));
        assertThat(taken).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }

    @Test
    void everyImageIsPinned() {
        services.forEach((name, service) ->
                assertThat(filled(service.get("image"))).as(name).matches(PINNED));
    }

    @Test
    void theDockerfileStartsFromTheSameImagesAndHasEveryTarget() {
        String dockerfile = read("docker/Dockerfile");
        services.forEach((name, service) -> {
            if (service.containsKey("build")) {
                Map<String, Object> build = map(service.get("build"));
                assertThat(dockerfile).as(name).containsPattern("(?m) AS " + build.get("target") + "$");
                map(build.get("args")).forEach((argument, value) -> assertThat(dockerfile)
                        .as(name)
                        .contains("ARG " + argument + "=" + filled(value) + "\n"));
            }
        });
    }

    @Test
    void everyVolumeIsDeclaredAndEveryFolderIsThere() {
        Map<String, Object> declared = map(file.get("volumes"));
        TreeSet<String> used = new TreeSet<>();
        services.forEach((name, service) -> list(service.get("volumes")).forEach(volume -> {
            String source = filled(volume).split(":")[0];
            if (source.startsWith("./")) {
                assertThat(HOME.resolve(source)).as(name).exists();
            } else {
                used.add(source);
            }
        }));
        assertThat(used).isEqualTo(new TreeSet<>(declared.keySet()));
    }

    @Test
    void everyDependencySaysWhatItWaitsFor() {
        services.forEach((name, service) -> map(service.get("depends_on")).forEach((other, dependency) -> {
            String condition = String.valueOf(map(dependency).get("condition"));
            Map<String, Object> awaited = services.get(other);
            assertThat(awaited).as(name + " on " + other).isNotNull();
            assertThat(condition)
                    .as(name + " on " + other)
                    .isEqualTo(
                            awaited.containsKey("healthcheck") ? "service_healthy" : "service_completed_successfully");
        }));
    }

    @Test
    void nothingStandsInItThatOlderComposeRefusesOrThatForbidsASecondStack() {
        assertThat(file).doesNotContainKeys("name", "include", "configs", "secrets");
        services.forEach(
                (name, service) -> assertThat(service).as(name).doesNotContainKeys("container_name", "env_file"));
        assertThat(withoutComments()).doesNotContain("start_interval").doesNotContain("required:");
    }

    @Test
    void everyServiceRunsInUtc() {
        services.forEach((name, service) ->
                assertThat(map(service.get("environment"))).as(name).containsEntry("TZ", "UTC"));
    }

    @Test
    void everyVariableOfOurImagesIsOneThatOurProgramsKnow() throws IOException {
        String sources = sources();
        services.forEach((name, service) -> {
            if (OURS.contains(String.valueOf(map(service.get("build")).get("target")))) {
                map(service.get("environment")).keySet().forEach(variable -> assertThat(isKnown(variable, sources))
                        .as(name + ": " + variable)
                        .isTrue());
            }
        });
    }

    private static boolean isKnown(String variable, String sources) {
        if (List.of("TZ", "FLINK_PROPERTIES", "KAFKA_HEAP_OPTS", "OPENAI_API_KEY", "MILLRACE_MODELS_KEY")
                        .contains(variable)
                || variable.matches("(SHOPDB|LEDGER)_(HOST|PORT|USER|PASSWORD|DATABASE)")) {
            return true;
        }
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            String prefix = "MILLRACE_" + program.getKey() + "_";
            if (variable.startsWith(prefix)) {
                String key = camel(variable.substring(prefix.length()));
                return Pattern.compile("\\b" + key + "\\b")
                        .matcher(read(program.getValue()))
                        .find();
            }
        }
        return sources.contains(variable);
    }

    @Test
    void theDeployersEnvironmentSaysWhereEveryServiceIs() {
        Map<String, String> environment = new LinkedHashMap<>();
        map(services.get("deployer").get("environment"))
                .forEach((variable, value) -> environment.put(variable, filled(value)));
        Services stack = Services.fullStack(environment);
        Stream.of(
                        stack.kafka(),
                        stack.connect(),
                        stack.flink(),
                        stack.gatewayApi(),
                        stack.servingApi(),
                        stack.documentReader(),
                        stack.hotStore())
                .forEach(address -> assertThat(services)
                        .containsKey(address.replaceFirst("^http://", "").split(":")[0]));
        for (String source : List.of("shopdb", "ledger")) {
            assertThat(stack.databases().source(source).url()).endsWith("/postgres:5432/" + source);
        }
        assertThat(services).containsKey("doris-fe");
    }

    @Test
    void everyTabletServerHasItsOwnIdNameAndDiskAndTheCoordinatorKnowsHowManyThereAre() {
        Map<String, Map<String, Object>> tabletServers = new LinkedHashMap<>(services);
        tabletServers.keySet().removeIf(name -> !name.startsWith("tablet-server-"));
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<String> disks = new TreeSet<>();
        tabletServers.forEach((name, service) -> {
            Map<String, Object> environment = map(service.get("environment"));
            assertThat(environment)
                    .as(name)
                    .containsEntry("MILLRACE_HOT_STORE_PARTS", "tablet-server")
                    .containsEntry("MILLRACE_HOT_STORE_HOST", name);
            ids.add(String.valueOf(environment.get("MILLRACE_HOT_STORE_TABLET_SERVER_ID")));
            list(service.get("volumes")).stream()
                    .map(String::valueOf)
                    .filter(volume -> volume.endsWith(":/data"))
                    .forEach(disks::add);
        });
        assertThat(ids).hasSameSizeAs(tabletServers.keySet());
        assertThat(disks).hasSameSizeAs(tabletServers.keySet());
        assertThat(map(services.get("hot-store").get("environment")))
                .containsEntry("MILLRACE_HOT_STORE_PARTS", "coordinator")
                .containsEntry("MILLRACE_HOT_STORE_TABLET_SERVERS", tabletServers.size())
                .containsEntry("MILLRACE_HOT_STORE_REPLICATION_FACTOR", tabletServers.size());
    }

    @Test
    void whatReadsHotTablesSeesTheirSnapshotsWhereTheHotStoreWritesThem() {
        String remote = String.valueOf(
                map(services.get("hot-store").get("environment")).get("MILLRACE_HOT_STORE_REMOTE_DIRECTORY"));
        services.forEach((name, service) -> {
            boolean isPart = name.equals("hot-store") || name.startsWith("tablet-server-");
            if (isPart || List.of("taskmanager", "deployer", "serving-api").contains(name)) {
                String mount = "hot-store:/" + remote.split("/")[1] + (isPart ? "" : ":ro");
                assertThat(list(service.get("volumes")).stream().map(String::valueOf))
                        .as(name)
                        .contains(mount);
            }
        });
    }

    @Test
    void theSmallVariantHasOneProcessOfTheHotStoreWithOneReplica() {
        Map<String, Map<String, Object>> small = servicesOf(new Yaml().load(read("docker/small.yml")));
        assertThat(services.keySet()).containsAll(small.keySet());
        small.forEach((name, service) -> {
            if (!name.equals("hot-store")) {
                assertThat(service).as(name).containsOnlyKeys("profiles");
            }
        });
        assertThat(services.keySet().stream().filter(name -> name.startsWith("tablet-server-")))
                .allMatch(small::containsKey);
        Map<String, Object> environment = map(small.get("hot-store").get("environment"));
        assertThat(environment)
                .containsEntry("MILLRACE_HOT_STORE_PARTS", "zookeeper,tablet-server,coordinator")
                .containsEntry("MILLRACE_HOT_STORE_ZOOKEEPER", "")
                .containsEntry("MILLRACE_HOT_STORE_REPLICATION_FACTOR", 1);
        assertThat(map(services.get("hot-store").get("environment")))
                .containsKeys(environment.keySet().toArray(String[]::new));
    }

    @Test
    void doctorCountsTheMemoryOfEveryServiceThatStartsByDefault() {
        long sum = services.values().stream()
                .filter(service -> !service.containsKey("profiles"))
                .map(service -> filled(service.get("mem_limit")))
                .mapToLong(limit -> Long.parseLong(limit.replaceAll("\\D", "")) * (limit.endsWith("g") ? 1024 : 1))
                .sum();
        assertThat(ComposeFile.read(HOME, Map.of()).memoryMebibytes(Map.of())).isEqualTo(sum);
        assertThat(ComposeFile.read(HOME, Map.of("COMPOSE_FILE", "docker-compose.yml:docker/small.yml"))
                        .memoryMebibytes(Map.of()))
                .isLessThan(sum);
    }

    @Test
    void everyProgramOfTheStartScriptIsThere() throws IOException {
        Matcher classes = Pattern.compile("io\\.millrace\\.[\\w.]+").matcher(read("docker/program"));
        while (classes.find()) {
            String source = classes.group().replace('.', '/') + ".java";
            try (Stream<Path> modules = Files.walk(HOME, 2)) {
                assertThat(modules.anyMatch(module ->
                                Files.exists(module.resolve("src/main/java").resolve(source))))
                        .as(source)
                        .isTrue();
            }
        }
    }

    @Test
    void composeTakesTheFile() throws Exception {
        assumeTrue(run("docker", "compose", "version") == 0, "Docker has no Compose v2 here");
        String file = HOME.resolve("docker-compose.yml").toString();
        String small = HOME.resolve("docker/small.yml").toString();
        assertThat(run("docker", "compose", "-f", file, "config", "--quiet")).isZero();
        assertThat(run("docker", "compose", "-f", file, "-f", small, "config", "--quiet"))
                .isZero();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    /** The main sources of what runs in containers, and the scripts of their images. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("launcher", "lake-catalog", "agent-jobs", "ingestion-jobs", "docker")) {
            Path root = folder.equals("docker")
                    ? HOME.resolve(folder)
                    : HOME.resolve(folder).resolve("src/main");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all.toString();
    }

    private String withoutComments() {
        return text.replaceAll("(?m)^\\s*#.*$", "");
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.toLowerCase(Locale.ROOT).split("_")) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    private static String filled(Object value) {
        return VARIABLE.matcher(String.valueOf(value)).replaceAll(match -> Matcher.quoteReplacement(match.group(2)));
    }

    private static Map<String, Map<String, Object>> servicesOf(Map<String, Object> file) {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static Collection<?> list(Object value) {
        return value == null ? List.of() : (Collection<?>) value;
    }

    private static String read(String file) {
        try {
            return Files.readString(HOME.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
