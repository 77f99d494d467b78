/**
 * The tables and messages of patronictl, as each version of Patroni prints them: members, topology, history.
 *
 * <p>Nothing is asked here.
 */
package io.patop.command.patronictl.table;
