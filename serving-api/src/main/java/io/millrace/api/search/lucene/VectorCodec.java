package io.millrace.api.search.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** Lucene's own codec with a graph of vectors as dense as was measured to be enough. */
final class VectorCodec {
    /** Neighbours of each vector; measured by SearchBenchmark. */
    private static final int M = 16;

    /** Candidates looked at when a vector is added. */
    private static final int BEAM_WIDTH = 100;

    private VectorCodec() {}

    static Codec codec() {
        KnnVectorsFormat format = new Hnsw();
        return new Lucene912Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }

    /** Lucene writes and reads it as its own; only the limit of 1024 dimensions is gone, which many models exceed. */
    private static final class Hnsw extends KnnVectorsFormat {
        private static final int MOST_DIMENSIONS = 4096;

        private final KnnVectorsFormat format = new Lucene99HnswVectorsFormat(M, BEAM_WIDTH);

        Hnsw() {
            super("Lucene99HnswVectorsFormat");
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return format.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return format.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MOST_DIMENSIONS;
        }
    }
}
