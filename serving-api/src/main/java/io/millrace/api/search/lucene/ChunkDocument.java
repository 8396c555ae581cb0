package io.millrace.api.search.lucene;

import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.Words;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;

/** A chunk as a search index holds it. */
final class ChunkDocument {
    private static final String ID = "id";
    private static final String INDEX = "index";
    private static final String KEY = "key";
    private static final String CHUNK = "chunk";
    private static final String FILTER = "filter/";

    /** Lucene refuses terms of more than 32,766 bytes. */
    private static final int LONGEST_FILTER = 8000;

    private ChunkDocument() {}

    static Term id(String key, int chunk) {
        return new Term(ID, chunk + "/" + key);
    }

    static Term filter(String column, String value) {
        return new Term(FILTER + column, value);
    }

    /** Vectors of another model or length are in another field: they cannot be compared. */
    static String vectorField(String model, int dimensions) {
        return "vector/" + model + "/" + dimensions;
    }

    static Document of(LakeChunk chunk) {
        Document document = new Document();
        document.add(new StringField(ID, id(chunk.key(), chunk.chunk()).text(), Field.Store.NO));
        document.add(new StoredField(INDEX, chunk.index()));
        document.add(new StoredField(KEY, chunk.key()));
        document.add(new StoredField(CHUNK, chunk.chunk()));
        document.add(new TextField(Words.TITLE, chunk.title(), Field.Store.YES));
        document.add(new TextField(Words.TEXT, chunk.text(), Field.Store.YES));
        chunk.filters().forEach((column, value) -> {
            if (value.length() <= LONGEST_FILTER) {
                document.add(new StringField(FILTER + column, value, Field.Store.YES));
            }
        });
        if (chunk.vector() != null) {
            float[] numbers = chunk.vector().numbers();
            document.add(new KnnFloatVectorField(
                    vectorField(chunk.model(), numbers.length), numbers, VectorSimilarityFunction.DOT_PRODUCT));
        }
        return document;
    }

    static FoundChunk found(Document document) {
        Map<String, String> filters = new HashMap<>();
        for (IndexableField field : document.getFields()) {
            if (field.name().startsWith(FILTER)) {
                filters.put(field.name().substring(FILTER.length()), field.stringValue());
            }
        }
        return new FoundChunk(
                document.get(INDEX),
                document.get(KEY),
                document.getField(CHUNK).numericValue().intValue(),
                document.get(Words.TITLE),
                document.get(Words.TEXT),
                filters);
    }
}
