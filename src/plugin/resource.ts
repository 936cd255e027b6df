import type { Json } from '../base/json.ts'
import type { AnyService, ClientOf, Found, Place } from '../cloud/service.ts'
import type { Changes, Infer, Shape, Support, ValueOf } from '../schema/index.ts'
import type { Sibling, Siblings } from '../template/index.ts'
import type { Child } from './child.ts'
import type { OwnUser } from './own-user.ts'
import { spreadRefusals } from './request.ts'
import type { Awaiting, Heard, Signal, Signals } from './signals.ts'
import type { SoftwareConfigs } from './software-configs.ts'

type Services = Readonly<Record<string, AnyService>>
type Clients<U extends Services> = { readonly [K in keyof U]: ClientOf<U[K]> }

type Texts = Readonly<Record<string, string>>

/** Which resource a handler works for. */
export interface Self {
  /** The name in the template. */
  readonly name: string
  /** This resource's own ID; a replacement has another one. */
  readonly uuid: string
  readonly type: string
  readonly stack: { readonly id: string; readonly name: string; readonly projectId: string }
  /** The unique name for the cloud object, within the type's `nameLimit`. */
  readonly physicalName: string
}

/** What a resource keeps for itself between its handlers' calls. A value is durable when the promise resolves. */
export interface Notes {
  get(key: string): string | undefined
  /** `secret` values are stored encrypted. */
  set(key: string, value: string, options?: { readonly secret?: boolean }): Promise<void>
  delete(key: string): Promise<void>
  /**
   * Makes a further cloud object exactly once, whatever crashes: the intent is durable before `make` is called, its
   * answer (an ID) is kept under the key, and after a crash in between `find` is asked for what may have been made. Whoever
   * deletes that object deletes the note too: a resource that failed is deleted and made anew, with the notes that it has.
   */
  ensure(
    key: string,
    how: { readonly make: () => Promise<string>; readonly find: () => Promise<string | undefined> },
  ): Promise<string>
}

/** What every handler is given: the clients of the services it uses, its properties, who it is. */
export type Making<U extends Services, P extends Shape> = Clients<U> & {
  /** The properties with names already turned into IDs. */
  readonly props: Infer<P>
  readonly self: Self
  readonly notes: Notes
  readonly signals: Signals
  readonly user: OwnUser
  readonly configs: SoftwareConfigs
  /** The resource's `metadata` in the template. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Aborted when the stack is deleted or times out meanwhile. */
  readonly signal: AbortSignal
  /** What a stack that is made for this resource gets of its own stack's, with these parameters. */
  readonly inherited: (parameters: Readonly<Record<string, unknown>>) => Inherited
}

/** What one stack hands on to another. */
export interface Inherited {
  readonly files: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, unknown>>
}

export type Existing<U extends Services, P extends Shape> = Making<U, P> & { readonly id: string }

export type Changing<U extends Services, P extends Shape> = Existing<U, P> & {
  /** What to change: only `updatable` properties; one taken away is at its default, or `null`. */
  readonly changed: Changes<P>
  /** The properties as they were when last applied. */
  readonly before: Partial<Infer<P>>
}

/** What `compute` is given. */
export type Asked<U extends Services, P extends Shape> = Existing<U, P> & {
  /** Which part of the attribute is wanted, where only one is; other parts need not be there. */
  readonly path?: readonly (string | number)[]
}

/** Properties as a request is made of them: some of them, and `null` for one taken away. */
export type Given<P extends Shape> = { readonly [K in keyof Infer<P>]?: Infer<P>[K] | null }

/** How the engine tells, from one field of the live object, that the cloud has finished. */
export type Settling<Live, C> = {
  [K in keyof Live & string]: {
    readonly on: K
    readonly ready: readonly Live[K][]
    readonly busy: readonly Live[K][]
    readonly failed: readonly Live[K][]
    /** The cloud's own words for a failure, from the live object. */
    readonly reason?: (live: Live) => string | undefined
    /** A further condition once the status is ready: `false` goes on polling. */
    readonly until?: (context: C & { readonly live: Live }) => boolean | Promise<boolean>
    /** What to do when a poll sees this status, before polling on: a resize waiting to be confirmed. Must be safe to repeat. */
    readonly nudge?: Readonly<Record<string, (context: C) => Promise<void>>>
  }
}[keyof Live & string]

/** Something done to an object that stays what it is, and how the cloud tells that it is done. */
export interface Deed<Live, C> {
  /** Starts it, unless the object already is so; safe to repeat. */
  readonly begin: (context: C) => Promise<unknown>
  /** What is waited for then; if not said, as after any other change. */
  readonly settles?: Settling<Live, C>
}

