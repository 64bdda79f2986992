/** Changes of objects as JSON merge patches: what is different, and how it is sent. */
@NullMarked
package io.secamo.processes.kubernetes.patch;

import org.jspecify.annotations.NullMarked;
