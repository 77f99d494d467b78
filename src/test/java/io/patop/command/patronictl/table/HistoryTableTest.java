package io.patop.command.patronictl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.PatronictlCase;
import io.patop.command.shell.TableFormat;
import io.patop.patroni.PatroniJson;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The history, beside what patronictl itself printed for the same one. */
class HistoryTableTest {

    @TestFactory
    Stream<DynamicTest> eachHistoryIsPatronictlsByteForByte() {
        return PatronictlCase.all("history").flatMap(given -> given.outputs().stream()
                .map(output -> DynamicTest.dynamicTest(
                        given + " " + output.version() + " " + output.format(),
                        () -> assertThat(TableFormat.named(output.format())
                                        .orElseThrow()
                                        .write(HistoryTable.of(PatroniJson.history(given.tree()), true)))
                                .isEqualTo(output.text()))));
    }
}
