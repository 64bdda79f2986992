/** What shapes the schemas of the CRDs beyond what annotations say. */
@NullMarked
package io.secamo.processes.api.schema;

import org.jspecify.annotations.NullMarked;
