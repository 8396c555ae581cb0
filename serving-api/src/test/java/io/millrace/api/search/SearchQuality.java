package io.millrace.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * nDCG@10 of the three modes over labelled queries, asked of a running API.
 *
 * <p>Arguments: its address (http://127.0.0.1:8080), the CSV file (benchmarks/search-queries.csv: query, index, relevant
 * as {@code key:grade key:grade}).
 */
public final class SearchQuality {
    private static final int DEPTH = 10;
    private static final List<Mode> COLUMNS = List.of(Mode.TEXT, Mode.VECTOR, Mode.HYBRID);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Map<String, List<double[]>> byIndex = new LinkedHashMap<>();

    private SearchQuality(String address) {
        this.address = address.replaceFirst("/+$", "");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SearchQuality quality = new SearchQuality(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080");
        Path file = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/search-queries.csv");
        print("query", "index", "text", "vector", "hybrid");
        for (Map<String, String> row : rows(file)) {
            quality.ask(row.get("query"), row.get("index"), Ndcg.grades(row.get("relevant")));
        }
        quality.means();
    }

    static List<Map<String, String>> rows(Path file) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.readString(file))) {
            return rows.readAll();
        }
    }

    private void ask(String query, String index, Map<String, Integer> grades) throws IOException, InterruptedException {
        double[] scores = new double[COLUMNS.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Ndcg.at(DEPTH, found(query, index, COLUMNS.get(i)), grades);
        }
        byIndex.computeIfAbsent(index, name -> new ArrayList<>()).add(scores);
        print(shortened(query), index, scores);
    }

    private List<String> found(String query, String index, Mode mode) throws IOException, InterruptedException {
        URI uri = URI.create(address + "/v1/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&in="
                + index + "&mode=" + mode.word() + "&limit=" + DEPTH);
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() != 200 || !answer.path("degraded").isNull()) {
            throw new IOException(uri + " was answered with " + response.statusCode() + ": " + response.body());
        }
        List<String> keys = new ArrayList<>();
        answer.path("results").forEach(result -> keys.add(result.path("key").asText()));
        return keys;
    }

    private void means() {
        List<double[]> all = new ArrayList<>();
        byIndex.forEach((index, scores) -> {
            print("mean of " + scores.size() + " queries", index, mean(scores));
            all.addAll(scores);
        });
        print("mean of " + all.size() + " queries", "all", mean(all));
    }

    private static double[] mean(List<double[]> scores) {
        double[] mean = new double[COLUMNS.size()];
        scores.forEach(score -> {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += score[i] / scores.size();
            }
        });
        return mean;
    }

    private static String shortened(String query) {
        return query.length() <= 48 ? query : query.substring(0, 47) + "…";
    }

    private static void print(String query, String index, double[] scores) {
        print(query, index, number(scores[0]), number(scores[1]), number(scores[2]));
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    private static void print(String query, String index, String text, String vector, String hybrid) {
        System.out.printf(Locale.ROOT, "%-50s %-12s %7s %7s %7s%n", query, index, text, vector, hybrid);
    }
}
