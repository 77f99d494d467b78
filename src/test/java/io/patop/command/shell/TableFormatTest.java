package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats' names, and the table's own rules that patronictl's outputs do not show. */
class TableFormatTest {

    private static final List<Table.Column> COLUMNS =
            List.of(Table.Column.of("Name", Table.Alignment.LEFT), Table.Column.of("N", Table.Alignment.RIGHT));

    @ParameterizedTest
    @CsvSource({"pretty,PRETTY", "tsv,TSV", "json,JSON", "yaml,YAML", "yml,YAML", "YAML,YAML", "Yml,YAML"})
    void aFormatIsKnownByItsNames(String name, TableFormat format) {
        assertThat(TableFormat.named(name)).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xml", "topology", "pretty "})
    void whatIsNoFormatIsNone(String name) {
        assertThat(TableFormat.named(name)).isEmpty();
    }

    @Test
    void allNamesAreKnown() {
        assertThat(TableFormat.names()).allMatch(name -> TableFormat.named(name).isPresent());
    }

    @Test
    void wideAndCombiningCharactersKeepTheFrameStraight() {
        Table table = new Table(
                Optional.of(" 日本 "),
                COLUMNS,
                List.of(
                        List.of(TableCell.text("日本"), TableCell.number(1)),
                        List.of(TableCell.text("e\u0301"), TableCell.number(22)),
                        List.of(TableCell.text("✅😀"), TableCell.EMPTY)));
        assertThat(TableFormat.PRETTY.write(table))
                .isEqualTo(
                        """
                        + 日本 +----+
                        | Name |  N |
                        +------+----+
                        | 日本 |  1 |
                        | e\u0301    | 22 |
                        | ✅😀 |    |
                        +------+----+
                        """);
    }

    @Test
    void aTitleIsCutWhereTheFrameEndsAlsoAmidWideCharacters() {
        Table table =
                new Table(Optional.of(" 日本日本日本日本"), List.of(Table.Column.of("Ab", Table.Alignment.LEFT)), List.of());
        assertThat(TableFormat.PRETTY.write(table).lines().findFirst()).contains("+ 日-+");
    }

    @Test
    void aTableWithoutTitleKeepsEmptyCells() {
        List<List<TableCell>> rows = List.of(List.of(TableCell.EMPTY, TableCell.number(1)));
        assertThat(TableFormat.JSON.write(new Table(Optional.empty(), COLUMNS, rows)))
                .isEqualTo("[{\"Name\": \"\", \"N\": 1}]\n");
        assertThat(TableFormat.JSON.write(new Table(Optional.of("t"), COLUMNS, rows)))
                .isEqualTo("[{\"N\": 1}]\n");
    }

    @Test
    void aTableWithoutColumnsIsAnEmptyFrame() {
        Table table = new Table(Optional.of("t"), List.of(), List.of());
        assertThat(TableFormat.PRETTY.write(table).lines()).hasSize(4);
        assertThat(TableFormat.YAML.write(table)).isEqualTo("[]\n\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table(Optional.empty(), COLUMNS, List.of(List.of(TableCell.EMPTY))))
                .hasMessageContaining("1 cells, not 2");
    }

    @Test
    void aNameForTwoColumnsIsRefused() {
        assertThatThrownBy(() -> new Table(Optional.empty(), List.of(COLUMNS.get(0), COLUMNS.get(0)), List.of()))
                .hasMessageContaining("two columns are named Name");
    }

    @Test
    void aCellWithoutAnythingIsEmpty() {
        assertThat(List.of(
                        TableCell.text(""),
                        TableCell.block(Map.of()),
                        TableCell.flow(Map.of()),
                        TableCell.lines(List.of(), List.of())))
                .allMatch(TableCell.EMPTY::equals);
    }
}
