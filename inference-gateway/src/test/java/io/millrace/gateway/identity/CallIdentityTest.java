package io.millrace.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallIdentityTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest(name = "{0} | {1} are the same call")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'b':2} | {'b':2,'a':1}",
                "{'a':{'x':1,'y':[{'p':1,'q':2}]}} | {'a':{'y':[{'q':2,'p':1}],'x':1}}",
                "{'temperature':1} | {'temperature':1.0}",
                "{'temperature':0} | {'temperature':-0.0}",
                "{'temperature':100} | {'temperature':1e2}",
                "{'temperature':0.10} | {'temperature':1e-1}",
                "{'m':[{'n':1.50}]} | {'m':[{'n':1.5}]}",
                "{'a':1} | {'a':1,'model':'alias'}",
                "{'a':1,'model':'x'} | {'a':1,'model':'y'}",
                "{'a':1} | {'a':1,'stream':true}",
                "{'a':1} | {'a':1,'stream_options':{'include_usage':true}}",
                "{'a':1} | {'a':1,'user':'u'}",
                "{'a':1} | {'a':1,'metadata':{'k':'v'}}",
                "{'a':1} | {'a':1,'store':true}",
                "{'a':1} | {'a':1,'temperature':null}",
                "{'a':'\\u00e9'} | {'a':'é'}"
            })
    void requestsThatMustGetTheSameAnswer(String left, String right) throws Exception {
        assertThat(identity(left)).isEqualTo(identity(right));
    }

    @ParameterizedTest(name = "{0} | {1} are different calls")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'user','content':'a'}]} | {'messages':[{'role':'user','content':'b'}]}",
                "{'messages':[{'role':'user','content':'a'}]} | {'messages':[{'role':'system','content':'a'}]}",
                "{'messages':[1,2]} | {'messages':[2,1]}",
                "{'input':'a'} | {'input':['a']}",
                "{'a':1} | {'a':1,'temperature':0}",
                "{'temperature':0} | {'temperature':0.1}",
                "{'temperature':1} | {'temperature':'1'}",
                "{'temperature':10} | {'temperature':1}",
                "{'a':1} | {'a':1,'seed':7}",
                "{'a':1} | {'a':1,'max_tokens':5}",
                "{'a':1} | {'a':1,'tools':[]}",
                "{'a':1} | {'a':1,'response_format':{'type':'json_object'}}",
                "{'a':1} | {'a':1,'anything_new':true}",
                "{'a':{'user':'x'}} | {'a':{'user':'y'}}",
                "{'a':{'x':null}} | {'a':{}}",
                "{'a':[]} | {'a':{}}",
                "{'a':'A'} | {'a':'a'}"
            })
    void requestsThatMayGetDifferentAnswers(String left, String right) throws Exception {
        assertThat(identity(left)).isNotEqualTo(identity(right));
    }

    @ParameterizedTest
    @CsvSource({
        "EMBEDDINGS, m, r, 1, ''",
        "CHAT, other, r, 1, ''",
        "CHAT, m, other, 1, ''",
        "CHAT, m, r, 2, ''",
        "CHAT, m, r, 1, again"
    })
    void kindModelRevisionAttemptAndRerunCount(Kind kind, String model, String revision, int attempt, String rerun)
            throws Exception {
        ObjectNode request = request("{'a':1}");
        assertThat(CallIdentity.of(kind, model, revision, request, attempt, rerun))
                .isNotEqualTo(CallIdentity.of(Kind.CHAT, "m", "r", request, 1, ""));
    }

    @Test
    void identityOfOldLedgersStaysTheSame() throws Exception {
        assertThat(CallIdentity.of(Kind.CHAT, "m", "r", request("{'b':[1.0,'x'],'a':{}}"), 1, ""))
                .isEqualTo("0aa95b1f107fe4af8c5f4fc870cbd3b20083e01fffab57257e433a946f6cddcf");
    }

    private static String identity(String request) throws JsonProcessingException {
        return CallIdentity.of(Kind.CHAT, "m", "r", request(request), 1, "");
    }

    private static ObjectNode request(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
