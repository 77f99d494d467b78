package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;

/** Lets a person edit the whole configuration in the editor of their choice, on the terminal that patop has left. */
public interface ConfigEditor {

    /** What came of it. */
    sealed interface Outcome {

        /**
         * It was saved.
         *
         * @param config as it reads now
         */
        record Edited(DynamicConfig config) implements Outcome {}

        /**
         * It was not, or cannot be read.
         *
         * @param why one line
         */
        record Nothing(String why) implements Outcome {}
    }

    /** Nobody can edit here. */
    ConfigEditor NONE = new ConfigEditor() {
        @Override
        public Outcome edit(DynamicConfig config) {
            return new Outcome.Nothing("no editor here: change one setting with e");
        }

        @Override
        public void end() {}
    };

    /** Starts the editor, and waits until the person leaves it. */
    Outcome edit(DynamicConfig config);

    /** Ends the editor, if one runs. For any thread. */
    void end();
}
