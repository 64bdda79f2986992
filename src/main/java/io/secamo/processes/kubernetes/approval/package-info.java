/** Approval policies and who may vote, as the API server knows them. */
@NullMarked
package io.secamo.processes.kubernetes.approval;

import org.jspecify.annotations.NullMarked;
