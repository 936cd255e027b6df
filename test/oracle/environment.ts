import type { JsonMap } from '../../src/base/json.ts'
import { type Environment, parseEnvironment } from '../../src/template/index.ts'

/** The environment that the original has by default, with values for parameters. */
export function environmentWith(parameters: JsonMap): Environment {
  const { value } = parseEnvironment({ parameters, resource_registry: aliases })
  if (value === undefined) throw new Error('the environment of the comparison can not be read')
  return value
}

const aliases = {
  'OS::Quantum*': 'OS::Neutron*',
  'OS::Metering::Alarm': 'OS::Aodh::Alarm',
  'OS::Ceilometer::Alarm': 'OS::Aodh::Alarm',
  'OS::Ceilometer::GnocchiResourcesAlarm': 'OS::Aodh::GnocchiResourcesAlarm',
  'OS::Ceilometer::GnocchiAggregationByMetricsAlarm': 'OS::Aodh::GnocchiAggregationByMetricsAlarm',
  'OS::Ceilometer::GnocchiAggregationByResourcesAlarm': 'OS::Aodh::GnocchiAggregationByResourcesAlarm',
  'OS::Ceilometer::CombinationAlarm': 'OS::Aodh::CombinationAlarm',
}
