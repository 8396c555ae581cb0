package io.millrace.api.search.lucene;

import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.Row;
import io.millrace.api.search.Words;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** A chunk as a search index holds it. */
final class ChunkDocument {
    private static final String ID = "id";
    private static final String ROW = "row";
    private static final String CHUNK = "chunk";
    private static final String FILTER = "filter/";

    /** Stands in no index name. */
    private static final char SEPARATOR = '/';

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
        document.add(new BinaryDocValuesField(ROW, new BytesRef(chunk.index() + SEPARATOR + chunk.key())));
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

    /** The row of a chunk, without reading the rest of it. */
    static Row row(List<LeafReaderContext> leaves, int document) throws IOException {
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        BinaryDocValues rows = DocValues.getBinary(leaf.reader(), ROW);
        rows.advanceExact(document - leaf.docBase);
        String row = rows.binaryValue().utf8ToString();
        int separator = row.indexOf(SEPARATOR);
        return new Row(row.substring(0, separator), row.substring(separator + 1));
    }

    static FoundChunk found(Row row, Document document) {
        Map<String, String> filters = new HashMap<>();
        for (IndexableField field : document.getFields()) {
            if (field.name().startsWith(FILTER)) {
                filters.put(field.name().substring(FILTER.length()), field.stringValue());
            }
        }
        return new FoundChunk(
                row,
                document.getField(CHUNK).numericValue().intValue(),
                document.get(Words.TITLE),
                document.get(Words.TEXT),
                filters);
    }
}
