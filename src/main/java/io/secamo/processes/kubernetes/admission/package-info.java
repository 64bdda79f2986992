/** Makes sure, again and again, that the admission policies are what makes votes a proof. */
@NullMarked
package io.secamo.processes.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
