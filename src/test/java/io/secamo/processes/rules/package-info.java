/** Rules about the sources themselves. They take seconds, so they run before all other tests. */
package io.secamo.processes.rules;
