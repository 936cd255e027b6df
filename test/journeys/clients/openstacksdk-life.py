"""openstacksdk's orchestration: a stack's whole life. Ends with an AssertionError where something is not as it should be."""
import sys
import time

import openstack
from openstack import exceptions

NAME = 'sdk'
TEMPLATE = {
    'heat_template_version': '2018-08-31',
    'parameters': {'size': {'type': 'number', 'default': 6}},
    'resources': {'word': {'type': 'OS::Heat::RandomString', 'properties': {'length': {'get_param': 'size'}}}},
    'outputs': {'word': {'value': {'get_attr': ['word', 'value']}}},
}

cloud = openstack.connect()
heat = cloud.orchestration


def refused(kind, ask, *args, **kwargs):
    try:
        ask(*args, **kwargs)
    except kind as error:
        return str(error)
    raise AssertionError(f'{ask} was not refused')


def settled(status):
    return heat.wait_for_status(heat.get_stack(stack.id), status=status, failures=['CREATE_FAILED', 'UPDATE_FAILED'],
                                interval=1, wait=120)


# Looked at, made, found, listed.
assert 'size' in heat.validate_template(TEMPLATE).parameters
preview = heat.create_stack(preview=True, name=NAME, template=TEMPLATE)
assert preview.name == NAME
stack = heat.create_stack(name=NAME, template=TEMPLATE, parameters={'size': 5}, timeout_mins=20)
stack = settled('CREATE_COMPLETE')
assert (stack.name, stack.parameters['size'], stack.timeout_mins) == (NAME, '5', 20)
assert len(stack.outputs[0]['output_value']) == 5
found = heat.find_stack(NAME)
assert (found.id, found.name) == (stack.id, NAME)
assert heat.find_stack(stack.id).id == stack.id
assert heat.find_stack('nothing') is None
refused(exceptions.ResourceNotFound, heat.find_stack, 'nothing', ignore_missing=False)
refused(exceptions.NotFoundException, heat.get_stack, 'nothing')
refused(exceptions.ConflictException, heat.create_stack, name=NAME, template=TEMPLATE)
refused(exceptions.BadRequestException, heat.create_stack, name='wrong', template={'resources': {}})
assert heat.get_stack(stack.id, resolve_outputs=False).id == stack.id
assert [one.name for one in heat.stacks()] == [NAME]
assert [one.name for one in heat.stacks(status='COMPLETE', action='CREATE', name=NAME)] == [NAME]
assert [one.name for one in heat.stacks(name='nothing')] == []
assert [one.name for one in heat.stacks(limit=1)] == [NAME]

# What is inside it.
[word] = heat.resources(stack)
assert (word.name, word.resource_type, word.status) == ('word', 'OS::Heat::RandomString', 'CREATE_COMPLETE')
# This version's get_stack_template and get_stack_environment fail before they ask.
asked = f'/stacks/{stack.name}/{stack.id}'
assert heat.get(f'{asked}/template').json()['resources']['word']['type'] == 'OS::Heat::RandomString'
assert heat.get(f'{asked}/environment').json()['parameters'] == {'size': 5}
assert heat.get_stack_files(stack) == {}

# Changed and checked.
changes = heat.update_stack(heat.get_stack(stack.id), preview=True, template=TEMPLATE, parameters={'size': 7})
assert changes
heat.update_stack(heat.get_stack(stack.id), template=TEMPLATE, parameters={'size': 7})
assert settled('UPDATE_COMPLETE').parameters['size'] == '7'

# What servers are configured with.
config = heat.create_software_config(name='install', group='script', config='echo', inputs=[], outputs=[], options={})
assert heat.get_software_config(config.id).config == 'echo'
assert [one.id for one in heat.software_configs()] == [config.id]
deployment = heat.create_software_deployment(config_id=config.id, server_id='server-3', action='CREATE',
                                             status='IN_PROGRESS', status_reason='begun', input_values={})
assert heat.get_software_deployment(deployment.id).server_id == 'server-3'
assert [one.id for one in heat.software_deployments()] == [deployment.id]
assert heat.update_software_deployment(deployment, status='COMPLETE').status == 'COMPLETE'
heat.delete_software_deployment(deployment)
heat.delete_software_config(config)
refused(exceptions.NotFoundException, heat.delete_software_config, config, ignore_missing=False)

# Abandoned, where the operator lets it be, and deleted.
if 'hand-over' in sys.argv:
    assert heat.abandon_stack(heat.get_stack(stack.id))['name'] == NAME
    while heat.find_stack(NAME):
        time.sleep(0.5)
    stack = heat.create_stack(name=NAME, template=TEMPLATE)
    settled('CREATE_COMPLETE')
heat.delete_stack(stack)
heat.wait_for_delete(stack, interval=1, wait=120)
heat.delete_stack('nothing')
refused(exceptions.NotFoundException, heat.delete_stack, 'nothing', ignore_missing=False)

# The layer above it.
made = cloud.create_stack('above', template_file='small.yaml', rollback=False, wait=True, length=7)
assert (made.status, made.parameters['length']) == ('CREATE_COMPLETE', '7')
changed = cloud.update_stack('above', template_file='small.yaml', wait=True, length=8)
assert (changed.status, changed.parameters['length']) == ('UPDATE_COMPLETE', '8')
assert [one.name for one in cloud.search_stacks('above')] == ['above']
assert cloud.get_stack('nothing') is None
assert cloud.delete_stack('above', wait=True)
while list(heat.stacks()):
    time.sleep(0.5)
