/** A command that is given to both services. */
export interface Step {
  /** The command line, with what was learned before in braces. */
  readonly run: string
  /** Names for what the answer tells, for later steps: the first group of each pattern. */
  readonly learn?: Readonly<Record<string, RegExp>>
  /** The command is given again until its answer says this. */
  readonly until?: RegExp
  /** Ctrl-C is pressed after so many seconds. */
  readonly stopAfter?: number
  /** What comes at once, in this or that order. */
  readonly inAnyOrder?: true
  /** What of the answer is chance. */
  readonly ignores?: RegExp
  /** Given by an administrator, not by the user whose stacks they are. */
  readonly byAdmin?: true
}

const any = (run: string, more: Omit<Step, 'run'> = {}): Step => ({ run, inAnyOrder: true, ...more })
/** A plan comes in any order. */
const plain = (run: string): Step => (run.includes('--dry-run') ? any(run) : { run })
const byAdmin = (run: string): Step => ({ run, byAdmin: true })

/** Waits until a stack is so. */
const becomes = (status: string, stack: string): Step => ({
  run: `stack show --no-resolve-outputs -f value -c stack_status -c stack_status_reason ${stack}`,
  until: new RegExp(`^${status}`),
})

const making: readonly Step[] = [
  ...[
    'orchestration build info -f yaml -c api',
    'stack list',
    'stack create --dry-run -t main.yaml -e environment.yaml --parameter size=6 -f json one',
    'stack create -t main.yaml one',
    'stack create -t main.yaml -e environment.yaml --parameter size=2 one',
    'stack create -t main.yaml -e environment.yaml --parameter size one',
    'stack create -t main.yaml -e environment.yaml --parameter nothing=1 one',
    'stack create -t main.yaml -e absent.yaml one',
    'stack create -t absent.yaml one',
    'stack create -t no-template.yaml one',
    'stack create -t wrong.yaml one',
    'stack create -t unknown-type.yaml one',
    "stack create -t small.yaml '1 wrong name'",
    'stack create -t small.yaml',
  ].map(plain),
  any(
    'stack create -t main.yaml -e environment.yaml -e second.yaml --parameter size=6 --parameter note=hi --parameter-file text=text.txt --tags red,blue --timeout 30 --enable-rollback --wait --poll 1 one',
  ),
  plain('stack create -t main.yaml -e environment.yaml one'),
  plain('stack create -t small.yaml --tags blue --pre-create word two'),
  { run: 'stack hook poll -f json two', until: /pre-create/ },
  plain('stack hook poll --nested-depth 2 two'),
  plain('stack hook clear --pre-create two word'),
  becomes('CREATE_COMPLETE', 'two'),
  ...['stack hook poll two', 'stack hook poll nothing', 'stack hook clear two word'].map(plain),
]

const showing: readonly Step[] = [
  // In the original the outputs of a stack come in another order every time.
  ...[
    'stack show -f json one',
    'stack show -f yaml one',
    'stack show -f value one',
    'stack output list -f json one',
    'stack output show --all one',
  ].map((run) => any(run)),
  ...[
    'stack show two',
    'stack show -f json two',
    'stack show -f yaml two',
    'stack show -f shell two',
    'stack show --no-resolve-outputs one',
    'stack show nothing',
    'stack environment show one',
    'stack environment show nothing',
    'stack file list one',
    'stack file list nothing',
    'stack template show one',
    'stack template show -f json two',
    'stack template show nothing',
    'stack output list nothing',
    'stack output show one note',
    'stack output show -f json one facts',
    'stack output show -f json one numbers',
    'stack output show one broken',
    'stack output show one nothing',
    'stack output show one',
    'stack output show --all one note',
    'stack output show nothing note',
  ].map(plain),
  { run: 'stack show -f value -c id two', learn: { two: /^(\S+)/ } },
  ...[
    'stack list',
    'stack list --short',
    'stack list --long',
    'stack list --all-projects',
    'stack list --property name=one',
    'stack list --property stack_name=one',
    'stack list --property status=COMPLETE --property action=CREATE',
    'stack list --property nothing=1',
    'stack list --tags red',
    'stack list --tags red,blue',
    'stack list --tags red,blue --tag-mode any',
    'stack list --tags red,blue --tag-mode not',
    'stack list --tags red --tag-mode not-any',
    'stack list --tags red --tag-mode wrong',
    'stack list --limit 1',
    'stack list --limit wrong',
    'stack list --marker {two}',
    'stack list --marker nothing',
    'stack list --sort stack_name:desc',
    'stack list --hidden',
    'stack list --deleted',
  ].map(plain),
  any('stack list --nested -f json'),
]

