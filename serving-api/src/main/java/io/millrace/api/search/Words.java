package io.millrace.api.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** The words of texts and of queries: how they are cut, compared and shown. */
public final class Words {
    public static final String TITLE = "title";
    public static final String TEXT = "text";

    private static final Map<String, Float> WEIGHTS = Map.of(TITLE, 2f, TEXT, 1f);
    private static final int PASSAGES = 2;

    private Words() {}

    /** Unicode's word boundaries, small letters, no accents: serves many languages and favours none. */
    public static Analyzer analyzer() {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer words = new StandardTokenizer();
                return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
            }

            @Override
            protected TokenStream normalize(String field, TokenStream in) {
                return new ASCIIFoldingFilter(new LowerCaseFilter(in));
            }
        };
    }

    /** Any of the words, {@code "phrases in quotes"}, and {@code begin*}. Every text is a query. */
    public static Query query(Analyzer analyzer, String text) {
        return new SimpleQueryParser(
                        analyzer,
                        WEIGHTS,
                        SimpleQueryParser.PHRASE_OPERATOR
                                | SimpleQueryParser.PREFIX_OPERATOR
                                | SimpleQueryParser.WHITESPACE_OPERATOR)
                .parse(text);
    }

    /** The best passages of a text as HTML, with the query's words in {@code <b>}; its beginning when it has none. */
    static String highlight(Analyzer analyzer, Query query, String text) {
        UnifiedHighlighter highlighter = UnifiedHighlighter.builderWithoutSearcher(analyzer)
                .withFieldMatcher(field -> true)
                .withMaxNoHighlightPassages(1)
                .withFormatter(new DefaultPassageFormatter("<b>", "</b>", "… ", true))
                .build();
        try {
            Object snippet = highlighter.highlightWithoutSearcher(TEXT, query, text, PASSAGES);
            return snippet == null ? "" : snippet.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
