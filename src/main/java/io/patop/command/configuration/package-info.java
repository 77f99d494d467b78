/** patop's own configuration file: the clusters of a fleet, options, keys and colours. A mistake is told with its line. */
package io.patop.command.configuration;
