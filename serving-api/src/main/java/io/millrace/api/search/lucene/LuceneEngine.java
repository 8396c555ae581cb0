package io.millrace.api.search.lucene;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.search.Findings;
import io.millrace.api.search.SearchEngine;
import io.millrace.api.search.SearchQuery;
import io.millrace.api.search.Words;
import io.millrace.app.search.SearchIndex;
import io.millrace.lake.Warehouse;
import io.millrace.service.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;

/**
 * Search in Lucene indexes beside the API, one for each that the app declares, built from the lake and kept up to date
 * from its changes.
 */
public final class LuceneEngine implements SearchEngine {
    private final Map<String, ChunkIndex> indexes;
    private final ChunkFollower follower;
    private final Analyzer analyzer;

    private LuceneEngine(Map<String, ChunkIndex> indexes, ChunkFollower follower, Analyzer analyzer) {
        this.indexes = indexes;
        this.follower = follower;
        this.analyzer = analyzer;
    }

    /**
     * Opens the indexes and begins to follow the lake, which may come later.
     *
     * @throws io.millrace.service.SettingsException when the folder cannot be used
     */
    public static LuceneEngine open(Warehouse warehouse, Path folder, List<SearchIndex> declared) {
        // A pasted text has more words than Lucene expects in a query.
        IndexSearcher.setMaxClauseCount(8192);
        Analyzer analyzer = Words.analyzer();
        Map<String, ChunkIndex> indexes = new LinkedHashMap<>();
        try {
            for (SearchIndex index : declared) {
                indexes.put(index.name(), ChunkIndex.open(folder.resolve(index.name()), analyzer));
            }
        } catch (SettingsException e) {
            close(indexes.values());
            throw e;
        }
        ChunkFollower follower = new ChunkFollower(warehouse, folder.resolve("tmp"), indexes);
        follower.start();
        return new LuceneEngine(indexes, follower, analyzer);
    }

    @Override
    public Findings find(SearchQuery query) {
        List<HeldSearcher> held = new ArrayList<>();
        try {
            Map<String, Long> snapshots = new LinkedHashMap<>();
            for (SearchIndex index : query.indexes()) {
                HeldSearcher searcher = indexes.get(index.name()).hold();
                held.add(searcher);
                snapshots.put(
                        index.name(),
                        searcher.progress().map(Progress::snapshot).orElseThrow(LuceneEngine::notYet));
            }
            // One ranking over all of them: scores of separate indexes cannot be compared.
            IndexReader all =
                    new MultiReader(held.stream().map(HeldSearcher::reader).toArray(IndexReader[]::new), false);
            return new Findings(new ChunkSearch(new IndexSearcher(all), query, analyzer).hits(), snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(HeldSearcher::close);
        }
    }

    private static ProblemException notYet() {
        return new ProblemException(
                ProblemCode.SEARCH_UNAVAILABLE, "the search index is being built: try again in a few seconds", 2);
    }

    @Override
    public void close() {
        follower.close();
        close(indexes.values());
    }

    private static void close(Collection<ChunkIndex> indexes) {
        for (ChunkIndex index : indexes) {
            try {
                index.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
