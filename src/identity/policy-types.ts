/** The resource types that only administrators may use; `Prefix::*` is every type below it. */
export const resourceTypeRules: readonly string[] = [
  ...['Flavor', 'Quota', 'HostAggregate'].map((name) => `OS::Nova::${name}`),
  ...['EncryptedVolumeType', 'VolumeType', 'Quota', 'QoSSpecs', 'QoSAssociation'].map(
    (name) => `OS::Cinder::${name}`,
  ),
  ...['Quota', 'ProviderNet', 'QoSPolicy', 'Segment'].map((name) => `OS::Neutron::${name}`),
  ...['BandwidthLimit', 'DscpMarking', 'MinimumBandwidth', 'MinimumPacketRate'].map(
    (name) => `OS::Neutron::QoS${name}Rule`,
  ),
  ...['Quota', 'Flavor', 'FlavorProfile', 'AvailabilityZone', 'AvailabilityZoneProfile'].map(
    (name) => `OS::Octavia::${name}`,
  ),
  'OS::Manila::ShareType',
  'OS::Keystone::*',
  'OS::Blazar::Host',
]
