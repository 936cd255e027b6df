#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) which templates its groups give their stacks, one after the other, and writes the answers
to groups.json.

Each entry is a story of updates: [{props, policy?, timeout?, templates, removed, error?}]. A template is told as its members, each with the
value of its property `v`: `0:1 1:2`.
"""
import json
import logging
import os
import random
from unittest import mock

logging.disable(logging.CRITICAL)

from oslo_config import cfg

from heat.common import context, exception, grouputils
from heat.engine import environment, resources, stack as parser, template
from heat.engine.resources.openstack.heat import resource_group
from heat.engine.resources import stack_resource

cfg.CONF([], project='heat', default_config_files=[])
resources.initialise()


class Child:
    """The stack inside a group, as far as groups look at it."""

    def __init__(self):
        self.made, self.resources, self.removed, self.course = False, {}, '', []

    def become(self, made):
        self.made = True
        self.resources = {name: definition for name, definition in made.resource_definitions(None).items()}
        self.course.append(' '.join(
            '%s:%s' % (name, self.resources[name]._properties.get('v')) for name in sorted(self.resources, key=int)))


class Inspector:
    def __init__(self, child):
        self.child = child

    def size(self, include_failed):
        return len(self.child.resources)

    def member_names(self, include_failed):
        return iter(list(self.child.resources))

    def template(self):
        if not self.child.made:
            return None
        return mock.Mock(resource_definitions=lambda stack: dict(self.child.resources))


def group_of(child, said):
    body = {'type': 'OS::Heat::ResourceGroup', 'properties': said['props']}
    if 'policy' in said:
        body['update_policy'] = said['policy']
    read = template.Template({'heat_template_version': '2016-10-14', 'resources': {'g': body}}, env=environment.Environment())
    stack = parser.Stack(context.RequestContext(project_id='t', user_id='u'), 'web', read, timeout_mins=said.get('timeout', 60))
    group = stack['g']
    group.kept_alive = stack
    group.data = lambda: {'name_blacklist': child.removed} if child.removed else {}
    group.data_set = lambda key, value, redact=False: setattr(child, 'removed', value)
    group.get_output = lambda name: {one: 'ref-' + one for one in child.resources}
    group.update_with_template = lambda made, params=None, timeout=None: child.become(made)
    group.create_with_template = lambda made, params=None, timeout=None: child.become(made)
    group.resource_id = 'child' if child.made else None
    return group


def play(child, said, before):
    child.course = []
    group = group_of(child, said)
    answer = dict(said)
    try:
        if before is None:
            checkers = group.handle_create()
            group.resource_id = 'child'
            done = group.check_create_complete
        else:
            earlier = group_of(child, before)
            earlier.kept_alive.timeout_mins = said.get('timeout', 60)
            changed = {key: group.properties[key] for key in group.properties if group.properties[key] != earlier.properties[key]}
            diff = mock.Mock(update_policy_changed=lambda: True)
            checkers = earlier.handle_update(group.t, diff, changed)
            done = earlier.check_update_complete
        while not done(checkers):
            pass
    except (exception.HeatException, ValueError) as problem:
        answer['error'] = str(problem)
    answer['templates'] = child.course
    answer['removed'] = child.removed
    return answer


def told(story):
    child, before, answers = Child(), None, []
    with mock.patch.object(grouputils.GroupInspector, 'from_parent_resource', lambda group: Inspector(child)), \
            mock.patch.object(stack_resource.StackResource, 'check_update_complete', lambda self, cookie=None: True), \
            mock.patch.object(stack_resource.StackResource, 'check_create_complete', lambda self, cookie=None: True), \
            mock.patch.object(resource_group.timeutils, 'Duration', lambda seconds: mock.Mock(expired=lambda: True)):
        for said in story:
            answers.append(play(child, said, before))
            # What failed is not what the group was last brought to.
            before = before if before is not None and 'error' in answers[-1] else said
    return answers


def of(count, v=1, **more):
    timeout = more.pop('timeout', None)
    policy = more.pop('policy', None)
    said = {'props': {'count': count, 'resource_def': {'type': 'OS::Heat::Value', 'properties': {'v': v}}, **more}}
    if policy:
        said['policy'] = policy
    if timeout:
        said['timeout'] = timeout
    return said


def rolling(size, least=0, pause=0):
    return {'rolling_update': {'max_batch_size': size, 'min_in_service': least, 'pause_time': pause}}


def growing(size, pause=0):
    return {'batch_create': {'max_batch_size': size, 'pause_time': pause}}


def without(names, mode='append'):
    return {'removal_policies': [{'resource_list': names}], 'removal_policies_mode': mode}


CHOSEN = [
    [of(3), of(5), of(2), of(0), of(2)],
    [of(3), of(3, **without(['1'])), of(3), of(3, **without(['ref-3'])), of(2, **without([], 'update'))],
    [of(2, **without(['0', 5])), of(4), of(4, **without(['0'], 'update'))],
    [of(3), of(3, **without([1, 'ref-0', 'nobody'])), of(1, **without(['4', 'nobody'], 'update'))],
    [of(5, policy=growing(2)), of(8, policy=growing(2))],
    [of(0, policy=growing(2)), of(3, policy=growing(2))],
    [of(4, policy=growing(3, 5))],
    [of(3), of(3, 2, policy=rolling(1)), of(3, 3, policy=rolling(2, 2)), of(5, 4, policy=rolling(2, 3)), of(2, 5, policy=rolling(1, 1))],
    [of(4), of(4, 2, policy=rolling(1, 0, 20), timeout=1), of(4, 2, policy=rolling(1, 0, 19), timeout=1)],
    [of(4, policy=growing(1, 20), timeout=1)],
    [of(3, '%index%'), of(3, '{i}', index_var='{i}')],
]


def drawn(chance):
    story = []
    for _ in range(chance.randint(2, 4)):
        more = {}
        if chance.random() < 0.4:
            names = [str(one) for one in chance.sample(range(6), chance.randint(0, 2))]
            more.update(without(names, chance.choice(['append', 'append', 'update'])))
        if chance.random() < 0.6:
            more['policy'] = {**rolling(chance.randint(1, 3), chance.randint(0, 4)), **(growing(chance.randint(1, 3)) if chance.random() < 0.5 else {})}
        story.append(of(chance.randint(0, 6), chance.randint(1, 2), **more))
    return story


chance = random.Random(19)
stories = [told(story) for story in CHOSEN + [drawn(chance) for _ in range(60)]]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'groups.json'), 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(story) for story in stories) + '\n]\n')
