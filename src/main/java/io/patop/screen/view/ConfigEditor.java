package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;

/** Lets a person edit the whole configuration in their editor, on the terminal that patop has left meanwhile. */
public interface ConfigEditor {

    /** What the editor's end means. */
    sealed interface Outcome {

        /**
         * The configuration was saved.
         *
         * @param config the configuration as it was read back
         */
        record Edited(DynamicConfig config) implements Outcome {}

        /**
         * The configuration was not saved, or cannot be read.
         *
         * @param why the reason, in one line
         */
        record Nothing(String why) implements Outcome {}
    }

    /** An editor that is not available. */
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

    /** Ends the editor if it runs. For any thread. */
    void end();
}
