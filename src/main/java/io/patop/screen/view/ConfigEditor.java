package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import java.util.function.Consumer;

/** Lets a person edit the whole configuration in their editor, on the terminal that patop has left meanwhile. */
public interface ConfigEditor {

    /** What the editor's end means. */
    sealed interface Outcome {

        /** Calls the one of the two that fits. */
        void accept(Consumer<DynamicConfig> edited, Consumer<String> nothing);

        /**
         * The configuration was saved.
         *
         * @param config the configuration as it was read back
         */
        record Edited(DynamicConfig config) implements Outcome {
            @Override
            public void accept(Consumer<DynamicConfig> edited, Consumer<String> nothing) {
                edited.accept(config);
            }
        }

        /**
         * The configuration was not saved, or cannot be read.
         *
         * @param why the reason, in one line
         */
        record Nothing(String why) implements Outcome {
            @Override
            public void accept(Consumer<DynamicConfig> edited, Consumer<String> nothing) {
                nothing.accept(why);
            }
        }
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
