/**
 * The commands of patronictl with its wording, its questions and its tables, so that a person who knows patronictl
 * knows them.
 *
 * <p>A cluster is asked once ({@link io.patop.command.patronictl.ClusterSnapshot}), and nothing is sent to a node
 * that is not the member that was meant.
 */
package io.patop.command.patronictl;