/** How the state of an object is kept for later, and gone back to. */
export interface Keeping<U extends Services, P extends Shape> {
  /** Under which name its ID stands among the data of the resource, as Heat has it: `snapshot_image_id`. */
  readonly as: string
  /** Starts keeping it and answers with the ID of what is made. The mark is written into that, to know it again. */
  readonly begin: (context: Existing<U, P> & { readonly mark: string }) => Promise<string>
  /**
   * What an earlier `begin` with that mark may have made before a crash; `id` is that of the object. There are no properties
   * where a snapshot is deleted.
   */
  readonly find: (
    context: Clients<U> & { readonly id: string; readonly mark: string; readonly props?: Infer<P> },
  ) => Promise<string | undefined>
  /** Whether it is complete. Throws if the cloud gave up. */
  readonly isKept: (context: Existing<U, P> & { readonly kept: string }) => Promise<boolean>
  /** Deletes it; "not found" is success. */
  readonly remove: (context: Clients<U> & { readonly kept: string }) => Promise<unknown>
  /** Where the cloud refuses to delete it in the middle of something: whether it is at that. Asked after such a refusal. */
  readonly isBusy?: (context: Clients<U> & { readonly kept: string }) => Promise<boolean>
  /** What `restored` has to know of what was kept, besides its ID. */
  readonly read?: (context: Existing<U, P> & { readonly kept: string }) => Promise<unknown>
  /** The properties as a template gives them, changed so that the object comes to be as it was kept. */
  readonly restored: (
    properties: Readonly<Record<string, unknown>>,
    kept: string,
    read?: unknown,
  ) => Readonly<Record<string, unknown>>
}

/** One part of a larger update: done if any of its properties changed, and settled before the next part begins. */
export interface UpdateStep<U extends Services, P extends Shape> {
  readonly on: readonly (keyof Changes<P> & string)[]
  /** Starts the change. Must look first and be safe to repeat: after a crash it is called again. */
  readonly apply: (context: Changing<U, P>) => Promise<unknown>
}

/** An action that a resource can take time for of its own accord. */
export type TimedAction = 'CREATE' | 'UPDATE' | 'DELETE' | 'SUSPEND' | 'RESUME'

interface Described<P extends Shape, A extends Shape> {
  readonly summary: string
  readonly since?: string
  readonly support?: Support
  /** The type that took the place of this one: a resource that becomes of that type goes on with its object. */
  readonly substitutedBy?: string
  readonly properties: P
  readonly attributes: A
  /** Accepts properties and attributes that are not declared (OS::Heat::None). */
  readonly open?: true
  /** It makes nothing in any cloud: a resource of it that nobody reads or waits for has no effect. */
  readonly inert?: true
  /** The further resources of its stack that must be there before it, besides those the template says. */
  readonly needs?: (self: Sibling, siblings: Siblings) => readonly string[]
  /** Rules between properties. The path is below the properties; values may be `UNKNOWN`. `named`: by the template. */
  readonly validate?: (props: Partial<Infer<P>>, named: string) => readonly PropertyRefusal[]
}

