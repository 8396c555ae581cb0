package io.millrace.demo;

import java.nio.file.Files;
import java.nio.file.Path;

/** The reference app's demo, found from the directory the tests run in. */
final class Shop {
    private Shop() {}

    static Path seed() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("apps/shop/seed"))) {
            folder = folder.getParent();
        }
        return folder.resolve("apps/shop/seed");
    }

    static Path traffic() {
        return seed().resolve("traffic");
    }
}
