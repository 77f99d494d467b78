/**
 * The commands that patronictl has, with its words, its questions and its tables; who knows patronictl knows them.
 *
 * <p>A cluster is asked once ({@link io.patop.command.patronictl.ClusterSnapshot}), and nothing is sent to a node that is
 * not the member that was meant.
 */
package io.patop.command.patronictl;
