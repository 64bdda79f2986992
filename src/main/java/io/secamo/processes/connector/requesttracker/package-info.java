/**
 * Request Tracker 5 as a ticket system, over its REST2 interface. A custom field with unique values
 * carries our key.
 */
@NullMarked
package io.secamo.processes.connector.requesttracker;

import org.jspecify.annotations.NullMarked;
