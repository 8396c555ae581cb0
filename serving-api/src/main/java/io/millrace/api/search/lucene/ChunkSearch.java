package io.millrace.api.search.lucene;

import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.Fusion;
import io.millrace.api.search.QueryVector;
import io.millrace.api.search.Ranked;
import io.millrace.api.search.Row;
import io.millrace.api.search.SearchQuery;
import io.millrace.api.search.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
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
    private static final int DEPTH = 50;

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

    List<Ranked<FoundChunk>> hits() throws IOException {
        Map<Row, Integer> byWords = query.words() ? byWords() : Map.of();
        Map<Row, Integer> byMeaning = query.vector() == null ? Map.of() : byMeaning(query.vector());
        StoredFields documents = searcher.storedFields();
        List<Ranked<FoundChunk>> hits = new ArrayList<>();
        for (Ranked<Integer> hit : Fusion.fuse(byWords, byMeaning, query.limit())) {
            Document document = documents.document(hit.item());
            Row row = ChunkDocument.row(searcher.getLeafContexts(), hit.item());
            hits.add(hit.map(number -> ChunkDocument.found(row, document)));
        }
        return hits;
    }

    private Map<Row, Integer> byWords() throws IOException {
        BooleanQuery.Builder both =
                new BooleanQuery.Builder().add(Words.query(analyzer, query.text()), BooleanClause.Occur.MUST);
        if (filter != null) {
            both.add(filter, BooleanClause.Occur.FILTER);
        }
        return best(count -> both.build());
    }

    private Map<Row, Integer> byMeaning(QueryVector vector) throws IOException {
        LakeChunk.@Nullable Vector unit = LakeChunk.Vector.of(vector.array());
        if (unit == null) {
            return Map.of();
        }
        float[] numbers = unit.numbers();
        String field = ChunkDocument.vectorField(vector.model(), numbers.length);
        return best(count -> new KnnFloatVectorQuery(field, numbers, count, filter));
    }

    /**
     * The best document of each row, in their order.
     *
     * @param queryFor the query for that many chunks
     */
    private Map<Row, Integer> best(IntFunction<Query> queryFor) throws IOException {
        for (int count = Math.max(DEPTH, 2 * query.limit()); ; count *= 4) {
            ScoreDoc[] found = searcher.search(queryFor.apply(count), count).scoreDocs;
            Map<Row, Integer> rows = new LinkedHashMap<>();
            for (ScoreDoc document : found) {
                rows.putIfAbsent(ChunkDocument.row(searcher.getLeafContexts(), document.doc), document.doc);
            }
            if (rows.size() >= query.limit() || found.length < count || count >= MOST_CHUNKS) {
                return rows;
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
