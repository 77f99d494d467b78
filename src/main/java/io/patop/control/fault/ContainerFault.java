package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.watch.model.Action;
import java.util.Map;

/** One fault in a container. It does no more than is asked: the journal and the order are the lever's business. */
interface ContainerFault {

    /**
     * Checks that it can be caused, and reads what must be known to undo it. Changes nothing.
     *
     * @return what was there before, or why the fault cannot be caused
     */
    Answer<Map<String, String>> before(Action.Inject.Place place);

    /** Causes it. If that fails half-way, {@link #undo} is called. */
    Answer<String> cause(Action.Inject.Place place, Map<String, String> before);

    /** Undoes it. Where there is nothing left to undo, that is well. */
    Answer<String> undo(String containerId, Map<String, String> before);
}
