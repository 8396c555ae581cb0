package io.millrace.launcher.layout;

import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the built programs are.
 *
 * @param home the checkout
 * @param build folder with {@code PROGRAM.classpath} files and our own jars in {@code lib}
 */
public record Installation(Path home, Path build) {
    /** From the system properties that the millrace script sets. */
    public static Installation current() {
        String home = System.getProperty("millrace.home");
        String build = System.getProperty("millrace.build");
        if (home == null || build == null) {
            throw new UserError("start Millrace with ./millrace: it says where the build is");
        }
        return new Installation(Path.of(home), Path.of(build));
    }

    public String classPath(String program) {
        Path file = build.resolve(program + ".classpath");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UserError("the build at " + build + " is incomplete: " + file.getFileName()
                    + " cannot be read; remove the folder and start ./millrace again");
        }
    }

    /** One of our own jars. */
    public Path jar(String module) {
        return build.resolve("lib").resolve(module + ".jar");
    }

    /** Weights of the chat model that local-models runs. */
    public Path chatModel() {
        return build.resolve("lib").resolve("smollm2-135m-instruct.gguf");
    }

    /** This JVM's own java program. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The command that runs millrace again. */
    public List<String> command() {
        return List.of("sh", home.resolve("millrace").toString());
    }
}
