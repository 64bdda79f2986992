/** What holds for every procedure, and one that exists in these tests only. */
package io.secamo.processes.contract;
