import type { JsonMap } from '../base/json.ts'

/** What a function's declaration says to authors: the reference, the API and `hearth template functions` are made of it. */
export interface Documentation {
  /** One line: what the function does. */
  readonly summary: string
  /** How a call is written, in capitals what the author puts in: `list_join: [DELIMITER, LIST, …]`. */
  readonly usage: string
  /** What is put in, in the order of a call that takes a list, by key of one that takes a map. */
  readonly arguments?: readonly Argument[]
  /** The ordinary use first, then the edges that authors meet. A test runs every one of them in every version. */
  readonly examples: readonly Example[]
  /** What an author should know besides, a sentence each in Markdown: edges, and what is an error. */
  readonly notes?: readonly string[]
  /** Where an earlier version has a function of this name: what this one does that the earlier one did not, to stand behind a colon. */
  readonly changes?: string
}

/** One thing that a function is given. From which version on it may be given is known from the declarations. */
export interface Argument {
  readonly name: string
  /** Its kind in a word or two: `text`, `list of texts`, `map`, `condition`, `any value`. */
  readonly kind: string
  /** What it is, in a sentence. */
  readonly meaning: string
  /** It may be left out. */
  readonly optional?: true
}

/** A call with what it gives, or with the words in which it is refused. */
export type Example = {
  /** The call as YAML, its name included; a list or map with calls in it where that is the point. */
  readonly call: string
  /** What the call may ask of its stack. */
  readonly where?: Circumstances
  /** What the example is there to show, as the heading of it: `An index counts from zero`. */
  readonly shows?: string
} & (
  | {
      /** What it gives, as YAML. */
      readonly gives: string
    }
  | {
      /** Why it is refused: the words, without the place that the problem names before them. */
      readonly refuses: string
    }
)

/** A stack, as far as the call of an example asks of it. */
export interface Circumstances {
  /** Values of parameters. */
  readonly parameters?: JsonMap
  /** Attributes of resources, by resource. */
  readonly attributes?: Readonly<Record<string, JsonMap>>
  /** What `get_resource` gives, by resource. */
  readonly references?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly conditions?: Readonly<Record<string, boolean>>
  readonly mappings?: JsonMap
  /** What the resource says that a nested template implements: metadata, deletion_policy, update_policy. */
  readonly facade?: JsonMap
}
