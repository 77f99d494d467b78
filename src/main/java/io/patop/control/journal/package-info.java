/**
 * The journal of what patop has broken and how to mend it: written before anything is broken, so that a patop that was
 * killed leaves a note. Nothing is broken or mended here.
 */
package io.patop.control.journal;
