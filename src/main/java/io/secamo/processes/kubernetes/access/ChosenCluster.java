package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.client.Config;

/**
 * A cluster, and how to reach it.
 *
 * @param config for the client
 * @param cluster what the kubeconfig file calls it
 * @param context the context that leads there
 */
public record ChosenCluster(Config config, String cluster, String context) {}
