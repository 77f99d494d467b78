/**
 * The places where members are run and Docker does not run them: commands of one's own, systemd over ssh,
 * pods of Kubernetes. Each is a class that makes argument lists; one injector runs them, with the journal written before.
 *
 * <p>No shell of this machine is ever used, and nothing here reads a configuration file.
 */
package io.patop.control.place;
