import { base64 } from '../functions/cfn/base64.ts'
import { andInCfn, equalsInCfn, notInCfn, orInCfn } from '../functions/cfn/conditions.ts'
import { findInMap } from '../functions/cfn/find-in-map.ts'
import { getAtt } from '../functions/cfn/get-att.ts'
import { getAvailabilityZones } from '../functions/cfn/get-availability-zones.ts'
import { ifInCfn } from '../functions/cfn/if.ts'
import { join } from '../functions/cfn/join.ts'
import { memberListToMap } from '../functions/cfn/member-list-to-map.ts'
import { ref } from '../functions/cfn/ref.ts'
import { replace } from '../functions/cfn/replace.ts'
import { resourceFacadeInCfn } from '../functions/cfn/resource-facade.ts'
import { select } from '../functions/cfn/select.ts'
import { split } from '../functions/cfn/split.ts'
import { type Version, version, type Words } from './version.ts'

const words: Words = {
  version: 'HeatTemplateFormatVersion',
  otherVersion: 'AWSTemplateFormatVersion',
  description: 'Description',
  mappings: 'Mappings',
  parameters: 'Parameters',
  resources: 'Resources',
  outputs: 'Outputs',
  resource: {
    type: 'Type',
    properties: 'Properties',
    metadata: 'Metadata',
    dependsOn: 'DependsOn',
    deletionPolicy: 'DeletionPolicy',
    updatePolicy: 'UpdatePolicy',
    description: 'Description',
  },
  output: { value: 'Value', description: 'Description' },
  parameter: {
    type: 'Type',
    description: 'Description',
    default: 'Default',
    hidden: 'NoEcho',
    label: 'Label',
    minValue: 'MinValue',
    maxValue: 'MaxValue',
    minLength: 'MinLength',
    maxLength: 'MaxLength',
    allowedValues: 'AllowedValues',
    allowedPattern: 'AllowedPattern',
    constraintDescription: 'ConstraintDescription',
  },
}

const nothingYet: Omit<Version, 'name' | 'aliases'> = {
  key: 'HeatTemplateFormatVersion',
  type: 'cfn',
  functions: new Map(),
  conditionFunctions: new Map(),
  removed: new Set(),
  listedFirst: [],
  words,
  parameterTypes: {
    String: 'string',
    Number: 'number',
    CommaDelimitedList: 'comma_delimited_list',
    Json: 'json',
    Boolean: 'boolean',
  },
  constraints: ['range', 'length', 'allowed_values', 'allowed_pattern'],
  deletionPolicies: { Delete: 'Delete', Retain: 'Retain', Snapshot: 'Snapshot' },
  openResources: true,
}

const v2012_12_12 = version('2012-12-12', nothingYet, {
  adds: [
    findInMap,
    getAvailabilityZones,
    ref,
    getAtt,
    select,
    join,
    split,
    replace,
    base64,
    memberListToMap,
    resourceFacadeInCfn,
  ],
})

/** Amazon's version is the older by its name, and has more: what Heat's own has, and conditions. */
const v2010_09_09 = version('2010-09-09', v2012_12_12, {
  key: 'AWSTemplateFormatVersion',
  adds: [ifInCfn],
  addsConditions: [equalsInCfn, ref, findInMap, notInCfn, andInCfn, orInCfn],
  words: (before) => ({
    ...before,
    version: 'AWSTemplateFormatVersion',
    otherVersion: 'HeatTemplateFormatVersion',
    conditions: 'Conditions',
    resource: { ...before.resource, condition: 'Condition' },
    output: { ...before.output, condition: 'Condition' },
  }),
})

/** The versions of the template language of CloudFormation, the oldest first. */
export const cfnVersions: readonly Version[] = [v2010_09_09, v2012_12_12]
