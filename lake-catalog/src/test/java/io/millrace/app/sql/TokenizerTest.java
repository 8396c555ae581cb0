package io.millrace.app.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.AppException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    @Test
    void commentsAreNoTokens() {
        assertThat(texts("-- it's; said\nSELECT /* a; 'b' */ 1 -- end")).containsExactly("SELECT", "1");
    }

    @Test
    void hintsAreKept() {
        assertThat(texts("FROM t /*+ OPTIONS('a' = 'b') */")).contains("OPTIONS", "'a'", "'b'");
    }

    @Test
    void stringsHoldDoubledQuotesSemicolonsAndDashes() {
        List<Token> tokens = tokens("SELECT 'it''s; -- not over', ''");
        assertThat(tokens).extracting(Token::text).containsExactly("SELECT", "'it''s; -- not over'", ",", "''");
        assertThat(tokens.get(1).kind()).isEqualTo(Token.Kind.STRING);
    }

    @Test
    void quotedIdentifiersLoseTheirQuotes() {
        List<Token> tokens = tokens("`reviews$audit_log` \"day\"");
        assertThat(tokens).extracting(Token::text).containsExactly("reviews$audit_log", "day");
        assertThat(tokens).extracting(Token::kind).containsOnly(Token.Kind.QUOTED_IDENTIFIER);
    }

    @Test
    void quotedWordIsNoKeyword() {
        assertThat(tokens("end").get(0).is("END")).isTrue();
        assertThat(tokens("`end`").get(0).is("END")).isFalse();
        assertThat(tokens("'end'").get(0).is("END")).isFalse();
    }

    @Test
    void numbersAndSymbolsAreTold() {
        assertThat(tokens("1.5<>x"))
                .extracting(Token::kind)
                .containsExactly(Token.Kind.NUMBER, Token.Kind.SYMBOL, Token.Kind.SYMBOL, Token.Kind.WORD);
    }

    @Test
    void linesCountThroughCommentsAndStrings() {
        List<Token> tokens = tokens("a\n/* one\ntwo */ b -- three\n'four\nfive' c\n\n`six\n` d");
        assertThat(tokens).extracting(Token::line).containsExactly(1, 3, 4, 5, 7, 8);
    }

    @Test
    void offsetsCutTheTextAsWritten() {
        String text = "  SELECT `a b`,\n 'c' ";
        assertThat(tokens(text).stream().map(token -> text.substring(token.start(), token.end())))
                .containsExactly("SELECT", "`a b`", ",", "'c'");
    }

    @Test
    void unclosedQuoteNamesTheLineItOpensOn() {
        assertThatThrownBy(() -> tokens("SELECT\n  'open\n\n"))
                .isInstanceOf(AppException.class)
                .hasMessage("q.sql:2: quote ' opened here is never closed");
        assertThatThrownBy(() -> tokens("SELECT `open''")).hasMessage("q.sql:1: quote ` opened here is never closed");
    }

    @Test
    void unclosedCommentNamesTheLineItOpensOn() {
        assertThatThrownBy(() -> tokens("SELECT 1\n\n/* open\n"))
                .isInstanceOf(AppException.class)
                .hasMessage("q.sql:3: comment opened here is never closed: add */");
    }

    private static List<Token> tokens(String text) {
        return Tokenizer.tokenize("q.sql", text);
    }

    private static List<String> texts(String text) {
        return tokens(text).stream().map(Token::text).toList();
    }
}
