/**
 * The ports through which processes reach outside systems, in the words of the process rather than
 * of a vendor.
 */
@NullMarked
package io.secamo.processes.connector;

import org.jspecify.annotations.NullMarked;
