// Writes contrib/grafana/hearth.json, the dashboard, from the list of its panels below.
import { mkdirSync, writeFileSync } from 'node:fs'
import type { MetricName } from '../src/base/metrics.ts'

interface Panel {
  readonly title: string
  readonly unit: 'short' | 's' | 'reqps' | 'percentunit'
  /** Legend → expression. */
  readonly lines: Readonly<Record<string, string>>
}

const quantile = (of: number, name: MetricName, by: string): string =>
  `histogram_quantile(${of}, sum by (le, ${by}) (rate(${name}_bucket[$__rate_interval])))`

const perSecond = (name: MetricName, by: string, which = ''): string =>
  `sum by (${by}) (rate(${name}_count${which}[$__rate_interval]))`

const panels: readonly Panel[] = [
  {
    title: 'Deployments in hand',
    unit: 'short',
    lines: { '{{action}}': 'sum by (action) (hearth_deployments_in_progress)' },
  },
  {
    title: 'Oldest deployment: in hand, waiting for an engine',
    unit: 's',
    lines: {
      'in hand': 'max(hearth_deployment_age_seconds)',
      waiting: 'max(hearth_deployment_wait_seconds)',
    },
  },
  {
    title: 'Waiting for an engine, overdue',
    unit: 'short',
    lines: {
      waiting: 'max(hearth_deployments_waiting)',
      overdue: 'sum(hearth_deployments_overdue)',
      'taken over': 'sum(increase(hearth_deployments_taken_over_total[$__rate_interval]))',
    },
  },
  {
    title: 'Engines and APIs',
    unit: 'short',
    lines: {
      'engines alive': 'max(hearth_engines_alive)',
      'ready: {{job}}': 'sum by (job) (hearth_ready)',
      'seconds since the last heartbeat': 'max(time() - hearth_heartbeat_timestamp_seconds)',
    },
  },
  {
    title: 'Deployments that ended',
    unit: 'reqps',
    lines: { '{{action}} {{outcome}}': perSecond('hearth_deployment_seconds', 'action, outcome') },
  },
  {
    title: 'How long deployments took (95 %)',
    unit: 's',
    lines: { '{{action}}': quantile(0.95, 'hearth_deployment_seconds', 'action') },
  },
  {
    title: 'How long resources took (95 %)',
    unit: 's',
    lines: { '{{type}} {{action}}': quantile(0.95, 'hearth_step_seconds', 'type, action') },
  },
  {
    title: 'Resources that failed',
    unit: 'reqps',
    lines: { '{{type}}': perSecond('hearth_step_seconds', 'type', '{outcome="failed"}') },
  },
  {
    title: 'How long clouds took (95 %)',
    unit: 's',
    lines: { '{{service}}': quantile(0.95, 'hearth_cloud_request_seconds', 'service') },
  },
  {
    title: 'What clouds did not do',
    unit: 'reqps',
    lines: {
      '{{service}} {{outcome}}': perSecond(
        'hearth_cloud_request_seconds',
        'service, outcome',
        '{outcome!="done"}',
      ),
      '{{service}} asked again': 'sum by (service) (rate(hearth_cloud_retries_total[$__rate_interval]))',
    },
  },
  {
    title: 'Commits (95 %), and what waits for one',
    unit: 's',
    lines: {
      '{{instance}}': quantile(0.95, 'hearth_commit_seconds', 'instance'),
      'writes at once': 'max(hearth_commits_queued)',
    },
  },
  {
    title: 'Event loop late (99 %)',
    unit: 's',
    lines: { '{{instance}}': 'hearth_event_loop_delay_seconds{quantile="0.99"}' },
  },
  {
    title: 'Answers of the API',
    unit: 'reqps',
    lines: { '{{status}}': perSecond('hearth_api_request_seconds', 'status') },
  },
  {
    title: 'How long API and engines took to answer (95 %)',
    unit: 's',
    lines: {
      'API {{route}}': quantile(0.95, 'hearth_api_request_seconds', 'route'),
      'engine {{call}}': quantile(0.95, 'hearth_call_seconds', 'call'),
    },
  },
  {
    title: 'Memory',
    unit: 'short',
    lines: { '{{instance}}': 'process_resident_memory_bytes{job=~"hearth.*"}' },
  },
  {
    title: 'Processor',
    unit: 'percentunit',
    lines: { '{{instance}}': 'rate(process_cpu_seconds_total{job=~"hearth.*"}[$__rate_interval])' },
  },
]

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
const source = { type: 'prometheus', uid: '${source}' }

const dashboard = {
  title: 'Hearth',
  uid: 'hearth',
  tags: ['openstack'],
  schemaVersion: 39,
  refresh: '30s',
  time: { from: 'now-3h', to: 'now' },
  templating: {
    list: [{ name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' }],
  },
  panels: panels.map(({ title, unit, lines }, place) => ({
    id: place + 1,
    type: 'timeseries',
    title,
    datasource: source,
    gridPos: { x: (place % 2) * 12, y: Math.floor(place / 2) * 8, w: 12, h: 8 },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: Object.entries(lines).map(([legendFormat, expr], index) => ({
      ...{ refId: String.fromCharCode(65 + index), datasource: source, expr, legendFormat },
    })),
  })),
}

/** The dashboard as it must be. */
export const dashboardText = (): string => `${JSON.stringify(dashboard, null, 2)}\n`

if (import.meta.main) {
  mkdirSync('contrib/grafana', { recursive: true })
  writeFileSync('contrib/grafana/hearth.json', dashboardText())
}
