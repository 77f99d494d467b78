/**
 * Lengths and moments as far as they can be measured, and a clock that tells when it was set.
 */
package io.patop.time;
