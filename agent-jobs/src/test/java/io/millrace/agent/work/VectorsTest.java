package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.agent.Fill;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final List<Fill.Example> EXAMPLES = List.of(
            new Fill.Example("a", "left"),
            new Fill.Example("b", "left"),
            new Fill.Example("c", "up"),
            new Fill.Example("d", "up"));

    private static final List<float[]> VECTORS =
            List.of(new float[] {-1, 0}, new float[] {-2, 0.5f}, new float[] {0, 1}, new float[] {0.1f, 3});

    @Test
    void theLabelWithTheNearestExamplesIsTaken() {
        assertThat(Vectors.nearest(new float[] {-5, 0.2f}, EXAMPLES, VECTORS)).isEqualTo("left");
        assertThat(Vectors.nearest(new float[] {0.2f, 0.1f}, EXAMPLES, VECTORS)).isEqualTo("up");
    }

    @Test
    void anAnswersVectorsKeepTheirOrder() throws Exception {
        assertThat(Vectors.of(
                        new ObjectMapper().readTree("{\"data\": [{\"embedding\": [1, 2]}, {\"embedding\": [3]}]}")))
                .containsExactly(new float[] {1, 2}, new float[] {3});
    }
}
