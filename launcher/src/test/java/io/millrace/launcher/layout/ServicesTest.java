package io.millrace.launcher.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.launcher.UserError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private final Map<String, String> environment = new HashMap<>(Map.ofEntries(
            Map.entry("MILLRACE_KAFKA", "kafka:9092"),
            Map.entry("MILLRACE_CONNECT", "http://connect:8083"),
            Map.entry("MILLRACE_FLINK", "http://jobmanager:8081"),
            Map.entry("MILLRACE_GATEWAY", "http://inference-gateway:18091/v1"),
            Map.entry("MILLRACE_API", "http://serving-api:8080"),
            Map.entry("MILLRACE_DOCUMENT_READER", "http://document-reader:18092"),
            Map.entry("MILLRACE_HOT_STORE", "hot-store:9123"),
            Map.entry("MILLRACE_FOLDERS", "s3://millrace/"),
            Map.entry("MILLRACE_SQL_HOST", "doris-fe"),
            Map.entry("MILLRACE_SQL_PORT", "9030"),
            Map.entry("MILLRACE_SQL_USER", "reader"),
            Map.entry("MILLRACE_SQL_PASSWORD", "sql-secret"),
            Map.entry("MILLRACE_DORIS_ADMIN_PASSWORD", "root-secret"),
            Map.entry("MILLRACE_WAREHOUSE", "s3://millrace/lake"),
            Map.entry("MILLRACE_CHECKPOINTS", "s3://millrace/flink"),
            Map.entry("MILLRACE_S3_ENDPOINT", "http://object-store:9000"),
            Map.entry("MILLRACE_S3_ACCESS_KEY", "key"),
            Map.entry("MILLRACE_S3_SECRET_KEY", "s3-secret"),
            Map.entry("SHOPDB_HOST", "postgres"),
            Map.entry("SHOPDB_PORT", "5432"),
            Map.entry("SHOPDB_DATABASE", "shop"),
            Map.entry("SHOPDB_USER", "debezium"),
            Map.entry("SHOPDB_PASSWORD", "shop-secret")));

    @Test
    void theEnvironmentOfTheFullStackSaysWhereEverythingIs() {
        Services services = Services.fullStack(environment);
        assertThat(services.databases().lake().url()).startsWith("jdbc:mysql://doris-fe:9030/");
        assertThat(services.databases().source("shopdb").url()).isEqualTo("jdbc:postgresql://postgres:5432/shop");
        assertThat(services.databases().source("shopdb").user()).isEqualTo("debezium");
        assertThat(services.warehouse().access())
                .containsEntry("s3.endpoint", "http://object-store:9000")
                .containsEntry("s3.secret-key", "s3-secret");
    }

    @Test
    void lakeSqlInPlaceOfDorisHasNoRootToAsk() {
        environment.put("MILLRACE_SQL_HOST", "lake-sql");
        environment.remove("MILLRACE_DORIS_ADMIN_PASSWORD");
        assertThat(Services.fullStack(environment).doris()).isEmpty();
    }

    @Test
    void noTextOfItHoldsAPassword() {
        Services services = Services.fullStack(environment);
        assertThat(services.toString() + services.databases().source("shopdb")).doesNotContain("secret");
    }

    @Test
    void aMissingVariableIsNamed() {
        environment.remove("MILLRACE_CONNECT");
        assertThatThrownBy(() -> Services.fullStack(environment))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MILLRACE_CONNECT");
    }

    @Test
    void aMissingKeyOfTheObjectStoreIsNamed() {
        environment.put("MILLRACE_S3_SECRET_KEY", " ");
        assertThatThrownBy(() -> Services.fullStack(environment)).hasMessageContaining("MILLRACE_S3_SECRET_KEY");
    }

    @Test
    void aPortThatIsNoNumberIsShown() {
        environment.put("MILLRACE_SQL_PORT", "nine");
        assertThatThrownBy(() -> Services.fullStack(environment))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MILLRACE_SQL_PORT")
                .hasMessageContaining("'nine'");
    }
}
