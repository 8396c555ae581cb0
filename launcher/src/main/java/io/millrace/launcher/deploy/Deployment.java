package io.millrace.launcher.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is deployed of one pipeline; kept in a file, written before the job is submitted.
 *
 * @param generation counts up with every submission
 * @param epoch counts up whenever its state and offsets are dropped
 * @param jobId Flink's id: UUIDv5 of app, job and generation
 * @param hash of script, tables and jar
 * @param lineage ids of this and earlier generations whose checkpoints fit, newest first
 * @param savepoint where the job was last stopped, or empty
 * @param refused why this hash cannot run, or empty
 */
record Deployment(
        String job,
        int generation,
        int epoch,
        String jobId,
        String hash,
        List<String> lineage,
        String savepoint,
        String refused) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    Deployment {
        lineage = List.copyOf(lineage);
    }

    static Deployment first(String app, String job, String hash) {
        String id = jobId(app, job, 1);
        return new Deployment(job, 1, 1, id, hash, List.of(id), "", "");
    }

    /** The next generation, which may restore what this one left. */
    Deployment next(String app, String newHash, String newSavepoint) {
        String id = jobId(app, job, generation + 1);
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(lineage.subList(0, Math.min(lineage.size(), 8)));
        return new Deployment(job, generation + 1, epoch, id, newHash, ids, newSavepoint, "");
    }

    /** The next generation, without state; in a new epoch it also begins at the earliest events. */
    Deployment withoutState(String app, String newHash, boolean newEpoch) {
        String id = jobId(app, job, generation + 1);
        return new Deployment(job, generation + 1, newEpoch ? epoch + 1 : epoch, id, newHash, List.of(id), "", "");
    }

    Deployment refusedBecause(String reason) {
        return new Deployment(job, generation, epoch, jobId, hash, lineage, savepoint, reason);
    }

    /** The Kafka group whose offsets a start without state begins at. */
    static String consumerGroup(String app, String job, int epoch) {
        return "millrace." + app + "." + job + "." + epoch;
    }

    static Optional<Deployment> read(Path folder, String job) {
        Path file = folder.resolve(job + ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), new TypeReference<Deployment>() {}));
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage()
                    + "; remove it only if the job may start without its state");
        }
    }

    void write(Path folder) {
        Path file = folder.resolve(job + ".json");
        try {
            Path partial = folder.resolve(job + ".json.partial");
            JSON.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), this);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e);
        }
    }

    /** Flink's 32 hexadecimal digits of the UUIDv5 (RFC 9562) of app, job and generation. */
    static String jobId(String app, String job, int generation) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(HexFormat.of().parseHex(NAMESPACE.toString().replace("-", "")));
            byte[] digest = sha1.digest((app + "/" + job + "/" + generation).getBytes(StandardCharsets.UTF_8));
            digest[6] = (byte) (digest[6] & 0x0f | 0x50);
            digest[8] = (byte) (digest[8] & 0x3f | 0x80);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
