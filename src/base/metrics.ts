type Kind = 'counter' | 'gauge' | 'histogram'

/** One thing that is measured, as operators see it. */
export interface Metric<K extends Kind = Kind, L extends string = string> {
  readonly kind: K
  /** What the number says. */
  readonly help: string
  /** What it is told apart by; each has few values, and none of them is a tenant's. */
  readonly labels: readonly L[]
  /** The upper bounds of a histogram's buckets, in seconds. */
  readonly buckets: readonly number[]
}

const metric =
  <const K extends Kind>(kind: K, buckets: readonly number[] = []) =>
  <const L extends string = never>(help: string, labels: readonly L[] = []): Metric<K, L> => ({
    ...{ kind, help, labels, buckets },
  })

const counter = metric('counter')
const gauge = metric('gauge')
/** Of what takes a moment: a commit, a call. */
const moments = metric('histogram', [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
/** Of what takes its time: a server, a stack. */
const stretches = metric('histogram', [0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600])

/** All that is measured. The names and labels are part of what a site relies on: dashboards and alerts name them. */
export const metrics = {
  hearth_api_request_seconds: moments('How long the API took to answer a request.', [
    'method',
    'route',
    'status',
  ]),
  hearth_api_too_many_total: counter(
    'Requests that were refused, for the project or the address had asked more than the site allows.',
    ['kind'],
  ),
  hearth_call_seconds: moments('How long an engine took to answer what an API asked.', ['call', 'outcome']),
  hearth_deployments_in_progress: gauge(
    'Deployments that this engine has in hand, by the action of the stack.',
    ['action'],
  ),
  hearth_deployment_age_seconds: gauge('For how long the oldest of those was asked for; 0 if there is none.'),
  hearth_deployments_overdue: gauge("How many of those have used up their stack's time-out and still go on."),
  hearth_deployments_waiting: gauge(
    'Deployments that no living engine has in hand: what is left in the queue. Every engine counts them all.',
  ),
  hearth_deployment_wait_seconds: gauge('For how long the oldest of those has waited; 0 if there is none.'),
  hearth_deployment_seconds: stretches(
    'How long deployments took that ended here, since they were asked for.',
    ['action', 'outcome'],
  ),
  hearth_deployments_taken_over_total: counter(
    'Deployments that this engine took over from one that was dead.',
  ),
  hearth_step_seconds: stretches(
    'How long a resource took: from when it was begun until it was as wanted, or had failed.',
    ['type', 'service', 'action', 'outcome'],
  ),
  hearth_cloud_request_seconds: moments(
    'How long a service of a cloud took to answer a request that was sent to it.',
    ['service', 'method', 'outcome'],
  ),
  hearth_cloud_retries_total: counter(
    'Requests that were sent to a cloud again, for they failed for a passing reason.',
    ['service'],
  ),
  hearth_commit_seconds: moments(
    'How long a commit of what deployments wrote took, with whatever was tried again.',
    ['outcome'],
  ),
  hearth_commits_queued: gauge('Writes of deployments that waited together for the last commit.'),
  hearth_engines_alive: gauge('How many engines are alive, as this one sees it.'),
  hearth_heartbeat_timestamp_seconds: gauge(
    'When this engine last wrote into the database that it is alive.',
  ),
  hearth_event_loop_delay_seconds: gauge(
    'By how much the event loop was late since it was last asked, at a quantile; 1 is the longest.',
    ['quantile'],
  ),
  hearth_ready: gauge('1 if the process is of use to others, as `/readyz` says; else 0.'),
} as const

type Metrics = typeof metrics

/** The name of a metric. */
export type MetricName = keyof Metrics

type NameOf<K extends Kind> = {
  [N in MetricName]: Metrics[N]['kind'] extends K ? N : never
}[MetricName]

/** The labels that a metric has, with a value for each. */
export type LabelsOf<N extends MetricName> = Readonly<Record<Metrics[N]['labels'][number], string>>

/** Where parts of a process say what they measure. */
export interface Meter {
  /** One more of something that is only ever counted. */
  count<N extends NameOf<'counter'>>(name: N, labels: LabelsOf<N>): void
  /** How long something took. */
  observe<N extends NameOf<'histogram'>>(name: N, labels: LabelsOf<N>, seconds: number): void
  /** How much there is of something now. */
  set<N extends NameOf<'gauge'>>(name: N, labels: LabelsOf<N>, value: number): void
}

/** Measures nothing. */
export const unmeasured: Meter = { count() {}, observe() {}, set() {} }
