/**
 * The views of a dashboard and the parts they are made of: members, topology, events, HAProxy, services, the API's
 * JSON, configuration, history, the probe, and the large letters for talks.
 *
 * <p>A view draws a scene on a canvas and handles its own keys; it sends nothing.
 */
package io.patop.screen.view;
