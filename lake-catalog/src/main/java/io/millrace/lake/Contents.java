package io.millrace.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BlobDescriptor;
import org.apache.paimon.fs.OffsetSeekableInputStream;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.table.FileStoreTable;

/**
 * The files' bytes in {@code media.contents}. Finding one reads ids and positions, never bytes. Safe for use by many
 * threads.
 */
public final class Contents implements AutoCloseable {
    private static final Identifier TABLE = Identifier.create("media", "contents");
    private static final int KNOWN = 1024;

    private final Catalog catalog;
    private final Map<String, BlobDescriptor> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BlobDescriptor> eldest) {
            return size() > KNOWN;
        }
    });

    private Contents(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param warehouse need not hold the table yet */
    public static Contents open(Warehouse warehouse) {
        CatalogContext context = warehouse.context();
        // Its caches may take more memory than a small program has.
        context.options().set("cache-enabled", "false");
        return new Contents(CatalogFactory.createCatalog(context));
    }

    /** The content with this id, unless there is none. */
    public Optional<Content> find(String mediaId) throws IOException {
        return descriptor(mediaId).map(found -> new Content(this, mediaId, found.length()));
    }

    InputStream read(String mediaId, long offset, long lengthBytes) throws IOException {
        try {
            return open(mediaId, offset, lengthBytes);
        } catch (FileNotFoundException e) {
            // Compaction moved it, and the snapshot that was read has expired.
            known.remove(mediaId);
            return open(mediaId, offset, lengthBytes);
        }
    }

    private InputStream open(String mediaId, long offset, long lengthBytes) throws IOException {
        BlobDescriptor descriptor = descriptor(mediaId)
                .orElseThrow(
                        () -> new FileNotFoundException("content " + mediaId + " is gone from lake.media.contents"));
        FileStoreTable table =
                table().orElseThrow(() -> new FileNotFoundException("table lake.media.contents is gone"));
        SeekableInputStream file = table.fileIO().newInputStream(new Path(descriptor.uri()));
        return new OffsetSeekableInputStream(file, descriptor.offset() + offset, lengthBytes);
    }

    private Optional<BlobDescriptor> descriptor(String mediaId) throws IOException {
        BlobDescriptor cached = known.get(mediaId);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<FileStoreTable> table = table();
        Optional<Snapshot> snapshot = table.flatMap(FileStoreTable::latestSnapshot);
        if (snapshot.isEmpty()) {
            return Optional.empty();
        }
        Optional<BlobDescriptor> found =
                new ContentLookup(table.orElseThrow(), snapshot.get().id()).find(mediaId);
        found.ifPresent(descriptor -> known.put(mediaId, descriptor));
        return found;
    }

    private Optional<FileStoreTable> table() {
        try {
            return Optional.of((FileStoreTable) catalog.getTable(TABLE));
        } catch (Catalog.TableNotExistException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