export interface PropertyRefusal {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export interface ResourceSpec<U extends Services, P extends Shape, A extends Shape, Live extends Found>
  extends Described<P, A> {
  readonly uses: U
  /** What it makes is a secret itself: nothing of it is stored readable. */
  readonly secret?: true
  /** An extension of the service that must be there: `router`. */
  readonly extension?: string
  /** Where these objects live in the cloud: gives reading, finding, deleting, `show` and plain attributes. */
  readonly lives?: Place<Live>
  /** The longest physical name the cloud takes; 255 if not said. */
  readonly nameLimit?: number
  /**
   * How properties read in a request, where that differs from `body`: each under its own name or the field that its
   * `live` says, `null` (a list: empty) for one taken away.
   */
  readonly request?: (props: Given<P>, body: Readonly<Record<string, unknown>>) => object
  /** Checks that ask a cloud, before anything is made (image and flavor fit, …). Throws what the user should read. */
  readonly verify?: (context: Making<U, P>) => Promise<void>
  /** It is verified already when its stack is accepted, as far as its properties are known then. */
  readonly verifiedAtOnce?: true
  /** Starts making the object and returns it; the engine stores its ID before anything else. */
  readonly create?: (context: Making<U, P>) => Promise<Found>
  /**
   * Finds what an earlier `create` of this very resource may have made before a crash. The default looks in `lives` for
   * an object of the physical name, or else for one made since then that says what the request said and that no other
   * resource owns. Of several answers the first that no other resource owns counts.
   */
  readonly find?: (
    context: Making<U, P> & { readonly since: Date },
  ) => Promise<Found | readonly Found[] | undefined>
  /** Starts changing the object in place; safe to repeat. */
  readonly update?: (context: Changing<U, P>) => Promise<unknown>
  /** In place of `update`: parts that the cloud must finish one by one, in this order. */
  readonly steps?: readonly UpdateStep<U, P>[]
  /**
   * Sets what takes calls of its own, after a create (all that was given) or an update; safe to repeat. Answers `unchanged`
   * if there was nothing to set, so that what is known of the object still holds.
   */
  readonly sync?: (context: Changing<U, P>) => Promise<unknown>
  /** Starts deleting; "not found" is success. The default deletes from `lives`. The engine then polls until it is gone. */
  readonly delete?: (context: Existing<U, P>) => Promise<unknown>
  /** What is left to clean up when `create` was begun but never gave an ID. */
  readonly abandon?: (context: Making<U, P>) => Promise<unknown>
  /** In place of `delete` under deletion_policy Snapshot; without it the policy is refused. */
  readonly snapshotThenDelete?: (context: Existing<U, P>) => Promise<unknown>
  /**
   * Looked at whenever a poll still sees the object after `delete` or `snapshotThenDelete`: `true` if what is left
   * counts as gone. Throws if the cloud gave up; may take the next step, safe to repeat.
   */
  readonly gone?: (context: Existing<U, P> & { readonly live: Live }) => boolean | Promise<boolean>
  readonly settles?: Settling<NoInfer<Live>, Existing<U, P>>
  /** It is ready, after a create or an update, when it was told so from outside. Handlers never ask: the engine listens. */
  readonly awaits?: Awaiting<Existing<U, P>>
  /**
   * What a signal means to it. It may be called at any time once the object is there, on any engine, and twice for one
   * signal; it changes nothing that is recorded of the resource but by what it answers. Without it, signals are refused.
   */
  readonly signal?: (
    context: Existing<U, P> & { readonly details: Json; readonly told: readonly Signal[] },
  ) => Heard | Promise<Heard>
  /** How long the resource takes of its own accord, in seconds (Delay, TestResource): the engine waits, handlers don't. */
  readonly takes?: (context: Making<U, P> & { readonly action: TimedAction }) => number
  /** The form in which Heat knows what this type notes: documents that go from one to the other tell it so. */
  readonly data?: {
    readonly told: (notes: Texts) => Texts
    readonly read: (data: Texts) => Texts
  }
  /** How a snapshot of the stack keeps the object's state; without it, only the stack's own is kept. */
  readonly snapshot?: Keeping<U, P>
  /** What suspending the stack does to the object; without it, nothing. */
  readonly suspend?: Deed<NoInfer<Live>, Existing<U, P>>
  /** What resuming the stack does to the object; without it, nothing. */
  readonly resume?: Deed<NoInfer<Live>, Existing<U, P>>
  /**
   * Throws what is wrong with the object. Without it, an object that lives somewhere must be there, and in no failed status;
   * what lives nowhere can't be checked.
   */
  readonly check?: (context: Existing<U, P>) => unknown
  /** Has the cloud itself look at the object, where that takes a while; in place of `check`. */
  readonly examine?: Deed<NoInfer<Live>, Existing<U, P>>
  /** It is updated whenever its stack is, for what else is sent with its properties may have changed. */
  readonly alwaysUpdated?: true
  /** It asks another service to act for the stack's owner, which makes a trust of the owner's trust for that. */
  readonly passesTrustOn?: true
  /** Why a change that `updatable` allows must replace the object after all; `undefined`: it need not. */
  readonly replaces?: (context: {
    readonly changed: Changes<P>
    readonly props: Infer<P>
    readonly before: Partial<Infer<P>>
  }) => string | undefined
  /** Whether a failed object can be mended by an update; by default it can if it is there and its status is not a failed one. */
  readonly repairable?: (context: Existing<U, P>) => Promise<boolean>
  /** Frees what the replacement will need (fixed IPs, a unique name) before it is made; safe to repeat. */
  readonly beforeReplaced?: (context: Existing<U, P>) => Promise<void>
  /** Undoes `beforeReplaced` when the replacement goes and this stays; it may have been updated since. */
  readonly replacementUndone?: (context: Existing<U, P>) => Promise<void>
  /** What `get_resource` gives; by default the physical ID. */
  readonly reference?: (context: {
    readonly id: string
    readonly self: Self
    readonly props: Partial<Infer<P>>
    readonly notes: Notes
  }) => string
  /** The object in full, for the attribute `show`, where it does not live in a cloud. */
  readonly show?: (context: Asked<U, P>) => Promise<object | undefined>
  /** Attributes that are not simply a field of the live object. */
  readonly compute?: {
    readonly [K in keyof A]?: (context: Asked<U, P>) => Promise<ValueOf<A[K]> | null> | ValueOf<A[K]> | null
  }
}

/** A resource type whose objects live in a cloud, or nowhere at all. */
export interface ResourceType<
  U extends Services = Services,
  P extends Shape = Shape,
  A extends Shape = Shape,
  Live extends Found = Found,
> extends ResourceSpec<U, P, A, Live> {
  readonly is: 'resource'
  readonly type: string
}

/** What a nested type makes its child stack of. */
export interface ChildTemplate {
  readonly template: Readonly<Record<string, unknown>>
  readonly parameters?: Readonly<Record<string, unknown>>
  /** To note when this template is accepted (members that may not come back). */
  readonly notes?: Readonly<Record<string, string>>
  /** How long the child may take, where that is not as long as its parent. */
  readonly timeoutMins?: number
  /** More templates follow once this one is complete, after a pause; `next` is then asked again. */
  readonly more?: { readonly pauseSeconds: number }
}

export interface NestedContext<P extends Shape> {
  readonly props: Infer<P>
  readonly self: Self
  readonly notes: Pick<Notes, 'get'>
  /** The properties as they were when last brought about, or when it was begun to make the child. */
  readonly applied: Partial<Infer<P>>
  /** The child's template as last accepted; `undefined` when there is no child yet. */
  readonly before: Readonly<Record<string, unknown>> | undefined
  /**
   * What `get_resource` gives inside the child, for each resource that it has now. Where there is no child yet, it is to be
   * adopted, and these are what an abandoned one had.
   */
  readonly members: ReadonlyMap<string, string>
  /** Those of them that failed. */
  readonly failed: ReadonlySet<string>
  readonly updatePolicy: Readonly<Record<string, unknown>>
  /** The action that is under way has given the child a template already, or an engine had that died since. */
  readonly again: boolean
  /** How long the whole action may take, in seconds. */
  readonly timeoutSeconds: number
  /** The text at the address that `fetches` gave. */
  readonly fetched?: string
  /** A child of more resources than this would be refused; better not even to write it down. */
  readonly mostMembers: number
}

export interface NestedSpec<P extends Shape, A extends Shape> extends Described<P, A> {
  readonly updatePolicy?: Shape
  /** The notes that a document of the stack tells, and that are taken over when it is adopted. */
  readonly told?: readonly string[]
  /** The address of a text that is fetched whenever `next` is asked. */
  readonly fetches?: (props: Infer<P>) => string
  /** The template to give the child now. Asked again, with `before`, when the one given is complete and said `more`. */
  readonly next: (context: NestedContext<P>) => ChildTemplate
  /** The template to check before there is a child: one resource for all that will be defined alike. */
  readonly sampleChild?: (props: Infer<P>) => Readonly<Record<string, unknown>>
  /**
   * The value of an attribute path; `undefined` if there is no such thing. `name` is that of the resource. What it throws as
   * `NotFound` or `TemplateOutputError` is the failure of whoever reads that path.
   */
  readonly attribute: (context: {
    readonly name: string
    readonly path: readonly (string | number)[]
    readonly child: Child
    readonly notes: Pick<Notes, 'get'>
  }) => Promise<unknown>
  readonly reference?: (child: Child) => string
}

/** A resource type that is a stack of its own. */
export interface NestedType<P extends Shape = Shape, A extends Shape = Shape> extends NestedSpec<P, A> {
  readonly is: 'nested'
  readonly type: string
}

// biome-ignore lint/suspicious/noExplicitAny: the one alias for a type of any properties, attributes and services
export type AnyResource = ResourceType<any, any, any, any>
// biome-ignore lint/suspicious/noExplicitAny: the one alias for a nested type of any properties and attributes
export type AnyNested = NestedType<any, any>
export type AnyType = AnyResource | AnyNested

/** Declares a resource type. */
export function resource<U extends Services, P extends Shape, A extends Shape, Live extends Found = Found>(
  type: string,
  spec: ResourceSpec<U, P, A, Live>,
): ResourceType<U, P, A, Live> {
  const { properties, validate } = spec
  if (!Object.values(properties).some((field) => field.options.spread))
    return Object.freeze({ is: 'resource', type, ...spec })
  return Object.freeze({
    is: 'resource',
    type,
    ...spec,
    validate: (props, named) => [...spreadRefusals(properties, props), ...(validate?.(props, named) ?? [])],
  } satisfies ResourceType<U, P, A, Live>)
}

/** Declares a resource type whose objects are the resources of a child stack. */
export function nested<P extends Shape, A extends Shape>(
  type: string,
  spec: NestedSpec<P, A>,
): NestedType<P, A> {
  return Object.freeze({ is: 'nested' as const, type, ...spec })
}

// biome-ignore lint/suspicious/noExplicitAny: only the properties are inferred
export type PropsOf<R> = R extends ResourceType<any, infer P, any, any> ? Infer<P> : never
