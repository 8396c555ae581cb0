package io.millrace.launcher.command;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.app.App;
import io.millrace.app.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the full stack's inference-gateway container asks before it starts the gateway. */
@Command(
        name = "gateway-settings",
        description = "Print an app's models as the inference gateway's settings file.",
        hidden = true,
        mixinStandardHelpOptions = true)
public final class GatewaySettingsCommand implements Callable<Integer> {
    @Option(
            names = "--app",
            paramLabel = "DIR",
            defaultValue = "${env:MILLRACE_APP:-apps/shop}",
            description = "The app's folder (default: MILLRACE_APP, else apps/shop).")
    private Path app = Path.of("");

    @Option(
            names = "--models-url",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_MODELS_URL:-http://127.0.0.1:18090/v1}",
            description =
                    "OpenAI-compatible base address of models the app gives none for (default: MILLRACE_MODELS_URL).")
    private String modelsUrl = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> models = new LinkedHashMap<>();
        for (Model model : App.load(app).models()) {
            models.put(model.alias(), model.settings(modelsUrl));
        }
        spec.commandLine().getOut().print(new YAMLMapper().writeValueAsString(Map.of("models", models)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
