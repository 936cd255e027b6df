import { and } from '../functions/and.ts'
import { base64 } from '../functions/cfn/base64.ts'
import { getAvailabilityZones } from '../functions/cfn/get-availability-zones.ts'
import { join } from '../functions/cfn/join.ts'
import { memberListToMap } from '../functions/cfn/member-list-to-map.ts'
import { ref } from '../functions/cfn/ref.ts'
import { replace } from '../functions/cfn/replace.ts'
import { resourceFacadeInCfn } from '../functions/cfn/resource-facade.ts'
import { select } from '../functions/cfn/select.ts'
import { split } from '../functions/cfn/split.ts'
import { contains } from '../functions/contains.ts'
import { digest } from '../functions/digest.ts'
import { equals } from '../functions/equals.ts'
import { filter } from '../functions/filter.ts'
import { getAttr, getAttrOrAll, getAttrThenSelect } from '../functions/get-attr.ts'
import { getFile } from '../functions/get-file.ts'
import { getParam } from '../functions/get-param.ts'
import { getResource } from '../functions/get-resource.ts'
import { ifElse, ifOrDrop } from '../functions/if.ts'
import { listConcat, listConcatUnique } from '../functions/list-concat.ts'
import { listJoin, listJoinMultiple } from '../functions/list-join.ts'
import { makeUrl } from '../functions/make-url.ts'
import { mapMerge } from '../functions/map-merge.ts'
import { mapReplace } from '../functions/map-replace.ts'
import { not } from '../functions/not.ts'
import { or } from '../functions/or.ts'
import { repeatLists, repeatMaps, repeatPermutations } from '../functions/repeat.ts'
import { resourceFacade } from '../functions/resource-facade.ts'
import {
  strReplace,
  strReplaceScalars,
  strReplaceStrict,
  strReplaceVeryStrict,
} from '../functions/str-replace.ts'
import { strSplit } from '../functions/str-split.ts'
import { yaql } from '../functions/yaql.ts'
import { type Version, version, type Words } from './version.ts'

const words: Words = {
  version: 'heat_template_version',
  description: 'description',
  parameters: 'parameters',
  parameterGroups: 'parameter_groups',
  resources: 'resources',
  outputs: 'outputs',
  resource: {
    type: 'type',
    properties: 'properties',
    metadata: 'metadata',
    dependsOn: 'depends_on',
    deletionPolicy: 'deletion_policy',
    updatePolicy: 'update_policy',
    description: 'description',
  },
  output: { value: 'value', description: 'description' },
  parameter: {
    type: 'type',
    description: 'description',
    default: 'default',
    schema: 'schema',
    constraints: 'constraints',
    hidden: 'hidden',
    label: 'label',
    immutable: 'immutable',
  },
}

const nothingYet: Omit<Version, 'name' | 'aliases'> = {
  key: 'heat_template_version',
  type: 'hot',
  functions: new Map(),
  conditionFunctions: new Map(),
  removed: new Set(),
  listedFirst: [],
  words,
  parameterTypes: {
    string: 'string',
    number: 'number',
    comma_delimited_list: 'comma_delimited_list',
    json: 'json',
    boolean: 'boolean',
  },
  constraints: ['range', 'length', 'allowed_values', 'allowed_pattern', 'custom_constraint'],
  deletionPolicies: { Delete: 'Delete', Retain: 'Retain', Snapshot: 'Snapshot' },
}

const v2013_05_23 = version('2013-05-23', nothingYet, {
  adds: [
    getAvailabilityZones,
    getParam,
    getResource,
    ref,
    getAttrThenSelect,
    select,
    join,
    listJoin,
    split,
    strReplaceScalars,
    replace,
    base64,
    memberListToMap,
    resourceFacade,
    resourceFacadeInCfn,
    getFile,
  ],
})

const v2014_10_16 = version('2014-10-16', v2013_05_23, {
  adds: [getAttr],
  removes: [
    getAvailabilityZones.name,
    join.name,
    split.name,
    replace.name,
    base64.name,
    memberListToMap.name,
    resourceFacadeInCfn.name,
    ref.name,
  ],
  listedFirst: [
    'get_attr',
    'get_file',
    'get_param',
    'get_resource',
    'list_join',
    'repeat',
    'resource_facade',
    'str_replace',
  ],
})

const v2015_04_30 = version('2015-04-30', v2014_10_16, { adds: [repeatLists, digest] })

const v2015_10_15 = version('2015-10-15', v2015_04_30, {
  adds: [getAttrOrAll, listJoinMultiple, strReplace, strSplit],
  removes: [select.name],
})

const v2016_04_08 = version('2016-04-08', v2015_10_15, { adds: [mapMerge] })

const v2016_10_14 = version('2016-10-14', v2016_04_08, {
  aliases: ['newton'],
  adds: [repeatMaps, yaql, mapReplace, ifElse],
  addsConditions: [getParam, equals, not, and, or],
  words: (before) => ({
    ...before,
    conditions: 'conditions',
    resource: { ...before.resource, externalId: 'external_id', condition: 'condition' },
    output: { ...before.output, condition: 'condition' },
  }),
  deletionPolicies: {
    ...nothingYet.deletionPolicies,
    delete: 'Delete',
    retain: 'Retain',
    snapshot: 'Snapshot',
  },
})

const v2017_02_24 = version('2017-02-24', v2016_10_14, {
  aliases: ['ocata'],
  adds: [filter, strReplaceStrict],
  constraints: ['modulo', ...nothingYet.constraints],
})

const v2017_09_01 = version('2017-09-01', v2017_02_24, {
  aliases: ['pike'],
  adds: [makeUrl, listConcat, strReplaceVeryStrict, listConcatUnique, contains, repeatPermutations],
  addsConditions: [contains, yaql],
})

const v2018_03_02 = version('2018-03-02', v2017_09_01, {
  aliases: ['queens'],
  words: (before) => ({ ...before, parameter: { ...before.parameter, tags: 'tags' } }),
})

const v2018_08_31 = version('2018-08-31', v2018_03_02, { aliases: ['rocky'] })

const v2021_04_16 = version('2021-04-16', v2018_08_31, { aliases: ['wallaby'], adds: [ifOrDrop] })

/** The versions of the native template language, the oldest first. */
export const hotVersions: readonly Version[] = [
  v2013_05_23,
  v2014_10_16,
  v2015_04_30,
  v2015_10_15,
  v2016_04_08,
  v2016_10_14,
  v2017_02_24,
  v2017_09_01,
  v2018_03_02,
  v2018_08_31,
  v2021_04_16,
]
