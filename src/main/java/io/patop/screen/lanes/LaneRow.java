package io.patop.screen.lanes;

import io.patop.screen.terminal.Cell;
import java.util.List;

/**
 * One lane as it is drawn.
 *
 * @param label its name
 * @param cells a sign for each column, from left to right
 * @param told what each column says in words
 */
record LaneRow(Cell label, List<Cell> cells, List<String> told) {

    LaneRow {
        cells = List.copyOf(cells);
        told = List.copyOf(told);
    }
}