const resources: readonly Step[] = [
  any('stack resource list -f json one'),
  any('stack resource list --long -f json one'),
  any('stack resource list -n 2 -f json one'),
  any('stack resource list one'),
  any('stack resource list -f dot two'),
  { run: 'stack resource show -f json one word', ignores: /"value": "\w{6}"/ },
  ...[
    'stack resource list --filter name=word one',
    'stack resource list --filter type=OS::Neutron::Net one',
    'stack resource list --filter nothing=1 one',
    'stack resource list nothing',
    'stack resource show -f json one net',
    'stack resource show -f json one inner',
    'stack resource show -f json one members',
    'stack resource show -f json one script',
    'stack resource show one fact',
    'stack resource show --with-attr value --with-attr nothing -f json one fact',
    'stack resource show one nothing',
    'stack resource show nothing word',
    'stack resource metadata one fact',
    'stack resource metadata one word',
    'stack resource metadata one nothing',
    'stack resource mark unhealthy one word',
    'stack resource show -f json -c resource_status -c resource_status_reason one word',
    'stack resource mark unhealthy --reset one word',
    "stack resource mark unhealthy one word 'looks bad'",
    'stack resource show -f json -c resource_status -c resource_status_reason one word',
    "stack resource mark unhealthy --reset one word 'looks good'",
    'stack resource mark unhealthy one nothing',
    'stack resource signal one word',
    'stack resource signal one nothing',
    'stack create -t waiting.yaml waiting',
  ].map(plain),
  {
    run: 'stack resource show -f json -c resource_status waiting ready',
    until: /CREATE_IN_PROGRESS/,
  },
  ...[
    'stack resource signal waiting handle --data {"status":"SUCCESS","id":"1","reason":"told","data":"first"}',
    'stack resource signal waiting handle --data {}  --data-file signal.json',
    'stack resource signal waiting handle --data [1]',
    'stack resource signal waiting handle --data no-json',
    'stack resource signal waiting handle --data-file signal.json',
  ].map(plain),
  becomes('CREATE_COMPLETE', 'waiting'),
  plain('stack output show -f json waiting heard'),
]

const events: readonly Step[] = [
  any('stack event list one'),
  any('stack event list -f json one'),
  any('stack event list --nested-depth 2 one'),
  any('stack event list --nested-depth 2 -f json one'),
  { run: 'stack event list -f json --resource word one', learn: { event: /"id": "([^"]+)"/ } },
  ...[
    'stack event list --resource word two',
    'stack event list --resource word --nested-depth 1 one',
    'stack event list --resource nothing one',
    'stack event list --filter resource_status=COMPLETE --filter resource_name=word one',
    'stack event list --filter nothing=1 -f json two',
    'stack event list --limit 2 two',
    'stack event list --sort resource_name:desc -f json -c resource_name two',
    'stack event list --sort :desc --limit 1 two',
    'stack event list --sort nothing two',
    'stack event list --marker nothing two',
    'stack event list --resource word --marker {event} one',
    'stack event list nothing',
    'stack event list --follow -f json two',
    'stack event show -f json one word {event}',
    'stack event show one word nothing',
    'stack event show one nothing {event}',
    'stack event show nothing word {event}',
  ].map(plain),
  { run: 'stack event list --follow two', stopAfter: 3 },
]

