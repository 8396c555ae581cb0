package io.millrace.api.search.lucene;

import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.QueryVector;
import io.millrace.api.search.SearchQuery;
import io.millrace.api.search.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** One query's search: its best chunks, of each row only the best. */
final class ChunkSearch {
    /** Chunks looked at: fusion wants more than are shown, and the graph of vectors is searched better for more. */
    private static final int DEPTH = 100;

    /** Where a search for more chunks, as of long documents that hide the others, gives up. */
    private static final int MOST_CHUNKS = 3200;

    private final IndexSearcher searcher;
    private final SearchQuery query;
    private final Analyzer analyzer;
    private final @Nullable Query filter;

    ChunkSearch(IndexSearcher searcher, SearchQuery query, Analyzer analyzer) {
        this.searcher = searcher;
        this.query = query;
        this.analyzer = analyzer;
        this.filter = filter(query.filters());
    }

    List<FoundChunk> byWords() throws IOException {
        Query words = Words.query(analyzer, query.text());
        BooleanQuery.Builder both = new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST);
        if (filter != null) {
            both.add(filter, BooleanClause.Occur.FILTER);
        }
        return best(count -> both.build());
    }

    List<FoundChunk> byMeaning(QueryVector vector) throws IOException {
        LakeChunk.@Nullable Vector unit = LakeChunk.Vector.of(vector.array());
        if (unit == null) {
            return List.of();
        }
        float[] numbers = unit.numbers();
        String field = ChunkDocument.vectorField(vector.model(), numbers.length);
        return best(count -> new KnnFloatVectorQuery(field, numbers, count, filter));
    }

    /** @param queryFor the query for that many chunks */
    private List<FoundChunk> best(IntFunction<Query> queryFor) throws IOException {
        StoredFields documents = searcher.storedFields();
        for (int count = Math.max(DEPTH, 2 * query.limit()); ; count *= 4) {
            ScoreDoc[] found = searcher.search(queryFor.apply(count), count).scoreDocs;
            Map<FoundChunk.Row, FoundChunk> rows = new LinkedHashMap<>();
            for (ScoreDoc document : found) {
                FoundChunk chunk = ChunkDocument.found(documents.document(document.doc));
                rows.putIfAbsent(chunk.row(), chunk);
            }
            if (rows.size() >= query.limit() || found.length < count || count >= MOST_CHUNKS) {
                return List.copyOf(rows.values());
            }
        }
    }

    private static @Nullable Query filter(Map<String, List<String>> filters) {
        if (filters.isEmpty()) {
            return null;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filters.forEach((column, values) -> {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            values.forEach(
                    value -> any.add(new TermQuery(ChunkDocument.filter(column, value)), BooleanClause.Occur.SHOULD));
            all.add(any.build(), BooleanClause.Occur.FILTER);
        });
        return all.build();
    }
}
