package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.agent.model.CallFailed;
import io.millrace.agent.model.ModelAnswer;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.prompt.Prompt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputValuesTest {
    @Test
    void aTextBecomesTheColumnsType() {
        assertThat(OutputValues.typed("INT", "7")).isEqualTo(7);
        assertThat(OutputValues.typed("BIGINT", "5000000000")).isEqualTo(5_000_000_000L);
        assertThat(OutputValues.typed("DOUBLE", "1.5")).isEqualTo(1.5);
        assertThat(OutputValues.typed("BOOLEAN", "true")).isEqualTo(true);
        assertThat(OutputValues.typed("BOOLEAN", "0")).isEqualTo(false);
        assertThat(OutputValues.typed("STRING", "7")).isEqualTo("7");
        Instant noon = Instant.parse("2026-11-02T12:00:00Z");
        assertThat(OutputValues.typed("TIMESTAMP_LTZ(3)", "2026-11-02 12:00:00"))
                .isEqualTo(noon);
        assertThat(OutputValues.typed("TIMESTAMP_LTZ(3)", "2026-11-02T12:00:00Z"))
                .isEqualTo(noon);
    }

    @ParameterizedTest
    @CsvSource({"INT, 7.5", "BIGINT, many", "DOUBLE, '1,5'", "BOOLEAN, maybe", "TIMESTAMP_LTZ(3), tomorrow"})
    void aTextOfAnotherTypeIsNamed(String type, String text) {
        assertThatThrownBy(() -> OutputValues.checked(column(type, false), text))
                .isInstanceOf(CallFailed.class)
                .hasMessage("column 'c' got '" + text + "', no " + type);
    }

    @ParameterizedTest
    @CsvSource({"INT, 0", "INT, 6", "DOUBLE, 0.9", "DOUBLE, 5.1", "DOUBLE, NaN"})
    void aNumberOutsideTheRangeIsNamed(String type, String text) {
        OutputColumn column = new OutputColumn("c", type, false, List.of(), 1L, 5L, 10, asked());

        assertThatThrownBy(() -> OutputValues.checked(column, text))
                .isInstanceOf(CallFailed.class)
                .hasMessage("column 'c' got " + text + ", not from 1 to 5");
    }

    @Test
    void theEndsBelongToTheRange() throws CallFailed {
        OutputColumn column = new OutputColumn("c", "DOUBLE", false, List.of(), 1L, 5L, 10, asked());

        assertThat(OutputValues.checked(column, "1")).isEqualTo("1");
        assertThat(OutputValues.checked(column, "5.0")).isEqualTo("5.0");
    }

    @Test
    void onlyAValueOfTheListIsTaken() throws CallFailed {
        OutputColumn column =
                new OutputColumn("mood", "STRING", false, List.of("good", "bad"), null, null, 10, asked());

        assertThat(OutputValues.checked(column, "good")).isEqualTo("good");
        assertThatThrownBy(() -> OutputValues.checked(column, "Good"))
                .hasMessage("column 'mood' got 'Good', none of [good, bad]");
    }

    @Test
    void onlyAnOptionalColumnMayStayEmpty() throws CallFailed {
        assertThat(OutputValues.checked(column("INT", true), null)).isNull();
        assertThat(OutputValues.checked(column("STRING", true), " ")).isNull();
        assertThatThrownBy(() -> OutputValues.checked(column("STRING", false), ""))
                .hasMessage("column 'c' stayed empty and is not optional");
    }

    @Test
    void aPropertyIsTakenFromTheAnswer() throws Exception {
        assertThat(OutputValues.property(answer("{\"mood\": \"good\"}", "stop"), "mood"))
                .isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{\"mood\": {\"is\": 1}}", "{\"tone\": \"good\"}", "[\"good\"]", "7"})
    void anAnswerWithoutThePropertyIsNamed(String content) {
        assertThatThrownBy(() -> OutputValues.property(answer(content, "stop"), "mood"))
                .isInstanceOf(CallFailed.class)
                .hasMessage("call c1 answered without 'mood': " + content);
    }

    @Test
    void anAnswerThatIsNoJsonIsNamed() {
        assertThatThrownBy(() -> OutputValues.property(answer("{\"mood\": \"go", "length"), "mood"))
                .isInstanceOf(CallFailed.class)
                .hasMessage("call c1 answered no JSON: {\"mood\": \"go");
    }

    @Test
    void aTextThatWasCutEndsWithItsLastWholeSentence() {
        assertThat(OutputValues.wholeSentences(answer("One. Two! Thr", "length")))
                .isEqualTo("One. Two!");
        assertThat(OutputValues.wholeSentences(answer("One. Two", "stop"))).isEqualTo("One. Two");
        assertThat(OutputValues.wholeSentences(answer("no end", "length"))).isEqualTo("no end");
    }

    private static OutputColumn column(String type, boolean optional) {
        return new OutputColumn("c", type, optional, List.of(), null, null, 10, asked());
    }

    private static Fill asked() {
        return new Fill.Asked(new Prompt("p", List.of(new Prompt.Message("user", "?"))));
    }

    private static ModelAnswer answer(@Nullable String content, String finish) {
        var body = Work.JSON.createObjectNode();
        body.putArray("choices")
                .addObject()
                .put("finish_reason", finish)
                .putObject("message")
                .put("content", content);
        return new ModelAnswer(body, "c1", false);
    }
}