const changing: readonly Step[] = [
  ...[
    'stack update two',
    'stack update --existing nothing',
    'stack update -t small.yaml --rollback wrong two',
    'stack update -t small.yaml --parameter length=word two',
    'stack update -t wrong.yaml two',
    'stack update --dry-run -t changed.yaml -f json one',
    'stack update --dry-run --show-nested -t changed.yaml -e environment.yaml -f json one',
    'stack update --dry-run --existing --parameter size=7 -f json one',
  ].map(plain),
  any('stack update --existing --parameter note=new --tags green --wait one'),
  ...[
    'stack show -f json -c parameters -c tags -c disable_rollback -c timeout_mins one',
    'stack update --existing --clear-parameter note --rollback disabled --timeout 20 one',
  ].map(plain),
  becomes('UPDATE_COMPLETE', 'one'),
  plain('stack show -f json -c parameters -c tags -c disable_rollback -c timeout_mins one'),
  ...[
    'stack update -t changed.yaml -e environment.yaml -s absent --rollback keep one',
    'stack create -t changed.yaml -s absent three',
    'orchestration template validate -t changed.yaml -s absent',
  ].map(plain),
  any(
    'stack update -t changed.yaml -e environment.yaml --rollback enabled --converge --parameter secret=word one',
  ),
  becomes('UPDATE_COMPLETE', 'one'),
  ...['stack show -f json one', 'stack update -t small.yaml --parameter length=7 --pre-update w*d two'].map(
    plain,
  ),
  { run: 'stack hook poll -f json two', until: /pre-update/ },
  plain('stack cancel two -c ID -c "Stack Name"'),
  becomes('ROLLBACK_COMPLETE', 'two'),
  ...[
    'stack cancel two',
    'stack cancel nothing',
    'stack update -t small.yaml --parameter length=8 --pre-update word two',
  ].map(plain),
  { run: 'stack hook poll -f json two', until: /pre-update/ },
  any('stack cancel --no-rollback --wait two'),
  plain('stack update -t small.yaml --parameter length=9 two'),
  becomes('UPDATE_COMPLETE', 'two'),
]

const acting: readonly Step[] = [
  // In the original the update that was cancelled without a rollback still comes to its end.
  any('stack suspend --wait two', { ignores: /^<time> .*UPDATE_FAILED {2}resource with id .*\n/gm }),
  any('stack resume --wait two', { ignores: /^<time> .*UPDATE_FAILED {2}resource with id .*\n/gm }),
  plain('stack check two waiting -c ID -c "Stack Name"'),
  becomes('CHECK_COMPLETE', 'two'),
  becomes('CHECK_COMPLETE', 'waiting'),
  plain('stack show -f value -c updated_time waiting'),
  ...['stack suspend nothing', 'stack resume nothing', 'stack check nothing'].map(plain),
]

const keeping: readonly Step[] = [
  {
    run: 'stack snapshot create --name kept -f json two',
    learn: { snapshot: /"ID": "([^"]+)"/ },
  },
  { run: 'stack snapshot list -f json two', until: /COMPLETE/ },
  becomes('SNAPSHOT_COMPLETE', 'two'),
  ...[
    'stack snapshot show two {snapshot}',
    'stack snapshot show two nothing',
    'stack snapshot list nothing',
    'stack snapshot create nothing',
    'stack snapshot restore two nothing',
    'stack snapshot restore two {snapshot}',
  ].map(plain),
  becomes('RESTORE_COMPLETE', 'two'),
  ...[
    'stack snapshot delete -y two {snapshot}',
    'stack snapshot delete -y two {snapshot}',
    'stack snapshot delete two nothing',
    'stack snapshot list two',
    'stack export two',
    'stack export --output-file {folder}/exported.json two',
    'stack export nothing',
    'stack abandon --output-file {folder}/abandoned.json two',
    'stack abandon nothing',
    'stack show two -c stack_name -c stack_status',
  ].map(plain),
  any(
    'stack adopt --adopt-file adopted.json -e second.yaml --parameter length=7 --timeout 20 --enable-rollback --wait three',
  ),
]

const failing: readonly Step[] = [
  any('stack create -t holds-failing.yaml --wait --poll 1 failing'),
  plain('stack failures list failing'),
  plain('stack failures list --long failing'),
  plain('stack failures list one'),
  plain('stack failures list nothing'),
  plain('stack show -f value -c stack_status -c stack_status_reason failing'),
]

