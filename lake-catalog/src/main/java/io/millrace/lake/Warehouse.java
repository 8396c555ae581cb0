package io.millrace.lake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;

/**
 * Where a lake is, and how to get in.
 *
 * @param uri root of the lake: {@code file:} or {@code s3:}
 * @param access Paimon's options of the object store, with its keys; empty on a local directory
 */
public record Warehouse(String uri, Map<String, String> access) {
    private static final String S3 = "MILLRACE_S3_";

    public Warehouse {
        access = Map.copyOf(access);
    }

    public static Warehouse local(String uri) {
        return new Warehouse(uri, Map.of());
    }

    /**
     * A lake with what the environment says of the object store.
     *
     * @throws LakeException naming the variable that is missing
     */
    public static Warehouse of(String uri, Map<String, String> environment) {
        if (!uri.startsWith("s3:")) {
            return local(uri);
        }
        Map<String, String> access = new LinkedHashMap<>();
        access.put("s3.endpoint", required(environment, S3 + "ENDPOINT", uri));
        access.put("s3.access-key", required(environment, S3 + "ACCESS_KEY", uri));
        access.put("s3.secret-key", required(environment, S3 + "SECRET_KEY", uri));
        access.put("s3.path.style.access", "true");
        return new Warehouse(uri, access);
    }

    private static String required(Map<String, String> environment, String name, String uri) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new LakeException("the lake is at " + uri + " and " + name + " is not set: set it"));
    }

    CatalogContext context() {
        Options options = new Options();
        access.forEach(options::set);
        options.set("warehouse", uri);
        return CatalogContext.create(options);
    }

    /** Access to files beside the lake, on the same store. */
    public FileIO files(String folder) {
        try {
            return FileIO.get(new Path(folder), context());
        } catch (java.io.IOException e) {
            throw new LakeException("files at " + folder + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return uri;
    }
}
