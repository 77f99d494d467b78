/**
 * The view of HAProxy, for those who know hatop: its pages, details, keys and console.
 */
package io.patop.screen.view.haproxy;
