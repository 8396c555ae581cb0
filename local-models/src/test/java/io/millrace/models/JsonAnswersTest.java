package io.millrace.models;

import static io.millrace.models.RunningModels.JSON;
import static io.millrace.models.RunningModels.body;
import static io.millrace.models.RunningModels.schema;
import static io.millrace.models.RunningModels.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.models.RunningModels.Client;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningModels.class)
class JsonAnswersTest {
    private static final String SENTIMENT = schema("'sentiment': {'enum': ['positive', 'negative']}", "'sentiment'");
    private static final String ORDER =
            schema("'order': {'type': ['integer', 'null'], 'x-from-input': true}", "'order'");

    private final Client models;

    JsonAnswersTest(Client models) {
        this.models = models;
    }

    private JsonNode json(String fields) throws Exception {
        JsonNode answer = models.chat(fields);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        return JSON.readTree(answer.at("/choices/0/message/content").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "The zipper broke on the first day., negative",
        "Terrible service and cold food., negative",
        "I love this jacket and it fits perfectly., positive",
        "Fast delivery and the product works as described., positive"
    })
    void reviewsAreClassifiedWithoutExamples(String review, String sentiment) throws Exception {
        assertThat(json("'messages': [{'role': 'system', 'content': 'You classify the sentiment of customer reviews as"
                        + " positive or negative.'}, {'role': 'user', 'content': 'Review: " + review + "'}], "
                        + SENTIMENT))
                .isEqualTo(JSON.createObjectNode().put("sentiment", sentiment));
    }

    @ParameterizedTest
    @CsvSource({
        "I regret buying this blender., negative",
        "The food was bland and overpriced., negative",
        "Easy to set up and it just works., positive",
        "The staff were friendly and helpful., positive"
    })
    void reviewsAreClassifiedByExamples(String review, String sentiment) throws Exception {
        String examples = example("The battery died after two days.", "negative")
                + example("Wonderful little cafe with great coffee.", "positive")
                + example("A dull and predictable film.", "negative")
                + example("Works perfectly and the price is excellent.", "positive");
        assertThat(json("'messages': [{'role': 'system', 'content': 'You classify the sentiment of reviews.'}, "
                                + examples + "{'role': 'user', 'content': 'Review: " + review + "'}], " + SENTIMENT)
                        .get("sentiment")
                        .asText())
                .isEqualTo(sentiment);
    }

    private static String example(String review, String sentiment) {
        return "{'role': 'user', 'content': 'Review: " + review
                + "'}, {'role': 'assistant', 'content': '{\\'sentiment\\': \\'" + sentiment + "\\'}'}, ";
    }

    @Test
    void everyKindOfFieldIsHeldToTheSchema() throws Exception {
        JsonNode answer = json(user("Customer 17 is angry: the red lamp came broken.") + ", 'max_tokens': 400, "
                + schema(
                        "'mood': {'enum': ['happy', 'angry', 'neutral']}, 'stars': {'type': 'integer', 'minimum': 1,"
                                + " 'maximum': 5}, 'summary': {'type': 'string', 'maxLength': 30}, 'tags': {'type':"
                                + " 'array', 'items': {'enum': ['lamp', 'chair', 'table']}, 'maxItems': 3}, 'item':"
                                + " {'type': 'object', 'properties': {'colour': {'type': 'string', 'maxLength': 12},"
                                + " 'broken': {'type': 'boolean'}}, 'required': ['colour', 'broken']}, 'share': {'type':"
                                + " 'number', 'minimum': 0, 'maximum': 1}, 'note': {'anyOf': [{'type': 'string',"
                                + " 'maxLength': 10}, {'type': 'null'}]}",
                        "'mood', 'stars', 'summary', 'tags', 'item', 'share', 'note'"));
        assertThat(answer.get("mood").asText()).isIn("happy", "angry", "neutral");
        assertThat(answer.get("stars").isInt()).isTrue();
        assertThat(answer.get("stars").asInt()).isBetween(1, 5);
        assertThat(answer.get("summary").asText()).hasSizeLessThanOrEqualTo(30);
        assertThat(answer.get("tags").size()).isLessThanOrEqualTo(3);
        assertThat(answer.get("tags"))
                .allSatisfy(tag -> assertThat(tag.asText()).isIn("lamp", "chair", "table"));
        assertThat(answer.at("/item/broken").isBoolean()).isTrue();
        assertThat(answer.get("share").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.get("note").isTextual() || answer.get("note").isNull())
                .isTrue();
    }

    @Test
    void optionalFieldsMayBeLeftOutButNothingIsAdded() throws Exception {
        JsonNode answer = json(user("The lamp is red.") + ", "
                + schema(
                        "'a': {'type': 'boolean'}, 'colour': {'enum': ['red', 'blue']}, 'z': {'type': 'boolean'}",
                        "'colour'"));
        assertThat(answer.has("colour")).isTrue();
        assertThat(List.of("a", "colour", "z"))
                .containsAll(answer.properties().stream().map(Map.Entry::getKey).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "Please cancel order 4821.,               4821",
        "Where are my orders 77 and 1203?,        77|1203",
        "'Order ORD-1001, with 3 lamps, is late', 1001|3"
    })
    void numbersComeFromTheMessage(String message, String numbers) throws Exception {
        JsonNode order = json(user(message) + ", " + ORDER).get("order");
        assertThat(order.isNull() || List.of(numbers.split("\\|")).contains(order.toString()))
                .as(order.toString())
                .isTrue();
    }

    @Test
    void numberIsNullWhenTheMessageHoldsNone() throws Exception {
        assertThat(json(user("Where is my order?") + ", " + ORDER).get("order").isNull())
                .isTrue();
    }

    @Test
    void requiredNumberThatTheMessageDoesNotHoldIsAnError() throws Exception {
        HttpResponse<String> response = models.post(
                "/v1/chat/completions",
                body(user("Where is my order?") + ", "
                        + schema("'order': {'type': 'integer', 'x-from-input': true}", "'order'")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("no_number_in_input", "allow null");
    }

    @Test
    void objectWithoutSchemaIsJson() throws Exception {
        JsonNode answer = models.chat(user("Describe a lamp as JSON with name and colour.")
                + ", 'response_format': {'type': 'json_object'}," + " 'max_tokens': 200");
        if (answer.at("/choices/0/finish_reason").asText().equals("stop")) {
            assertThat(JSON.readTree(answer.at("/choices/0/message/content").asText())
                            .isObject())
                    .isTrue();
        }
        assertThat(answer.at("/choices/0/message/content").asText()).startsWith("{\"");
    }

    @Test
    void jsonThatDoesNotFitEndsWithLength() throws Exception {
        JsonNode answer = models.chat(
                user("Tell a story.") + ", 'max_tokens': 8, " + schema("'story': {'type': 'string'}", "'story'"));
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isLessThanOrEqualTo(9);
    }

    @Test
    void keywordThatCannotBeKeptIsRefused() throws Exception {
        HttpResponse<String> response = models.post(
                "/v1/chat/completions",
                body(user("hi") + ", " + schema("'code': {'type': 'string', 'pattern': '^[A-Z]+$'}", "'code'")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the schema.code has 'pattern'");
    }
}
