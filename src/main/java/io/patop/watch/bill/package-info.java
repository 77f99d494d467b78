/** What an outage consists of: each piece with the setting that rules it, and what would make it shorter. */
package io.patop.watch.bill;
