"""python-heatclient as a library: a stack's whole life. Ends with an AssertionError where something is not as it should be."""
import json
import sys
import time

import openstack
from heatclient import client, exc
from heatclient.common import template_utils

NAME = 'library'
TEMPLATE = """
heat_template_version: 2018-08-31
parameters:
  size: {type: number, default: 6}
  note: {type: string, default: plain}
resources:
  word: {type: OS::Heat::RandomString, metadata: {role: word}, properties: {length: {get_param: size}}}
  said: {type: OS::Heat::Value, properties: {value: {get_param: note}}}
outputs:
  said: {description: What was said., value: {get_attr: [said, value]}}
"""
WAITING = """
heat_template_version: 2018-08-31
resources:
  handle: {type: OS::Heat::WaitConditionHandle}
  ready: {type: OS::Heat::WaitCondition, properties: {handle: {get_resource: handle}, timeout: 300}}
"""

cloud = openstack.connect()
heat = client.Client('1', session=cloud.session, region_name=cloud.config.region_name, service_type='orchestration')


def settled(stack, action=None):
    """The stack when nothing is done to it any more. The original may say that it began an action a moment after it was asked."""
    while True:
        shown = heat.stacks.get(stack)
        if shown.status != 'IN_PROGRESS' and action in (None, shown.action):
            return shown
        time.sleep(0.5)


def refused(kind, ask, *args, **kwargs):
    try:
        ask(*args, **kwargs)
    except kind as error:
        return str(error)
    raise AssertionError(f'{ask} was not refused')


files, template = template_utils.process_template_path('main.yaml')
environments = []
more, environment = template_utils.process_multiple_environments_and_files(
    ['environment.yaml'], env_list_tracker=environments)
wanted = {'stack_name': NAME, 'template': template, 'files': {**files, **more}, 'environment': environment,
          'environment_files': environments, 'parameters': {'size': 5}}

# Looked at before it is made.
assert 'size' in heat.stacks.validate(**{key: wanted[key] for key in ('template', 'files', 'environment')})['Parameters']
preview = heat.stacks.preview(**wanted)
assert {one['resource_name'] for one in preview.resources if isinstance(one, dict)} >= {'word', 'net', 'fact'}
refused(exc.HTTPBadRequest, heat.stacks.create, **{**wanted, 'parameters': {'size': 1}})

# Made, found, listed.
made = heat.stacks.create(**wanted, tags='red,blue', timeout_mins=30)['stack']
assert refused(exc.HTTPConflict, heat.stacks.create, **wanted).startswith('ERROR: The Stack (library) already exists.')
stack = settled(made['id'])
assert stack.stack_status == 'CREATE_COMPLETE', stack.stack_status_reason
assert (stack.action, stack.status, stack.tags, stack.timeout_mins) == ('CREATE', 'COMPLETE', ['red', 'blue'], 30)
assert stack.identifier == f'{NAME}/{made["id"]}'
for name in ('second', 'third'):
    heat.stacks.create(stack_name=name, template=TEMPLATE)
    settled(name)
listed = list(heat.stacks.list())
assert [one.stack_name for one in listed] == ['third', 'second', NAME]
assert [one.stack_name for one in heat.stacks.list(limit=1, sort_keys='name', sort_dir='asc')] == [NAME]
assert [one.stack_name for one in heat.stacks.list(marker=listed[0].id)] == ['second', NAME]
assert [one.stack_name for one in heat.stacks.list(filters={'stack_name': 'second'})] == ['second']
assert [one.stack_name for one in heat.stacks.list(filters={'status': 'COMPLETE', 'action': 'UPDATE'})] == []
assert [one.stack_name for one in heat.stacks.list(tags='red,blue')] == [NAME]
assert len(list(heat.stacks.list(not_tags='red'))) == 2
refused(exc.HTTPNotFound, heat.stacks.get, 'nothing')
stack.get()
assert {one['output_key'] for one in stack.outputs} >= {'note', 'told'}

# What is inside it.
assert {one.resource_name for one in heat.resources.list(NAME)} >= {'word', 'net', 'inner', 'members'}
nested = heat.resources.list(NAME, nested_depth=2, with_detail=True)
assert 'deep' in [one.resource_name for one in nested]
[word] = heat.resources.list(NAME, filters={'name': 'word'})
assert (word.resource_type, word.resource_status) == ('OS::Heat::RandomString', 'CREATE_COMPLETE')
shown = heat.resources.get(NAME, 'word', with_attr=['value'])
assert len(shown.attributes['value']) == 5
assert heat.resources.metadata(NAME, 'fact') == {'role': 'fact', 'of': [1, 2]}
assert heat.stacks.template(NAME)['resources']['word']['type'] == 'OS::Heat::RandomString'
assert heat.stacks.environment(NAME)['parameter_defaults'] == {'zones': ['x', 'y']}
assert set(heat.stacks.files(NAME)) == set(wanted['files'])
assert heat.stacks.output_show(NAME, 'note')['output']['output_value'] == 'plain'
assert 'told' in [one['output_key'] for one in heat.stacks.output_list(NAME)['outputs']]

