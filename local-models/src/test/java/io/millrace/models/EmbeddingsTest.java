package io.millrace.models;

import static io.millrace.models.RunningModels.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.models.RunningModels.Client;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningModels.class)
class EmbeddingsTest {
    private final Client models;

    EmbeddingsTest(Client models) {
        this.models = models;
    }

    private JsonNode embed(String fields) throws Exception {
        return JSON.readTree(
                models.post("/v1/embeddings", ("{'model': 'all-minilm-l6-v2', " + fields + "}").replace('\'', '"'))
                        .body());
    }

    private static float[] vector(JsonNode entry) {
        JsonNode numbers = entry.get("embedding");
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }

    private static double similarity(JsonNode left, JsonNode right) {
        float[] a = vector(left);
        float[] b = vector(right);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void textsOfLikeMeaningAreSimilar() throws Exception {
        JsonNode answer = embed("'input': ['The parcel is late.', 'My delivery has not arrived yet.', 'I like jazz.']");
        JsonNode data = answer.get("data");
        assertThat(vector(data.get(0))).hasSize(384);
        assertThat(similarity(data.get(0), data.get(0))).isBetween(0.999, 1.001);
        assertThat(similarity(data.get(0), data.get(1))).isGreaterThan(0.4);
        assertThat(similarity(data.get(0), data.get(2))).isLessThan(0.2);
        assertThat(data.get(2).get("index").asInt()).isEqualTo(2);
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isBetween(15, 25);
    }

    @Test
    void base64HoldsTheSameNumbers() throws Exception {
        float[] numbers = vector(embed("'input': 'lamp'").at("/data/0"));
        byte[] bytes = Base64.getDecoder()
                .decode(embed("'input': 'lamp', 'encoding_format': 'base64'")
                        .at("/data/0/embedding")
                        .asText());
        float[] decoded = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(decoded);
        assertThat(decoded).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0000", "\\u200b\\n"})
    void emptyTextHasAVectorToo(String text) throws Exception {
        assertThat(vector(embed("'input': ['" + text + "']").at("/data/0"))).hasSize(384);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'input': []", "'input': [1, 2]", "'inputs': 'x'", "'input': 'x', 'encoding_format': 'hex'"})
    void malformedRequestIsRefused(String fields) throws Exception {
        assertThat(embed(fields).at("/error/code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void modelsAreListedWithTheirRevision() throws Exception {
        JsonNode data = JSON.readTree(models.get("/v1/models").body()).get("data");
        assertThat(data.findValuesAsText("id")).containsExactly("smollm2-135m-instruct", "all-minilm-l6-v2");
        assertThat(data.findValuesAsText("revision")).containsExactly("b179c9523d0e6a0f", "afdb6f1a0e45b715");
    }
}
