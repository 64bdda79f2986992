/**
 * The custom resources people write and read: two API groups, their fields, conditions, reasons and
 * annotation keys. Data only; what happens with it is decided elsewhere.
 */
@NullMarked
package io.secamo.processes.api;

import org.jspecify.annotations.NullMarked;
