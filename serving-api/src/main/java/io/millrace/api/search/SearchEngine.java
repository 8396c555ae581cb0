package io.millrace.api.search;

/** Finds chunks by words and by vectors. Safe for use by many threads. */
public interface SearchEngine extends AutoCloseable {
    /** @throws io.millrace.api.problem.ProblemException when it cannot be searched now */
    Findings find(SearchQuery query);

    @Override
    void close();
}