const services: readonly Step[] = [
  // Two in one second would come in any order.
  plain('software config create plain'),
  ...[
    'orchestration service list -f json',
    'stack list --all-projects --property name=one -f json',
    'stack list --long --property name=one -f json',
    'stack list --all-projects --nested --property name=two --sort stack_name',
  ].map(byAdmin),
  ...[
    'orchestration service list',
    'orchestration template version list',
    'orchestration template version list -f json',
    'orchestration template function list heat_template_version.2013-05-23',
    'orchestration template function list -f value -c Functions heat_template_version.2021-04-16',
    'orchestration template function list --with_conditions -f value -c Functions heat_template_version.pike',
    'orchestration template function list -f value -c Functions AWSTemplateFormatVersion.2010-09-09',
    'orchestration template function list nothing',
    'orchestration resource type list --filter name=OS::Heat::RandomString',
    'orchestration resource type list --filter support_status=NOTHING',
    'orchestration resource type list --filter version=5.0.0 --filter name=OS::Heat::TestResource',
    'orchestration resource type list --filter nothing=1 --filter name=^OS::Nova',
    'orchestration resource type list --long --filter name=OS::Heat::Value -f json',
    'orchestration resource type show OS::Heat::RandomString -f json',
    'orchestration resource type show OS::Heat::RandomString --long -f json',
    'orchestration resource type show OS::Neutron::Net --template-type hot -f json',
    'orchestration resource type show OS::Neutron::Net --template-type cfn -f json',
    'orchestration resource type show OS::Neutron::Net --template-type wrong',
    'orchestration resource type show OS::Neutron::Net --template-type hot --long',
    'orchestration resource type show OS::No::Such',
    'orchestration template validate -t main.yaml -e environment.yaml',
    'orchestration template validate -t main.yaml -e environment.yaml --show-nested -f json',
    'orchestration template validate -t main.yaml -e environment.yaml --parameter size=5 --parameter note=hi -f json',
    'orchestration template validate -t main.yaml',
    'orchestration template validate -t main.yaml --ignore-errors 99001 -f json',
    'orchestration template validate -t main.yaml --ignore-errors wrong',
    'orchestration template validate -t wrong.yaml',
    'orchestration template validate -t absent.yaml',
    'orchestration template validate',
  ].map(plain),
]

const software: readonly Step[] = [
  {
    run: 'software config create --group script --config-file script.sh --definition-file definition.yaml install',
    learn: { config: /"id": "([^"]+)"/ },
  },
  ...[
    'software config create --definition-file absent.yaml wrong',
    'software config list',
    'software config list --limit 1 -f json',
    'software config list --limit wrong',
    'software config list --marker {config}',
    'software config list --marker nothing',
    'software config show {config}',
    'software config show -f json {config}',
    'software config show --config-only {config}',
    'software config show nothing',
    'software deployment create --config {config} --server server-1 --signal-transport WRONG first',
    'software deployment create --config nothing --server server-1 --signal-transport NO_SIGNAL first',
    'software deployment create --config {config} --server server-1 --container kept --timeout 5 first',
    'software deployment create --config {config} first',
  ].map(plain),
  {
    run: 'software deployment create --config {config} --server server-1 --action CREATE --signal-transport NO_SIGNAL --input-value port=81 --input-value other=x -f json first',
    learn: { deployment: /"id": "([^"]+)"/, derived: /"config_id": "([^"]+)"/ },
  },
  ...[
    'software config show -f json {derived}',
    'software deployment list',
    'software deployment list --long --server server-1 -f json',
    'software deployment list --server nothing',
    'software deployment show {deployment}',
    'software deployment show --long -f json {deployment}',
    'software deployment show nothing',
    'software deployment metadata show server-1',
    'software deployment metadata show nothing',
    'software deployment output show {deployment} deploy_stdout',
    'software deployment output show {deployment}',
    'software deployment output show --all {deployment}',
    'software deployment output show --all --long {deployment}',
    'software deployment output show nothing --all',
    'software config delete {config} nothing',
    'software deployment delete {deployment} nothing',
    'software deployment list',
    'software config list',
  ].map(plain),
]

const deleting: readonly Step[] = [
  plain('stack delete nothing'),
  // Whether the last events are still to be had is chance.
  any('stack delete -y --wait one two nothing', { ignores: /^<time> .*\n/gm }),
  plain('stack delete failing waiting'),
  { run: 'stack list', until: /^\s*$/ },
  any('stack list --deleted -f json -c "Stack Name" -c "Stack Status" -c "Deletion Time"'),
]

/** A life of some stacks, in which every command has its turn. */
export const steps: readonly Step[] = [
  ...[making, showing, resources, events, changing, acting, keeping, failing],
  ...[services, software, deleting],
].flat()

/** A command line as the words that a shell would make of it. */
export const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? '')