# What happened.
events = heat.events.list(NAME, sort_dir='asc')
assert events[0].resource_status_reason == 'Stack CREATE started'
assert [one.id for one in heat.events.list(NAME, sort_dir='asc', limit=2)] == [one.id for one in events[:2]]
assert [one.id for one in heat.events.list(NAME, sort_dir='asc', marker=events[-2].id)] == [events[-1].id]
[begun, done] = heat.events.list(NAME, resource_name='word', sort_dir='asc')
assert heat.events.get(NAME, 'word', done.id).resource_status == 'CREATE_COMPLETE'

# Changed: as a whole, and in part.
before = heat.resources.get('second', 'word').physical_resource_id
changes = heat.stacks.preview_update('second', template=TEMPLATE, parameters={'note': 'new'})['resource_changes']
assert [one['resource_name'] for one in changes['updated']] == ['said']
heat.stacks.update('second', template=TEMPLATE, parameters={'note': 'new'})
assert settled('second').stack_status == 'UPDATE_COMPLETE'
heat.stacks.update('second', existing=True, parameters={'size': 7})
second = settled('second')
assert (second.parameters['note'], second.parameters['size']) == ('new', '7')
heat.stacks.update('second', existing=True, clear_parameters=['note'])
second = settled('second')
assert (second.parameters['note'], second.parameters['size']) == ('plain', '7')
assert heat.resources.get('second', 'word').physical_resource_id != before

# Acted on.
for action in ('suspend', 'resume', 'check'):
    getattr(heat.actions, action)('second')
    assert settled('second', action.upper()).status == 'COMPLETE'
heat.resources.mark_unhealthy('second', 'said', True, 'looks bad')
assert heat.resources.get('second', 'said').resource_status == 'CHECK_FAILED'
heat.resources.mark_unhealthy('second', 'said', False, '')

# Signalled.
heat.stacks.create(stack_name='waiting', template=WAITING)
while heat.resources.get('waiting', 'ready').resource_status != 'CREATE_IN_PROGRESS':
    time.sleep(0.5)
heat.resources.signal('waiting', 'handle', {'status': 'SUCCESS', 'id': '1', 'data': 'done', 'reason': 'told'})
assert settled('waiting').stack_status == 'CREATE_COMPLETE'

# Kept, and brought back.
kept = heat.stacks.snapshot('second', 'kept')
assert settled('second', 'SNAPSHOT').status == 'COMPLETE'
assert [one['name'] for one in heat.stacks.snapshot_list('second')['snapshots']] == ['kept']
assert heat.stacks.snapshot_show('second', kept['id'])['snapshot']['status'] == 'COMPLETE'
heat.stacks.restore('second', kept['id'])
assert settled('second', 'RESTORE').status == 'COMPLETE'
heat.stacks.snapshot_delete('second', kept['id'])

# Handed over, where the operator lets it be.
if 'hand-over' in sys.argv:
    exported = heat.stacks.export('second')
    assert exported['resources']['word']['status'] == 'COMPLETE'
    abandoned = heat.stacks.abandon('second')
    assert abandoned['resources'].keys() == exported['resources'].keys()
    while 'second' in [one.stack_name for one in heat.stacks.list()]:
        time.sleep(0.5)
    refused(exc.HTTPNotFound, heat.stacks.get, 'second')
    heat.stacks.create(stack_name='second', adopt_stack_data=json.dumps(abandoned))
    assert settled('second').stack_status == 'ADOPT_COMPLETE'

# What servers are configured with.
config = heat.software_configs.create(name='install', group='script', config='echo $port',
                                      inputs=[{'name': 'port', 'default': 80}])
assert heat.software_configs.get(config.id).config == 'echo $port'
assert config.id in [one.id for one in heat.software_configs.list()]
deployment = heat.software_deployments.create(config_id=config.id, server_id='server-2', action='CREATE',
                                              status='IN_PROGRESS', status_reason='begun')
assert [one.id for one in heat.software_deployments.list(server_id='server-2')] == [deployment.id]
assert [one['name'] for one in heat.software_deployments.metadata('server-2')] == ['install']
heat.software_deployments.update(deployment.id, status='COMPLETE', output_values={'deploy_stdout': 'done'})
assert heat.software_deployments.get(deployment.id).output_values == {'deploy_stdout': 'done'}
heat.software_deployments.delete(deployment.id)
heat.software_configs.delete(config.id)
refused(exc.HTTPNotFound, heat.software_configs.get, config.id)

# What there is.
assert 'api' in heat.build_info.build_info()
assert 'OS::Heat::Value' in [one.resource_type for one in heat.resource_types.list()]
assert 'length' in heat.resource_types.get('OS::Heat::RandomString')['properties']
assert 'heat_template_version' in heat.resource_types.generate_template('OS::Heat::RandomString', template_type='hot')
assert 'heat_template_version.2021-04-16' in [one.version for one in heat.template_versions.list()]
assert 'get_attr' in [one.functions for one in heat.template_versions.get('heat_template_version.2021-04-16')]
refused(exc.HTTPForbidden, heat.services.list)

for name in (NAME, 'second', 'third', 'waiting'):
    heat.stacks.delete(name)
while list(heat.stacks.list()):
    time.sleep(0.5)
