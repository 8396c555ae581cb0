package io.millrace.api.search.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/** An index as of one commit, held while it is searched. */
record HeldSearcher(SearcherManager manager, IndexSearcher searcher, String format) implements AutoCloseable {
    DirectoryReader reader() {
        return (DirectoryReader) searcher.getIndexReader();
    }

    /** Up to where it goes; empty before it is built. */
    Optional<Progress> progress() {
        try {
            return Progress.of(reader().getIndexCommit().getUserData(), format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            manager.release(searcher);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
