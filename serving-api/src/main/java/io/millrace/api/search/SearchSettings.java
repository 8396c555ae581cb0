package io.millrace.api.search;

import java.util.List;

/**
 * How search is set up.
 *
 * @param warehouse the lake's address; blank for no search
 * @param dataDirectory where indexes are kept
 * @param gatewayKey empty for none
 * @param embeddingModel its name at the gateway
 * @param engine one of {@link #ENGINES}
 */
public record SearchSettings(
        String warehouse,
        String dataDirectory,
        String gatewayUrl,
        String gatewayKey,
        String embeddingModel,
        String engine) {
    public static final String DORIS = "doris";
    public static final List<String> ENGINES = List.of("lucene", DORIS);

    /** No search. */
    public static final SearchSettings OFF = new SearchSettings("", "", "", "", "", "lucene");

    /** Without the key. */
    @Override
    public String toString() {
        return "SearchSettings[warehouse=" + warehouse + ", dataDirectory=" + dataDirectory + ", gatewayUrl="
                + gatewayUrl + ", embeddingModel=" + embeddingModel + ", engine=" + engine + "]";
    }
}
