/** What a kind of problem is, for whoever meets it. */
export interface ProblemKind {
  /** What it says of the template, environment or value. */
  readonly means: string
  readonly remedy: string
  /** Which part of what stands at the problem's path is at fault. */
  readonly offends: 'key' | 'value'
  /** Only an error keeps anything from being made; absent: an error. */
  readonly severity?: 'error' | 'warning' | 'info'
  /** The error that REST callers know it as; absent: `StackValidationFailed`. */
  readonly errorType?: string
}

/** Every kind of problem with a template, an environment or the values given to them, by its stable code. */
export const problemKinds = {
  CircularCondition: {
    means: 'Conditions name each other in a circle, so that none of them can be worked out.',
    remedy: 'Let one of them stand on parameters only.',
    offends: 'key',
  },
  CircularDependency: {
    means: 'Resources need each other in a circle, so that none of them can be made first.',
    remedy: 'Take one of the references or `depends_on` in the circle out; the message names its resources.',
    offends: 'key',
    errorType: 'CircularDependencyException',
  },
  ConditionMalformed: {
    means: 'A condition came to something that is neither true nor false.',
    remedy: 'Define it by a condition function, such as `equals`, or by a truth value.',
    offends: 'value',
  },
  ConflictingMergeStrategy: {
    means: 'Environment files say differently how one parameter is to be merged.',
    remedy: 'Give the parameter one strategy in all files.',
    offends: 'key',
    errorType: 'ConflictingMergeStrategyForParam',
  },
  ConstraintBroken: {
    means: 'The value is of the right type, and breaks a rule that the property has.',
    remedy: 'Give a value that meets the rule; the message says which.',
    offends: 'value',
  },
  DuplicateName: {
    means: 'A parameter and a resource have the same name.',
    remedy: 'Rename one of them.',
    offends: 'key',
  },
  EnvironmentMalformed: {
    means: 'The environment is not YAML or JSON, or is not made as an environment must be.',
    remedy: 'Mend it at the place named; an environment is a map of a few known sections.',
    offends: 'key',
    errorType: 'HTTPBadRequest',
  },
  ExternalResourceDependency: {
    means:
      'A resource that is taken over (`external_id`) depends on another one. It is there already, so it waits for nothing.',
    remedy: 'Take `depends_on` away.',
    offends: 'value',
    errorType: 'InvalidExternalResourceDependency',
  },
  FacadeMismatch: {
    means:
      'The template that the environment puts in place of a resource type does not take its properties or give its attributes.',
    remedy: 'Give the template the parameters and outputs that the message names.',
    offends: 'value',
  },
  FileUnreadable: {
    means: 'A file that the template or an environment names could not be read.',
    remedy: 'Names are sought beside the file that names them: mend the name, or put the file there.',
    offends: 'value',
  },
  FunctionFailed: {
    means: 'A function could not do its work with these arguments.',
    remedy: 'The message says what it needs; the reference of functions has examples.',
    offends: 'key',
  },
  FunctionMisused: {
    means: "The function's arguments are not written in a form that it takes.",
    remedy: 'The message says which form; the reference of functions has examples.',
    offends: 'key',
  },
  FunctionOutOfPlace: {
    means: 'The function may not be called here: conditions have functions of their own.',
    remedy: 'Use a condition function here, or work the value out elsewhere.',
    offends: 'key',
  },
  FunctionRemoved: {
    means:
      'An earlier version of the language has the function; the one that the template names has it no more.',
    remedy: 'Use the function that took its place, or name the earlier version.',
    offends: 'key',
  },
  InvalidCondition: {
    means:
      'What stands where a condition is expected is none: no such condition is defined, or it is no truth value.',
    remedy: 'Name a condition of the `conditions` section, or define it there.',
    offends: 'value',
  },
  InvalidDeletionPolicy: {
    means: 'There is no such deletion policy.',
    remedy: 'Use Delete, Retain or Snapshot.',
    offends: 'value',
  },
  InvalidHook: {
    means: 'There is no such hook to set on a resource.',
    remedy: 'Use pre-create, pre-update, pre-delete, post-create, post-update or post-delete.',
    offends: 'value',
    errorType: 'InvalidBreakPointHook',
  },
  InvalidMergeStrategy: {
    means:
      'There is no such way to merge the parameters of several environment files, or not for this type of parameter.',
    remedy: 'Use overwrite, merge or deep_merge; deep_merge is for json parameters.',
    offends: 'value',
    errorType: 'InvalidMergeStrategyForParam',
  },
  InvalidOutput: {
    means: 'An output is not written as an output must be.',
    remedy: 'An output is a map with a `value`.',
    offends: 'key',
  },
  InvalidOutputReference: {
    means:
      'An output reads an attribute of a resource that the template does not have, or that its condition leaves out.',
    remedy: 'Name a resource of this template, or put the output under the same condition.',
    offends: 'value',
  },
  InvalidParameter: {
    means:
      'A parameter is not declared as parameters must be, or its default does not meet its own declaration.',
    remedy: 'Mend the declaration as the message says.',
    offends: 'key',
    errorType: 'InvalidSchemaError',
  },
  InvalidParameterGroup: {
    means: 'A group of parameters names what is no parameter, or one that is in another group.',
    remedy: 'List each declared parameter in one group at most.',
    offends: 'key',
  },
  InvalidParameterValue: {
    means: 'The value given for a parameter is not of its type, or breaks one of its constraints.',
    remedy: 'Give another value; the message says what it must be.',
    offends: 'value',
  },
  InvalidReference: {
    means:
      'Something refers to a resource that the template does not have, or that its condition leaves out.',
    remedy:
      'Name a resource of this template; what a condition leaves out may be read only under the same condition.',
    offends: 'value',
    errorType: 'InvalidTemplateReference',
  },
  InvalidRegistry: {
    means: 'An entry of the resource registry is neither a type, nor a file, nor nothing.',
    remedy: 'Map a type to a type, to a path or URL, or to null.',
    offends: 'value',
  },
  InvalidResource: {
    means: 'A resource is not written as a resource must be.',
    remedy: 'A resource is a map with a `type`; properties stand under `properties`.',
    offends: 'key',
  },
  InvalidRestrictedAction: {
    means: 'There is no such action to forbid.',
    remedy: 'Use update or replace.',
    offends: 'value',
    errorType: 'InvalidRestrictedAction',
  },
  InvalidSection: {
    means: 'A template of this version has no such section.',
    remedy: 'Use the name of a known section, or name the version that has it.',
    offends: 'key',
  },
  InvalidVersion: {
    means: 'The template names no version of the language, or one that is not known.',
    remedy: 'Write `heat_template_version` with one of the known dates or names, as text or date.',
    offends: 'value',
    errorType: 'InvalidTemplateVersion',
  },
  MissingProperty: {
    means: 'A property without which the resource can not be made is not there.',
    remedy: 'Give it a value.',
    offends: 'key',
  },
  NestedTooDeep: {
    means:
      'Templates stand in templates deeper than is allowed, most often because one leads back to itself.',
    remedy: 'Take the circle out, or nest less deeply.',
    offends: 'key',
  },
  NotImplemented: {
    means: 'The property is known by name, but no cloud does any more what it asks for.',
    remedy: 'Take it out.',
    offends: 'key',
  },
  ParameterMissing: {
    means: 'A parameter that has no default has no value, or none of that name is declared.',
    remedy: 'Give it with --parameter or in an environment, give it a default, or mend the name.',
    offends: 'value',
    errorType: 'UserParameterMissing',
  },
  SnapshotNotSupported: {
    means: 'No snapshot can be taken of resources of this type.',
    remedy: 'Use Delete or Retain.',
    offends: 'value',
  },
  TemplateMalformed: {
    means: 'The template is not YAML or JSON, or names no version of the language.',
    remedy: 'Mend it at the place named. A template is a map that begins with its version.',
    offends: 'key',
    errorType: 'HTTPBadRequest',
  },
  TooLarge: {
    means: 'A text, or what functions make of it, goes beyond what is allowed.',
    remedy: 'Make it smaller, or split it into nested templates.',
    offends: 'key',
    errorType: 'RequestLimitExceeded',
  },
  TooManyProblems: {
    means: 'There are so many problems that the rest are only counted.',
    remedy: 'Mend those that are told, and look again.',
    offends: 'key',
  },
  TwoSpellings: {
    means: 'A property is given twice: by its name and by an older one.',
    remedy: 'Keep the newer.',
    offends: 'key',
  },
  TypeNotChecked: {
    means:
      'A template was checked without a service, and nothing is known here of this resource type. It is one of Heat or of a vendor.',
    remedy: 'Nothing, or let a service check it: `hearth template validate --service`.',
    offends: 'value',
    severity: 'info',
  },
  UndecidedParameter: {
    means:
      'A condition asks for a parameter that has no value, so that it can not be told what the template holds.',
    remedy: 'Give the parameter a value or a default.',
    offends: 'value',
    errorType: 'UserParameterMissing',
  },
  UnknownAttribute: {
    means: 'The resource has no such attribute.',
    remedy: 'Read one that the type of the resource has; its reference page lists them.',
    offends: 'value',
  },
  UnknownName: {
    means: 'A `Ref` names neither a resource nor a parameter.',
    remedy: 'Mend the name.',
    offends: 'value',
  },
  UnknownParameter: {
    means: 'A value is given for a parameter that the template does not declare.',
    remedy: 'Mend the name, or use `parameter_defaults` for values that not every template takes.',
    offends: 'key',
    errorType: 'UnknownUserParameter',
  },
  UnknownProperty: {
    means: 'Resources of this type have no such property.',
    remedy: 'Mend the name; the reference page of the type lists all.',
    offends: 'key',
  },
  UnknownType: {
    means: 'There is no such resource type, or the file that the type names is not there.',
    remedy: 'Mend the name, or map it to a type or a file in the resource registry of an environment.',
    offends: 'value',
  },
  WrongType: {
    means: 'The value is not of the type that the property has.',
    remedy: 'Give a value of that type. A function of a later version is taken as a plain map.',
    offends: 'value',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>

/** The stable name of a kind of problem. */
export type ProblemCode = keyof typeof problemKinds
