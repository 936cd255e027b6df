#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) what it makes of environments, and writes the answers to environments.json.

`read`: an environment, with what it is then, or what is wrong. `resolve`: the operator's registry, a user's, and what types come to.
`words`: hooks and restricted actions of resources by their names. `merge`: environment files over request parameters, with the types that
templates declare for parameters. `child`: what of an environment a nested stack gets.
"""
import copy
import json
import logging
import os

logging.disable(logging.CRITICAL)

from heat.common import environment_format, environment_util, exception
from heat.engine import environment, parameters, resource, resources

resources.initialise()

KNOWN = ['OS::Nova::Server', 'OS::Neutron::Net', 'OS::Neutron::Port', 'OS::Aodh::Alarm', 'OS::Heat::None']


def site(registry):
    made = environment.Environment({}, user_env=False)
    made.event_sink_classes['zaqar-queue'] = dict
    for name in KNOWN:
        made.register_class(name, type(name.replace(':', ''), (resource.Resource,), {}))
    made.load({'resource_registry': registry})
    resources._environment = made
    return made


site({})


def refusal(problem):
    if isinstance(problem, (exception.HeatException, ValueError)):
        kind = 'HTTPBadRequest' if isinstance(problem, ValueError) else type(problem).__name__
        return {'error': kind, 'message': str(problem)}
    return {'error': 'crash'}


def read(said):
    try:
        return {'is': environment.Environment(environment_format.parse(json.dumps(said))).user_env_as_dict()}
    except Exception as problem:
        return refusal(problem)


def registry(said):
    return {'resource_registry': said}


READ = [
    {}, {'parameters': {}}, {'parameters': None}, {'resource_registry': None}, {'event_sinks': None}, {'parameter': {'a': 1}}, {'Parameters': {}}, {'parameters': {'a': None, 'b': [1]}},
    {'parameter_defaults': {'a': 1}, 'encrypted_param_names': ['a']},
    {'event_sinks': [{'type': 'zaqar-queue', 'target': 'x'}]}, registry({}), registry({'A': 'B'}), registry({'A': None}), registry({'A': 'B', 'A*': None}), registry({'A': 'B', 'AB': 'C', 'B': 'D', 'A*': None}),
    registry({'A*': None, 'A': 'B'}), registry({'resources': {}}), registry({'resources': {'s': {'A': 'b.yaml'}}}), registry({'resources': {'s': {'A': None}}}), registry({'resources': {'s': {'A': 'x', 'AB': 'x', 'A*': None}}}),
    registry({'resources': {'s': {'hooks': 'pre-create'}}}), registry({'resources': {'s': {'hooks': ['pre-create', 'post-update']}}}), registry({'resources': {'s': {'hooks': 'pre-what'}}}),
    registry({'resources': {'s': {'hooks': ['pre-create', 'no']}}}), registry({'resources': {'s': {'hooks': []}}}), registry({'resources': {'s': {'hooks': {}}}}), registry({'resources': {'s': {'hooks': 5}}}),
    registry({'resources': {'s': {'hooks': None}}}), registry({'resources': {'s': {'restricted_actions': 'replace'}}}), registry({'resources': {'s': {'restricted_actions': ['update', 'replace']}}}),
    registry({'resources': {'s': {'restricted_actions': 'delete'}}}), registry({'resources': {'s': {'restricted_actions': ['update', 'delete']}}}), registry({'resources': {'a': {'b': {'hooks': 'pre-delete'}}}}),
    registry({'hooks': 'pre-create'}), registry({'hooks': 'never'}), registry({'base_url': 'http://example.com/'}), registry({'a.yaml': 'b.yaml'}), registry({'A': 'b.template'}), registry({'A*': 'b.yaml'}),
]

RESOLVE = [
    ({}, {}), ({}, {'A': 'OS::Nova::Server'}), ({}, {'A': 'B'}), ({}, {'A': 'B', 'B': 'OS::Nova::Server'}), ({}, {'A': 'a.yaml'}), ({}, {'OS::Nova::Server': 'a.yaml'}), ({}, {'OS::Nova::Server': 'OS::Neutron::Net'}),
    ({}, {'OS::Nova::Server': 'Missing'}), ({}, {'OS::Quantum*': 'OS::Neutron*'}), ({}, {'OS::N*': 'OS::Heat::None'}), ({}, {'OS::*': 'OS::Heat::None'}), ({}, {'OS::Nova*': 'a.yaml'}),
    ({}, {'OS::Nova*': 'OS::Heat::None', 'OS::Nova::Server': 'OS::Neutron::Port'}), ({}, {'OS::Nova::S*': 'OS::Heat::None', 'OS::Nova*': 'OS::Neutron::Net'}), ({}, {'*': 'OS::Heat::None'}), ({}, {'A*': 'OS::Nova::Server', 'A': 'OS::Neutron::Net'}),
    ({}, {'resources': {'s': {'OS::Nova::Server': 's.yaml'}}}), ({}, {'resources': {'s': {'OS::Nova::Server': 'OS::Heat::None'}}, 'OS::Nova::Server': 'all.yaml'}), ({}, {'resources': {'s*': {'OS::Nova::Server': 's.yaml'}}}),
    ({}, {'resources': {'s': {'A': 'B'}}, 'B': 'OS::Nova::Server'}), ({}, {'A': 'B', 'resources': {'s': {'B': 's.yaml'}}}), ({}, {'x.yaml': 'y.yaml'}), ({}, {'A': 'x.yaml', 'x.yaml': 'OS::Nova::Server'}), ({}, {'A': 'OS::Neutron*'}),
    ({}, {'OS::Q*': 'OS::Neutron*', 'OS::Quantum::Net': 'OS::Heat::None'}), ({}, {'OS::Quantum*': 'OS::Nothing*', 'OS::Q*': 'OS::Heat::None'}),
    ({'OS::Quantum*': 'OS::Neutron*'}, {}), ({'OS::Quantum*': 'OS::Neutron*'}, {'OS::Quantum::Net': 'mine.yaml'}), ({'OS::Quantum*': 'OS::Neutron*'}, {'OS::Neutron::Net': 'mine.yaml'}), ({'A': 'OS::Nova::Server'}, {'OS::Nova::Server': 'mine.yaml'}),
    ({'A': 'OS::Nova::Server'}, {'B': 'A'}), ({'A': 'OS::Nova::Server'}, {'A': 'OS::Neutron::Net'}), ({'A': 'OS::Nova::Server'}, {'A': 'Missing'}), ({'A': 'file:///a.yaml'}, {}), ({'A': 'file:///a.yaml'}, {'A*': 'OS::Heat::None'}),
    ({'OS::Nova::Server': 'file:///a.yaml'}, {}), ({'OS::Nova::Server': 'OS::Neutron::Net'}, {}), ({'OS::Nova*': 'OS::Heat::None'}, {}), ({'OS::Nova::Server': None}, {}), ({'OS::Nova::Server': None}, {'A': 'OS::Nova::Server'}),
    ({'OS::Neutron*': None}, {}), ({'OS::Nova::Server': None, 'OS::Nova*': 'OS::Heat::None'}, {}), ({'OS::*': None}, {}), ({'resources': {'s': {'OS::Nova::Server': 'OS::Heat::None'}}}, {}), ({'resources': {'s': {'OS::Nova::Server': 'file:///a.yaml'}}}, {'OS::Nova::Server': 'OS::Neutron::Net'}),
    ({'OS::Nova::Server': 'Missing'}, {}), ({'A': 'B', 'B': 'OS::Heat::None'}, {'B': 'OS::Nova::Server'}),
]
ASKED = [(kind, name) for kind in ['A', 'AB', 'B', 'OS::Nova::Server', 'OS::Quantum::Net', 'OS::Neutron::Net', 'OS::Neutron::Port', 'OS::Heat::None', 'x.yaml'] for name in ['s', 'other']]


def resolved(all_say, user_says, kind, name):
    site(copy.deepcopy(all_say))
    made = environment.Environment({'resource_registry': copy.deepcopy(user_says)})
    try:
        info = made.get_resource_info(kind, name)
    except exception.EntityNotFound:
        return None
    except RecursionError:
        return 'endless'
    return info.template_name if isinstance(info, environment.TemplateResourceInfo) else info.name


def words(said, names):
    made = environment.Environment({'resource_registry': {'resources': said}}).registry
    return [[name, [one for one in environment.HOOK_TYPES if made.matches_hook(name, one)], sorted(made.get_rsrc_restricted_actions(name))] for name in names]


WORDS = [
    {'s': {'hooks': 'pre-create'}}, {'s*': {'hooks': ['pre-create', 'pre-update']}, '*_a': {'hooks': 'pre-delete'}}, {'?': {'hooks': 'pre-create'}, '[st]': {'restricted_actions': 'update'}}, {'[!s]*': {'restricted_actions': ['replace']}},
    {'*': {'restricted_actions': ['update', 'replace'], 'hooks': 'post-create'}, 's': {'hooks': 'post-delete'}}, {'S': {'hooks': 'pre-create'}}, {'s': {'inner': {'hooks': 'pre-create'}}}, {'[': {'hooks': 'pre-create'}}, {'s[': {'hooks': 'pre-create'}},
]
NAMES = ['s', 't', 'S', 's_a', 'server', '[', 's[', '']

TYPES = {'text': 'string', 'size': 'number', 'list': 'comma_delimited_list', 'map': 'json', 'flag': 'boolean'}


def merge(given, files):
    schemata = {name: parameters.Schema({'string': 'String', 'number': 'Number', 'comma_delimited_list': 'CommaDelimitedList', 'json': 'Json', 'boolean': 'Boolean'}[kind]) for name, kind in TYPES.items()}
    whole = {'parameters': copy.deepcopy(given)}
    environment_format.default_for_missing(whole)
    try:
        named = {str(i): json.dumps(one) for i, one in enumerate(files)}
        environment_util.merge_environments(list(named), named, whole, schemata)
        return {'is': environment.Environment(whole).user_env_as_dict()}
    except Exception as problem:
        return refusal(problem)


def stated(parameters, **strategies):
    return {'parameters': parameters, 'parameter_merge_strategies': strategies}


MERGE = [
    ({}, [{'parameters': {'text': 'a'}}]), ({'text': 'z'}, [{'parameters': {'text': 'a'}}]), ({'text': 'z'}, [{'parameters': {'other': 'a'}}]), ({}, [{'parameters': {'other': 'a'}}]), ({'text': 'z'}, [{'parameters': {'size': None}}]),
    ({}, [{'parameters': {'text': 'a', 'other': 1}}, {'parameters': {'text': 'b', 'more': 2}}]), ({'text': 'z'}, [stated({'text': 'a'}, text='merge')]), ({'text': 'z'}, [stated({'text': 'a'}, default='merge')]),
    ({'list': 'z'}, [stated({'list': 'a,b'}, list='merge')]), ({'list': ['z']}, [stated({'list': ['a']}, list='merge')]), ({'list': 'z'}, [stated({'list': ['a']}, list='merge')]), ({'list': ['z']}, [stated({'list': 'a'}, list='merge')]), ({'size': 1}, [stated({'list': 'a'}, list='merge')]),
    ({'map': {'a': 1, 'b': {'c': 1}}}, [stated({'map': {'b': {'d': 2}, 'e': None}}, map='merge')]), ({'map': {'a': 1, 'b': {'c': 1}}}, [stated({'map': {'b': {'d': 2}, 'e': None}}, map='deep_merge')]),
    ({'map': {'a': 'x', 'b': [1], 'c': 5}}, [stated({'map': {'a': 'y', 'b': [2], 'c': 6, 'd': 'new'}}, map='deep_merge')]), ({'map': '{"a": 1}'}, [stated({'map': '{"b": 2}'}, map='merge')]), ({'map': {'a': 1}}, [stated({'map': '{"b": 2}'}, map='merge')]),
    ({'size': 1}, [stated({'size': 2}, size='merge')]), ({'size': 1}, [stated({'size': '2'}, size='merge')]), ({'flag': True}, [stated({'flag': False}, flag='merge')]), ({'flag': True}, [stated({'flag': 'no'}, flag='merge')]), ({'flag': True}, [{'parameters': {'flag': False}}]),
    ({'text': 'z'}, [stated({'text': 'a'}, text='what')]), ({'text': 'z'}, [stated({'text': 'a'}, text='what', default='merge')]), ({'text': 'z'}, [stated({'text': 'a'}, default='what')]),
    ({}, [stated({'text': 'a'}, text='merge'), {'parameters': {'text': 'b'}}]), ({}, [stated({'text': 'a'}, text='merge'), stated({'text': 'b'}, text='overwrite')]), ({}, [stated({'text': 'a'}, text='merge'), stated({'text': 'b'}, default='overwrite')]),
    ({}, [stated({'text': 'a'}, default='merge'), stated({'text': 'b'}, default='deep_merge')]), ({}, [{'parameters': {'text': 'a'}}, stated({'text': 'b'}, text='merge')]), ({}, [stated({'text': 'a'}, text='merge'), stated({'text': 'b'}, size='merge'), stated({'text': 'c'}, text='merge')]),
    ({}, [{'parameter_defaults': {'text': 'a', 'other': 1}}, {'parameter_defaults': {'text': 'b', 'more': 1}}]), ({}, [{'parameter_defaults': {'list': 'a'}}, {'parameter_defaults': {'list': 'b'}, 'parameter_merge_strategies': {'list': 'merge'}}]),
    ({}, [registry({'A': 'x', 'B': 'y'}), registry({'A': 'z', 'B': None})]), ({}, [registry({'resources': {'s': {'A': 'x'}}}), registry({'resources': {'t': {'A': 'y'}}})]), ({}, [registry({'A': None}), registry({'A*': None, 'B': 'x'})]),
    ({}, [registry({'A': 'x', 'AB': 'x'}), registry({'A*': None})]), ({}, [{'encrypted_param_names': ['a']}]), ({}, [{'event_sinks': [{'type': 'zaqar-queue', 'target': 'a'}]}]), ({}, [{'parameters': None}]), ({}, [{'what': {}}]), ({}, [{}, {'parameters': {}}]),
    ({'text': 'z'}, [stated({'text': 5}, text='merge')]), ({'list': 'z'}, [stated({'list': 5}, list='merge')]), ({'map': {'a': 1}}, [stated({'map': '{bad'}, map='merge')]), ({'map': {'a': 1}}, [stated({'map': [1]}, map='merge')]),
]


def child(parent, given, name, type_name):
    made = environment.Environment(copy.deepcopy(parent))
    try:
        info = made.get_resource_info(type_name, name, registry_type=environment.TemplateResourceInfo)
    except exception.EntityNotFound:
        info = None
    return environment.get_child_environment(made, copy.deepcopy(given), item_to_remove=info, child_resource_name=name).user_env_as_dict()


ALL = {
    'parameters': {'a': 1}, 'parameter_defaults': {'d': 1}, 'encrypted_param_names': ['a'], 'event_sinks': [{'type': 'zaqar-queue', 'target': 'q'}],
    'resource_registry': {'A': 'a.yaml', 'B': 'OS::Heat::None', 'C*': 'c.yaml', 'resources': {'n': {'A': 'n.yaml', 'i': {'hooks': 'pre-create', 'A': 'i.yaml'}}, 'n*': {'B': 'b.yaml', 'j': {'hooks': 'pre-update'}}, 'other': {'A': 'o.yaml'}, 'hooked': {'hooks': 'pre-create'}}},
}
CHILD = [(ALL, given, name, kind) for given in [{}, {'p': 1, 'q': None}, {'parameters': {'p': 1}, 'parameter_defaults': {'d': 2, 'e': 3}, 'resource_registry': {'A': 'new.yaml', 'resources': {'x': {'A': 'y.yaml'}, 'n': {'k': {'hooks': 'post-create'}}}}}]
         for name, kind in [('n', 'A'), ('nn', 'A'), ('other', 'A'), ('m', 'A'), ('m', 'B'), ('m', 'CC'), ('hooked', 'A'), ('m', 'a.yaml')]]

facts = {
    'read': [[one, read(one)] for one in READ],
    'resolve': [[all_say, user_says, [[kind, name, resolved(all_say, user_says, kind, name)] for kind, name in ASKED]] for all_say, user_says in RESOLVE],
    'merge': [[given, files, merge(given, files)] for given, files in MERGE],
}
site({})
facts['words'] = [[one, words(one, NAMES)] for one in WORDS]
facts['child'] = [[parent, given, name, kind, child(parent, given, name, kind)] for parent, given, name, kind in CHILD]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'environments.json'), 'w') as file:
    parts = [json.dumps(name) + ': [\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]' for name, rows in facts.items()]
    file.write('{\n' + ',\n'.join(parts) + '\n}\n')
