package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficActionTest {
    @TempDir
    Path folder;

    @Test
    void optionsStandInTheLeadingComments() throws IOException {
        String text =
                "-- A visit; weight 7 is not meant here.\n-- weight 3\n-- rollback\n-- topic shop.visits\nSELECT 1;\n";
        write("visit.sql", text);
        assertThat(TrafficAction.readAll(folder))
                .containsExactly(new TrafficAction("visit.sql", text, 3, true, Optional.of("shop.visits")));
    }

    @Test
    void optionsBelowTheSqlAreComments() throws IOException {
        String text = "-- weight 3\nSELECT 1;\n-- weight 9\n-- rollback\n-- topic t\n";
        write("a.sql", text);
        assertThat(TrafficAction.readAll(folder))
                .containsExactly(new TrafficAction("a.sql", text, 3, false, Optional.empty()));
    }

    @Test
    void onlySqlFilesAreReadByName() throws IOException {
        write("b.sql", "-- weight 1\nSELECT 1;");
        write("a.sql", "-- weight 2\nSELECT 1;");
        write("notes.md", "no action");
        assertThat(TrafficAction.readAll(folder))
                .extracting(TrafficAction::name)
                .containsExactly("a.sql", "b.sql");
    }

    @Test
    void actionWithoutWeightSaysWhatToAdd() throws IOException {
        write("a.sql", "-- An action.\nSELECT 1;\n-- weight 3\n");
        assertThatThrownBy(() -> TrafficAction.readAll(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessage(folder.resolve("a.sql") + ": no weight: add the line '-- weight 10' on top");
    }

    @Test
    void folderWithoutActionsIsNamed() {
        assertThatThrownBy(() -> TrafficAction.readAll(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessage(folder + ": no .sql file in it: nothing to do");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> TrafficAction.readAll(missing))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(missing + " cannot be read: ");
    }

    @Test
    void everyFileOfTheShopIsAnAction() throws IOException {
        List<TrafficAction> actions = TrafficAction.readAll(Shop.traffic());
        try (Stream<Path> files = Files.list(Shop.traffic())) {
            assertThat(actions)
                    .extracting(TrafficAction::name)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
        assertThat(actions)
                .filteredOn(TrafficAction::rollback)
                .extracting(TrafficAction::name)
                .containsExactly("abandon_order.sql");
        assertThat(actions)
                .filteredOn(action -> action.topic().isPresent())
                .singleElement()
                .satisfies(action -> assertThat(action.topic()).contains("shop.page_views"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
