package io.millrace.launcher.layout;

import java.util.LinkedHashMap;
import java.util.Map;

/** TCP ports of the platform, all on loopback; an offset moves them together. */
public record Ports(
        int sourceDb,
        int kafka,
        int kafkaController,
        int connect,
        int flink,
        int lakeSql,
        int servingApi,
        int localModels,
        int gateway,
        int documentReader,
        int hotStore,
        int hotStoreTablets,
        int hotStoreZookeeper) {
    public static Ports withOffset(int offset) {
        return new Ports(
                15432 + offset,
                19092 + offset,
                19093 + offset,
                18083 + offset,
                8081 + offset,
                9030 + offset,
                8080 + offset,
                18090 + offset,
                18091 + offset,
                18092 + offset,
                9123 + offset,
                9124 + offset,
                12181 + offset);
    }

    /** Each port with what listens there. */
    public Map<Integer, String> users() {
        Map<Integer, String> users = new LinkedHashMap<>();
        users.put(sourceDb, "PostgreSQL");
        users.put(kafka, "Kafka");
        users.put(kafkaController, "Kafka's controller");
        users.put(connect, "Kafka Connect");
        users.put(flink, "Flink");
        users.put(lakeSql, "lake-sql");
        users.put(servingApi, "the serving API");
        users.put(localModels, "local-models");
        users.put(gateway, "the inference gateway");
        users.put(documentReader, "document-reader");
        users.put(hotStore, "the hot store");
        users.put(hotStoreTablets, "the hot store's tablet server");
        users.put(hotStoreZookeeper, "the hot store's ZooKeeper");
        return users;
    }
}
