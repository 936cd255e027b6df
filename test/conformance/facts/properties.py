#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) what it makes of property values, and writes the answers to properties.json.

Each entry is a schema of one property `p` and a list of [data, answer]. A schema is {type, default?, required?, implemented?,
convertible?, constraints?, fields?, item?}. An answer is {value}, or {path, message}.
"""
import json
import logging
import os

logging.disable(logging.CRITICAL)

from heat.common import exception
from heat.engine import constraints, properties, resources

resources.initialise()

VALUES = [None, '', ' ', 'a', 'abc', 'a,b', 'true', 'TRUE', 'False', 'yes', '0', '1', '5', '-3', '+4', ' 7 ', '1_000', '1.5', '5.7', '.5', '1e3', 'ä',
          '{"a": 1}', '[1]', "it's", True, False, 0, 1, 5, -3, 1.5, 5.7, 3000000000, [], ['a'], [1, None, True], [{'a': 1}], {}, {'a': 'b'}, {'a': [1, {'b': None}]}]
# Of a few texts that are odd numbers, rules speak as of what Python makes of them.
RULED = [one for one in VALUES if one not in ('+4', '1e3')]
KINDS = ['String', 'Integer', 'Number', 'Boolean', 'List', 'Map', 'Any']
ABSENT = object()


def schema_of(said):
    inside = None
    if 'item' in said:
        inside = schema_of(said['item'])
    if 'fields' in said:
        inside = {name: schema_of(one) for name, one in said['fields'].items()}
    rules = []
    for rule in said.get('constraints', []):
        words = rule.get('description')
        if 'range' in rule:
            rules.append(constraints.Range(rule['range'].get('min'), rule['range'].get('max'), words))
        if 'length' in rule:
            rules.append(constraints.Length(rule['length'].get('min'), rule['length'].get('max'), words))
        if 'modulo' in rule:
            rules.append(constraints.Modulo(rule['modulo']['step'], rule['modulo']['offset'], words))
        if 'allowed_values' in rule:
            rules.append(constraints.AllowedValues(rule['allowed_values'], words))
        if 'allowed_pattern' in rule:
            rules.append(constraints.AllowedPattern(rule['allowed_pattern'], words))
        if 'custom_constraint' in rule:
            rules.append(constraints.CustomConstraint(rule['custom_constraint'], words))
    return properties.Schema(said['type'], default=said.get('default'), required=said.get('required', False), schema=inside,
                             constraints=rules, implemented=said.get('implemented', True), allow_conversion=said.get('convertible', False))


def ask(said, data):
    try:
        read = properties.Properties({'p': schema_of(said)}, data, lambda value, nullable=False: value)
        read.validate()
        value = read['p']
        json.dumps(value, allow_nan=False)
        return {'value': value}
    except exception.StackValidationFailed as problem:
        return {'path': list(problem.path), 'message': problem.error_message}
    except Exception:
        return {'error': 'crash'}


def asked(said, values):
    rows = [[{}, ask(said, {})]]
    for value in values:
        data = {'p': value}
        rows.append([data, ask(said, data)])
    return {'schema': said, 'rows': rows}


DEFAULTS = {'String': 'usual', 'Integer': 7, 'Number': 1.5, 'Boolean': True, 'List': ['usual'], 'Map': {'usual': 1}, 'Any': 'usual'}
RULES = [
    ('Integer', {'range': {'min': 1, 'max': 5}}), ('Integer', {'range': {'min': 2}}), ('Number', {'range': {'max': 2.5}}), ('Integer', {'range': {'min': 0}, 'description': 'Not below zero.'}),
    ('String', {'length': {'min': 1, 'max': 3}}), ('List', {'length': {'max': 1}}), ('Map', {'length': {'min': 1}}),
    ('Integer', {'modulo': {'step': 2, 'offset': 1}}), ('Number', {'modulo': {'step': 3, 'offset': 0}}),
    ('String', {'allowed_values': ['a', 'true', '5', 'True']}), ('Integer', {'allowed_values': [1, 5]}), ('Number', {'allowed_values': [1, 1.5]}),
    ('Boolean', {'allowed_values': [True]}), ('List', {'allowed_values': ['a', 1]}), ('String', {'allowed_pattern': '[a-z]+'}), ('String', {'allowed_pattern': ''}),
    ('String', {'custom_constraint': 'ip_addr'}), ('String', {'custom_constraint': 'net_cidr'}), ('List', {'allowed_values': ['a', 'b'], 'description': 'Only a and b.'}),
]
INNER = {'name': {'type': 'String', 'required': True}, 'size': {'type': 'Integer', 'default': 3, 'constraints': [{'range': {'min': 1}}]}, 'on': {'type': 'Boolean'}}
MAPS = [None, {}, {'name': 'a'}, {'name': None}, {'name': 'a', 'size': '5'}, {'name': 'a', 'size': 0}, {'name': 'a', 'size': 'x'}, {'name': 'a', 'on': 1}, {'name': 'a', 'what': 1},
        {'size': 1}, {'name': 'a', 'size': None}, {'name': 'a', 'on': None}, 'text', ['a'], 5, '{"name": "a"}']
LISTS = [None, [], [None], [{}], [{'name': 'a'}], [{'name': 'a'}, {'name': 'b', 'size': 'x'}], [{'name': 'a'}, 'x'], [{'name': 'a', 'what': 1}], 'a,b', {'name': 'a'}, [[]], 5]

facts = [asked({'type': kind}, VALUES) for kind in KINDS]
facts += [asked({'type': kind, 'required': True}, [None, '']) for kind in KINDS]
facts += [asked({'type': kind, 'default': DEFAULTS[kind]}, [None, '', 'x', False, 0]) for kind in KINDS if kind != 'Any']
facts += [asked({'type': kind, 'default': usual}, [None]) for kind, usual in [('String', ''), ('Integer', 0), ('Boolean', False), ('List', []), ('Map', {}), ('Number', 0)]]
facts += [asked({'type': kind, 'convertible': True}, VALUES) for kind in ['List', 'Map']]
facts += [asked({'type': 'String', 'implemented': False}, ['x', None])]
facts += [asked({'type': kind, 'constraints': [rule]}, [one for one in RULED if kind != 'Number' or not isinstance(one, bool)]) for kind, rule in RULES]
facts += [asked({'type': 'String', 'constraints': [{'length': {'max': 2}}, {'allowed_pattern': '[a-z]*'}]}, VALUES)]
facts += [asked({'type': 'Map', 'fields': INNER}, MAPS), asked({'type': 'Map', 'fields': INNER, 'required': True}, MAPS)]
facts += [asked({'type': 'Map', 'fields': {'inner': {'type': 'Map', 'fields': INNER}}}, [{}, {'inner': {}}, {'inner': None}, {'inner': {'name': 'a', 'size': 'x'}}])]
facts += [asked({'type': 'Map', 'fields': INNER, 'convertible': True}, MAPS)]
facts += [asked({'type': 'List', 'item': {'type': 'Map', 'fields': INNER}}, LISTS)]
facts += [asked({'type': 'List', 'item': {'type': kind}}, [['a', '5', 5, True], [None], [1.5], [[]], [{}], [['a'], [1]]]) for kind in KINDS]
facts += [asked({'type': 'List', 'item': {'type': 'Integer', 'constraints': [{'range': {'max': 5}}]}, 'constraints': [{'length': {'max': 2}}]}, [[1], [1, 9], [1, 2, 3], [1, 2, 9]])]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'properties.json'), 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(one) for one in facts) + '\n]\n')
