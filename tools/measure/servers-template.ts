/**
 * So many servers on a network of their own, each with a port and a volume; a security group for all, and an address of the
 * world for every tenth.
 */
export function serversTemplate(count: number): object {
  const get = (name: string) => ({ get_resource: name })
  const one = (i: number): object => ({
    [`port-${i}`]: {
      type: 'OS::Neutron::Port',
      properties: {
        network: get('network'),
        fixed_ips: [{ subnet: get('subnet') }],
        security_groups: [get('group')],
      },
    },
    [`server-${i}`]: {
      type: 'OS::Nova::Server',
      properties: { image: 'cirros', flavor: 'm1.tiny', networks: [{ port: get(`port-${i}`) }] },
    },
    [`volume-${i}`]: { type: 'OS::Cinder::Volume', properties: { size: 1 } },
    [`attachment-${i}`]: {
      type: 'OS::Cinder::VolumeAttachment',
      properties: { instance_uuid: get(`server-${i}`), volume_id: get(`volume-${i}`) },
    },
    ...(i % 10 === 0 && {
      [`address-${i}`]: {
        type: 'OS::Neutron::FloatingIP',
        properties: { floating_network: 'public', port_id: get(`port-${i}`) },
        depends_on: ['gate'],
      },
    }),
  })
  return {
    heat_template_version: '2018-08-31',
    resources: Object.assign(
      {
        network: { type: 'OS::Neutron::Net' },
        subnet: {
          type: 'OS::Neutron::Subnet',
          properties: { network: get('network'), cidr: '10.40.0.0/22' },
        },
        group: {
          type: 'OS::Neutron::SecurityGroup',
          properties: { rules: [{ protocol: 'tcp', port_range_min: 22, port_range_max: 22 }] },
        },
        router: {
          type: 'OS::Neutron::Router',
          properties: { external_gateway_info: { network: 'public' } },
        },
        gate: {
          type: 'OS::Neutron::RouterInterface',
          properties: { router: get('router'), subnet: get('subnet') },
        },
      },
      ...Array.from({ length: count }, (_, i) => one(i)),
    ),
  }
}
