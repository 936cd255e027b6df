import type { JsonMap } from '../../src/base/json.ts'
import type { ProblemCode } from '../../src/template/index.ts'

/** What a kind of problem comes of: a template, unless it is a whole one without its version, and what goes with it. */
export interface ProblemExample {
  /** Without its first line, which is the version. */
  readonly template?: string
  /** The version it is written in; the newest if not said. `null`: the template is whole as it stands. */
  readonly version?: string | null
  /** Environment files in their order. */
  readonly environments?: readonly string[]
  readonly parameters?: JsonMap
  readonly files?: Readonly<Record<string, string>>
}

const nothing = '{type: OS::Heat::None}'

/** For each kind of problem a template that has it; none where no template of today can. */
export const problemExamples: Readonly<Record<ProblemCode, ProblemExample | undefined>> = {
  CircularCondition: {
    template:
      'conditions:\n  large: {not: small}\n  small: {not: large}\nresources:\n  server:\n    type: OS::Heat::None\n    condition: large\n',
  },
  CircularDependency: {
    template:
      'resources:\n  first: {type: OS::Heat::None, depends_on: second}\n  second: {type: OS::Heat::None, depends_on: first}\n',
  },
  ConditionMalformed: {
    template:
      'parameters:\n  size: {type: number, default: 3}\nconditions:\n  large: {get_param: size}\nresources:\n  server: {type: OS::Heat::None, condition: large}\n',
  },
  ConflictingMergeStrategy: {
    template: 'parameters:\n  zones: {type: comma_delimited_list}\n',
    environments: [
      'parameters: {zones: a}\nparameter_merge_strategies: {zones: merge}\n',
      'parameters: {zones: b}\nparameter_merge_strategies: {zones: overwrite}\n',
    ],
  },
  ConstraintBroken: {
    template: 'resources:\n  password:\n    type: OS::Heat::RandomString\n    properties: {length: 100000}\n',
  },
  DuplicateName: {
    template: `parameters:\n  web: {type: string, default: x}\nresources:\n  web: ${nothing}\n`,
  },
  EnvironmentMalformed: { template: '', environments: ['parametrs: {size: 1}\n'] },
  ExternalResourceDependency: {
    template: `resources:\n  first: ${nothing}\n  net:\n    type: OS::Neutron::Net\n    external_id: 4d3c\n    depends_on: first\n`,
  },
  FacadeMismatch: {
    template: 'resources:\n  net: {type: OS::Neutron::Net}\n',
    environments: ['resource_registry:\n  OS::Neutron::Net: net.yaml\n'],
    files: { 'net.yaml': 'heat_template_version: 2021-04-16\nparameters:\n  colour: {type: string}\n' },
  },
  FileUnreadable: {
    template:
      'resources:\n  server:\n    type: OS::Heat::Value\n    properties: {value: {get_file: gone.sh}}\n',
  },
  FunctionFailed: {
    template:
      'resources:\n  words:\n    type: OS::Heat::Value\n    properties: {value: {list_join: [", ", {a: 1}]}}\n',
  },
  FunctionMisused: {
    template: 'resources:\n  choice:\n    type: OS::Heat::Value\n    properties: {value: {if: large}}\n',
  },
  FunctionOutOfPlace: {
    template: 'conditions:\n  large: {str_split: [",", "a,b"]}\n',
  },
  FunctionRemoved: {
    version: '2015-10-15',
    template: 'outputs:\n  first: {value: {"Fn::Select": [0, [a, b]]}}\n',
  },
  InvalidCondition: { template: 'resources:\n  server: {type: OS::Heat::None, condition: large}\n' },
  InvalidDeletionPolicy: {
    template: 'resources:\n  server: {type: OS::Heat::None, deletion_policy: Keep}\n',
  },
  InvalidHook: {
    template: `resources:\n  server: ${nothing}\n`,
    environments: ['resource_registry:\n  resources:\n    server: {hooks: before-create}\n'],
  },
  InvalidMergeStrategy: {
    template: 'parameters:\n  size: {type: number}\n',
    environments: [
      'parameters: {size: 1}\nparameter_merge_strategies: {size: merge}\n',
      'parameters: {size: many}\nparameter_merge_strategies: {size: merge}\n',
    ],
  },
  InvalidOutput: { template: 'outputs:\n  address: {description: Where it is.}\n' },
  InvalidOutputReference: {
    template: 'outputs:\n  address: {value: {get_attr: [server, first_address]}}\n',
  },
  InvalidParameter: { template: 'parameters:\n  size: {type: integer}\n' },
  InvalidParameterGroup: { template: 'parameter_groups:\n- parameters: [size]\n' },
  InvalidParameterValue: {
    template: 'parameters:\n  size:\n    type: number\n    constraints: [{range: {min: 1, max: 9}}]\n',
    parameters: { size: 12 },
  },
  InvalidReference: { template: 'resources:\n  server: {type: OS::Heat::None, depends_on: sever}\n' },
  InvalidRegistry: {
    template: `resources:\n  server: ${nothing}\n`,
    environments: ['resource_registry:\n  OS::Heat::None: 5\n'],
  },
  InvalidResource: { template: 'resources:\n  server: {type: OS::Heat::None, propertys: {}}\n' },
  InvalidRestrictedAction: {
    template: `resources:\n  server: ${nothing}\n`,
    environments: ['resource_registry:\n  resources:\n    server: {restricted_actions: delete}\n'],
  },
  InvalidSection: { version: '2015-04-30', template: 'conditions:\n  large: true\n' },
  InvalidVersion: { version: '2016-10-15', template: '' },
  MissingProperty: { template: 'resources:\n  address: {type: OS::Neutron::FloatingIP}\n' },
  NestedTooDeep: {
    template: 'resources:\n  inside: {type: self.yaml}\n',
    files: { 'self.yaml': 'heat_template_version: 2021-04-16\nresources:\n  inside: {type: self.yaml}\n' },
  },
  // No type that is built in has such a property.
  NotImplemented: undefined,
  ParameterMissing: {
    template:
      'parameters:\n  size: {type: number}\nresources:\n  words:\n    type: OS::Heat::Value\n    properties: {value: {get_param: sise}}\n',
  },
  SnapshotNotSupported: {
    template: 'resources:\n  net: {type: OS::Neutron::Net, deletion_policy: Snapshot}\n',
  },
  TemplateMalformed: { version: null, template: 'resources: [\n' },
  TooLarge: {
    template:
      'outputs: {}\nresources:\n  many:\n    type: OS::Heat::Value\n    properties:\n      value:\n        repeat:\n          for_each: {<a>: &ten [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], <b>: *ten, <c>: *ten, <d>: *ten, <e>: *ten, <f>: *ten}\n          template: <a><b><c><d><e><f>\n',
  },
  // It would be a long one.
  TooManyProblems: undefined,
  TwoSpellings: {
    template:
      'resources:\n  port:\n    type: OS::Neutron::Port\n    properties: {network: web, network_id: web}\n',
  },
  TypeNotChecked: { template: 'resources:\n  script: {type: OS::Heat::SoftwareDeployment}\n' },
  UndecidedParameter: {
    template:
      'conditions:\n  large: {equals: [{get_param: size}, 9]}\nresources:\n  server: {type: OS::Heat::None, condition: large}\n',
  },
  UnknownAttribute: {
    template:
      'resources:\n  net: {type: OS::Neutron::Net}\noutputs:\n  state: {value: {get_attr: [net, statuss]}}\n',
  },
  UnknownName: {
    version: null,
    template:
      'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  words:\n    Type: OS::Heat::Value\n    Properties: {value: {Ref: size}}\n',
  },
  UnknownParameter: { template: 'parameters: {}\n', parameters: { size: 1 } },
  UnknownProperty: {
    template: 'resources:\n  net:\n    type: OS::Neutron::Net\n    properties: {nmae: web}\n',
  },
  UnknownType: { template: 'resources:\n  server: {type: OS::Nova::Sever}\n' },
  WrongType: {
    template: 'resources:\n  password:\n    type: OS::Heat::RandomString\n    properties: {length: long}\n',
  },
}
