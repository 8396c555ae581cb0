package io.millrace.models.schema;

import com.fasterxml.jackson.databind.node.TextNode;

/** JSON as text. */
final class JsonText {
    private JsonText() {}

    static String quote(String text) {
        return TextNode.valueOf(text).toString();
    }

    static boolean isString(String literal) {
        return literal.startsWith("\"");
    }
}
