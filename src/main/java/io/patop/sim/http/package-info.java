/**
 * HTTP as the simulated servers speak it: sockets, requests, replies and Python's JSON.
 */
package io.patop.sim.http;
