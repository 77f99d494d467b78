package io.patop.command.shell;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Writes a table as comma separated values with a line of names; values with commas or quotes are quoted. */
public final class CsvText {

    private static final ObjectWriter LINES = new CsvMapper()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .writerFor(List.class);

    private CsvText() {}

    /** Returns the whole text, with its last line end. */
    public static String of(Table table) {
        StringWriter text = new StringWriter();
        try (SequenceWriter lines = LINES.writeValues(text)) {
            lines.write(table.columns().stream().map(Table.Column::name).toList());
            for (List<TableCell> row : table.rows()) {
                lines.write(row.stream().map(TableCell::printableLine).toList());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }
}
