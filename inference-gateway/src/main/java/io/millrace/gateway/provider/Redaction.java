package io.millrace.gateway.provider;

/** Takes the provider's key out of whatever the provider says. */
record Redaction(String key) {
    String clean(String text) {
        return key.isEmpty() || !text.contains(key) ? text : text.replace(key, "***");
    }

    @Override
    public String toString() {
        return "Redaction";
    }
}
