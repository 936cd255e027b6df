import { any, anyList, map, string } from '../../../schema/index.ts'

/** What a server tells of itself. */
export const attributes = {
  name: string('The name of the server.'),
  addresses: map(
    'All addresses, by the name and by the ID of their network, each with its port, its subnets and its network.',
    { since: '11.0.0' },
  ),
  networks: map('The addresses alone, by the name and by the ID of their network.'),
  first_address: any('The first address of the server, or an empty text. Better ask networks.', {
    since: '5.0.0',
    support: 'HIDDEN',
  }),
  instance_name: string('The name that the hypervisor knows the server by. Administrators only.', {
    live: 'OS-EXT-SRV-ATTR:instance_name',
  }),
  accessIPv4: string('An IPv4 address that was set for the server by hand.', {
    since: '14.0.0',
    support: 'DEPRECATED',
  }),
  accessIPv6: string('An IPv6 address that was set for the server by hand.', {
    since: '14.0.0',
    support: 'DEPRECATED',
  }),
  console_urls: map(
    'Where the consoles of the server can be seen, by type: novnc, xvpvnc, spice-html5, rdp-html5, serial, webmks.',
    { since: '2015.1', fresh: true },
  ),
  tags: anyList('The tags of the server.', { since: '8.0.0' }),
  os_collect_config: map('How the agent in the server learns of software deployments.', {
    since: '9.0.0',
    fresh: true,
  }),
}
