/** Evidence of many requests, as files to be kept and verified elsewhere. */
@NullMarked
package io.secamo.processes.cli.export;

import org.jspecify.annotations.NullMarked;
