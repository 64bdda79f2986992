/**
 * What goes away in another way than a person deleting one request: namespaces, lost finalizers.
 */
@NullMarked
package io.secamo.processes.kubernetes.leaving;

import org.jspecify.annotations.NullMarked;
