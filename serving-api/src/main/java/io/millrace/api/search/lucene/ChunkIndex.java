package io.millrace.api.search.lucene;

import io.millrace.service.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search index in a folder of its own. Each commit says up to which snapshot of the lake it goes, so that searches can
 * name it and a restart goes on from it. Written by one thread, searched by many.
 */
final class ChunkIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChunkIndex.class);

    /** Raised when documents get other fields: older indexes are then built anew. */
    private static final String FORMAT = "1";

    private static final double RAM_BUFFER_MEGABYTES = 16;

    /** Few: each segment has a graph of vectors of its own, and a search walks all of them. */
    private static final int SEGMENTS = 4;

    private final MMapDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private ChunkIndex(MMapDirectory directory, IndexWriter writer, SearcherManager searchers) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    /** @throws SettingsException when another program writes there */
    static ChunkIndex open(Path folder, Analyzer analyzer) {
        try {
            return attempt(folder, analyzer);
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
            log.warn("the search index in {} is built anew, for it cannot be read: {}", folder, e.getMessage());
            return fresh(folder, analyzer);
        } catch (LockObtainFailedException e) {
            throw new SettingsException("the search index in " + folder
                    + " is in use: end the other serving-api, or give this one another 'dataDirectory'");
        } catch (IOException e) {
            throw new SettingsException("the search index in " + folder + " cannot be opened: " + e);
        }
    }

    private static ChunkIndex fresh(Path folder, Analyzer analyzer) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            return attempt(folder, analyzer);
        } catch (IOException e) {
            throw new SettingsException("the search index in " + folder + " cannot be made anew: " + e);
        }
    }

    private static ChunkIndex attempt(Path folder, Analyzer analyzer) throws IOException {
        Files.createDirectories(folder);
        MMapDirectory directory = new MMapDirectory(folder);
        IndexWriter writer = new IndexWriter(
                directory,
                new IndexWriterConfig(analyzer)
                        .setCodec(VectorCodec.codec())
                        .setMergePolicy(new TieredMergePolicy()
                                .setSegmentsPerTier(SEGMENTS)
                                .setFloorSegmentMB(RAM_BUFFER_MEGABYTES))
                        .setRAMBufferSizeMB(RAM_BUFFER_MEGABYTES)
                        .setCommitOnClose(false));
        if (!DirectoryReader.indexExists(directory)) {
            writer.commit();
        }
        return new ChunkIndex(directory, writer, new SearcherManager(directory, new SearcherFactory()));
    }

    /** Up to where the last commit goes; empty when it is of no use. */
    Optional<Progress> progress() {
        Map<String, String> data = new HashMap<>();
        writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        return Progress.of(data, FORMAT);
    }

    void put(LakeChunk chunk) throws IOException {
        try {
            writer.updateDocument(ChunkDocument.id(chunk.key(), chunk.chunk()), ChunkDocument.of(chunk));
        } catch (IllegalArgumentException e) {
            log.warn(
                    "chunk {} of {} '{}' is not searchable: {}",
                    chunk.chunk(),
                    chunk.index(),
                    chunk.key(),
                    e.getMessage());
        }
    }

    void delete(String key, int chunk) throws IOException {
        writer.deleteDocuments(ChunkDocument.id(key, chunk));
    }

    void clear() throws IOException {
        writer.deleteAll();
    }

    /** Makes what was written visible, as of these snapshots. */
    void commit(Progress progress) throws IOException {
        writer.setLiveCommitData(progress.data(FORMAT).entrySet());
        writer.commit();
        searchers.maybeRefreshBlocking();
    }

    /** Begins to merge what a build has left in many pieces; searches see it with the commits that follow. */
    void merge() throws IOException {
        writer.forceMerge(SEGMENTS, false);
    }

    /** To be given back. */
    HeldSearcher hold() {
        try {
            return new HeldSearcher(searchers, searchers.acquire(), FORMAT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.rollback();
        directory.close();
    }
}
