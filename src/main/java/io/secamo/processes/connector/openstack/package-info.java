/**
 * OpenStack as a firewall: Keystone for the sign-in and the address of the network service, Neutron
 * for the rules of security groups.
 */
@NullMarked
package io.secamo.processes.connector.openstack;

import org.jspecify.annotations.NullMarked;
