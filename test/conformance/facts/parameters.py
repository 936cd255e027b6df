#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) what it makes of parameters, and writes the answers to parameters.json.

Each entry is a template version, a declaration and a list of [given value, answer]; no value given: the row has the
answer alone. An answer is {value, text}, or {error, message}; of an error that the original did not mean to give (it
would answer 500) there is only {"error": "crash"}.
"""
import json
import logging
import os

logging.disable(logging.CRITICAL)

from heat.common import exception
from heat.engine import resources, template

resources.initialise()

LATEST = '2021-04-16'
SCALARS = [None, '', ' ', 'a', 'A', 'abc', 'a,b', ' a , b ', ',', 'true', 'True', 'FALSE', 'yes', 'No', 'on', 'off', 't', 'f', 'Y',
           'n', '0', '1', '2', '10', '-3', '+4', '1.5', '.5', '5.', '1e3', '1_000', '0x10', '1e400', 'inf', 'nan', ' 7 ', '1 2', 'ä', '😀😀',
           '[]', '[1, "a"]', '{}', '{"a": {"b": [1, null]}}', '{bad', 'null', '"x"', '[1', 'NaN', "it's", 'line\nbreak',
           True, False, 0, 1, 2, 10, -3, 1.5, 0.1, 100000, 3000000000,
           [], ['a'], ['a', 'b'], ['a', 1, True, None, 1.5], [['x']], [{'a': 1}], {}, {'a': 'b'}, {'a': {'b': [1, None]}, 'ä': 2}]
FEW = [None, '', 'a', 'b', 'ab', 'abc', '😀', '1', 1, 2, 3, '3', 5, '5', 7.5, '7.5', -1, True, False, 'true', 'yes', 'x,y', ['a'],
       ['a', 'b'], ['1', 2], {'a': 1}, '{"a": 1, "b": 2}', '[1, 2, 3]', '{}']
TYPES = ['string', 'number', 'boolean', 'comma_delimited_list', 'json']


def constrained():
    """Declarations with a rule, sound and unsound."""
    rules = [
        {'range': {'min': 1, 'max': 5}}, {'range': {'min': '2'}}, {'range': {'max': 2.5}}, {'range': {'min': 0.5, 'max': '5'}},
        {'length': {'min': 1, 'max': 2}}, {'length': {'min': '2'}}, {'length': {'max': 0}},
        {'modulo': {'step': 2, 'offset': 1}}, {'modulo': {'step': -3, 'offset': -1}}, {'modulo': {'step': '3', 'offset': 0}},
        {'allowed_values': ['a', 'b', 1, 'true', '3']}, {'allowed_values': [1, 2, 5]}, {'allowed_values': [True]},
        {'allowed_values': ['yes', 'no', '5']}, {'allowed_values': []},
        {'allowed_pattern': '[a-z]+'}, {'allowed_pattern': 'a|ab'}, {'allowed_pattern': '\\d*'},
        {'custom_constraint': 'ip_addr'},
    ]
    for kind in TYPES:
        for rule in rules:
            yield {'type': kind, 'constraints': [rule]}
    said = {'length': {'max': 2}, 'description': 'Two letters at most'}
    yield {'type': 'string', 'constraints': [said]}
    yield {'type': 'string', 'constraints': [said, {'allowed_pattern': '[a-z]*'}]}
    yield {'type': 'string', 'constraints': [{'allowed_pattern': '[a-z]*'}, {'length': {'max': 2}}]}
    yield {'type': 'string', 'hidden': True, 'constraints': [{'length': {'max': 2}}]}


UNSOUND = [
    'a string', None, [], {}, {'type': 'text'}, {'type': 'String'}, {'type': None}, {'type': 5}, {'type': 'string', 'typo': 1},
    {'type': 'string', 'Default': 'x'}, {'type': 'string', 'tags': 'a'}, {'type': 'string', 'tags': ['a']}, {'type': 'string', 'tags': None},
    {'type': 'string', 'label': 5}, {'type': 'string', 'description': ['x']}, {'type': 'string', 'schema': {'a': 1}},
    {'type': 'json', 'schema': {'a': {'type': 'string'}}}, {'type': 'json', 'schema': None},
    {'type': 'string', 'constraints': None}, {'type': 'string', 'constraints': {}}, {'type': 'string', 'constraints': 'x'},
    {'type': 'string', 'constraints': []}, {'type': 'string', 'constraints': ['x']}, {'type': 'string', 'constraints': [{}]},
    {'type': 'string', 'constraints': [{'description': 'x'}]}, {'type': 'string', 'constraints': [{'what': 1}]},
    {'type': 'string', 'constraints': [{'length': None}]}, {'type': 'string', 'constraints': [{'length': 5}]},
    {'type': 'string', 'constraints': [{'length': {}}]}, {'type': 'string', 'constraints': [{'length': {'min': None}}]},
    {'type': 'string', 'constraints': [{'length': {'mini': 5}}]}, {'type': 'string', 'constraints': [{'length': {'min': 'x'}}]},
    {'type': 'string', 'constraints': [{'length': {'min': 1.5}}]}, {'type': 'string', 'constraints': [{'length': {'min': True}}]},
    {'type': 'string', 'constraints': [{'length': {'min': []}}]}, {'type': 'string', 'constraints': [{'length': {'min': 3, 'max': 1}}]},
    {'type': 'number', 'constraints': [{'range': {}}]}, {'type': 'number', 'constraints': [{'range': {'min': 'x'}}]},
    {'type': 'number', 'constraints': [{'range': {'from': 1}}]}, {'type': 'number', 'constraints': [{'range': [1, 2]}]},
    {'type': 'number', 'constraints': [{'modulo': {'step': 2}}]}, {'type': 'number', 'constraints': [{'modulo': {'step': 0, 'offset': 0}}]},
    {'type': 'number', 'constraints': [{'modulo': {'step': 2, 'offset': 2}}]}, {'type': 'number', 'constraints': [{'modulo': {'step': 2, 'offset': -1}}]},
    {'type': 'number', 'constraints': [{'modulo': {'step': 1.5, 'offset': 0}}]}, {'type': 'number', 'constraints': [{'modulo': {'step': 2.0, 'offset': 1}}]},
    {'type': 'number', 'constraints': [{'modulo': 5}]}, {'type': 'number', 'constraints': [{'modulo': {'a': 5}}]},
    {'type': 'string', 'constraints': [{'allowed_values': 'abc'}]}, {'type': 'string', 'constraints': [{'allowed_values': {'a': 1}}]},
    {'type': 'string', 'constraints': [{'allowed_values': None}]}, {'type': 'string', 'constraints': [{'allowed_pattern': 5}]},
    {'type': 'string', 'constraints': [{'allowed_pattern': None}]}, {'type': 'string', 'constraints': [{'allowed_pattern': '('}]},
    {'type': 'string', 'constraints': [{'length': {'max': 2}, 'allowed_pattern': '[0-9]*'}]},
    
    {'type': 'string', 'constraints': [{'length': {'max': 2}, 'description': 5}]},
    {'type': 'string', 'constraints': [{'length': {'max': 2}, 'description': ''}]},
]
DEFAULTS = [
    {'type': 'string', 'default': 5}, {'type': 'string', 'default': None}, {'type': 'string', 'default': ''}, {'type': 'string', 'default': True},
    {'type': 'string', 'default': {'a': [None, 'it\'s']}}, {'type': 'string', 'default': 1.5}, {'type': 'string', 'default': 0},
    {'type': 'number', 'default': 'x'}, {'type': 'number', 'default': '5'}, {'type': 'number', 'default': ''}, {'type': 'number', 'default': [1]},
    {'type': 'number', 'default': True}, {'type': 'number', 'default': {}}, {'type': 'boolean', 'default': 'x'}, {'type': 'boolean', 'default': 'on'},
    {'type': 'boolean', 'default': 1}, {'type': 'boolean', 'default': 2}, {'type': 'boolean', 'default': False}, {'type': 'boolean', 'default': ''},
    {'type': 'boolean', 'default': []}, {'type': 'comma_delimited_list', 'default': 'a,b'}, {'type': 'comma_delimited_list', 'default': ['a', 2]},
    {'type': 'comma_delimited_list', 'default': 5}, {'type': 'comma_delimited_list', 'default': ''}, {'type': 'comma_delimited_list', 'default': {}},
    {'type': 'comma_delimited_list', 'default': []}, {'type': 'json', 'default': '{"a": 1}'}, {'type': 'json', 'default': '{a'},
    {'type': 'json', 'default': ''}, {'type': 'json', 'default': {}}, {'type': 'json', 'default': [1, 'x', None]}, {'type': 'json', 'default': 5},
    {'type': 'json', 'default': True}, {'type': 'json', 'default': {'a': None}},
    {'type': 'string', 'default': 'abc', 'constraints': [{'length': {'max': 2}}]},
    {'type': 'string', 'default': 'abc', 'constraints': [{'length': {'max': 2}, 'description': 'short'}]},
    {'type': 'string', 'default': 5, 'constraints': [{'length': {'max': 2}}]}, {'type': 'string', 'default': 5, 'constraints': [{'allowed_values': ['5']}]},
    {'type': 'string', 'default': 'a', 'constraints': [{'allowed_values': ['b', 'c']}]},
    {'type': 'string', 'default': 'x', 'constraints': [{'custom_constraint': 'ip_addr'}]},
    {'type': 'number', 'default': 9, 'constraints': [{'range': {'max': 5}}]}, {'type': 'number', 'default': '9', 'constraints': [{'range': {'max': 5}}]},
    {'type': 'number', 'default': 'x', 'constraints': [{'range': {'max': 5}}]}, {'type': 'number', 'default': [], 'constraints': [{'range': {'max': 5}}]},
    {'type': 'number', 'default': '5', 'constraints': [{'allowed_values': [5]}]}, {'type': 'number', 'default': 4, 'constraints': [{'modulo': {'step': 3, 'offset': 0}}]},
    {'type': 'boolean', 'default': 'yes', 'constraints': [{'allowed_values': [True]}]}, {'type': 'boolean', 'default': 'no', 'constraints': [{'allowed_values': [True]}]},
    {'type': 'boolean', 'default': 'x', 'constraints': [{'allowed_values': [True]}]},
    {'type': 'comma_delimited_list', 'default': 'a,b', 'constraints': [{'length': {'max': 1}}]},
    {'type': 'comma_delimited_list', 'default': ['a', 1], 'constraints': [{'allowed_values': ['a', 'b']}]},
    {'type': 'comma_delimited_list', 'default': 'a,b', 'constraints': [{'allowed_values': ['a', 'b']}]},
    {'type': 'string', 'default': 5, 'constraints': [{'allowed_pattern': '5'}]}, {'type': 'string', 'default': True, 'constraints': [{'length': {'max': 9}}]},
    {'type': 'json', 'default': {'a': 1, 'b': 2}, 'constraints': [{'length': {'max': 1}}]}, {'type': 'json', 'default': '{"a": 1}', 'constraints': [{'length': {'max': 1}}]},
    {'type': 'string', 'default': 'secretive', 'hidden': True}, {'type': 'json', 'default': {'a': 'secretive'}, 'hidden': 'yes'},
    {'type': 'string', 'default': 'secretive', 'hidden': 'false'}, {'type': 'string', 'default': 'secretive', 'hidden': 0},
    {'type': 'string', 'default': 'secretive', 'hidden': None}, {'type': 'string', 'default': 'secretive', 'hidden': 'True'},
]
OLDER = [
    ('2016-10-14', {'type': 'number', 'constraints': [{'modulo': {'step': 2, 'offset': 1}}]}),
    ('2017-02-24', {'type': 'number', 'constraints': [{'modulo': {'step': 2, 'offset': 1}, 'range': {'max': 1}}]}),
    ('2016-10-14', {'type': 'number', 'constraints': [{'modulo': {'step': 2, 'offset': 1}, 'range': {'max': 1}}]}),
    ('2017-09-01', {'type': 'string', 'tags': ['a']}), ('2018-03-02', {'type': 'string', 'tags': ['a']}), ('2013-05-23', {'type': 'string', 'immutable': True}),
]
CFN = [
    {'Type': 'String'}, {'Type': 'Number'}, {'Type': 'Boolean'}, {'Type': 'CommaDelimitedList'}, {'Type': 'Json'}, {'Type': 'string'}, {'Type': 'List'}, {}, {'Type': None}, 'String', {'Type': 'String', 'default': 'x'},
    {'Type': 'String', 'Default': 'x', 'NoEcho': 'true'}, {'Type': 'String', 'Default': 'x', 'NoEcho': 'false'}, {'Type': 'String', 'Default': 'x', 'NoEcho': True}, {'Type': 'String', 'Default': 'x', 'NoEcho': 'yes'}, {'Type': 'String', 'Default': 'x', 'NoEcho': None},
    {'Type': 'String', 'MinLength': 2, 'MaxLength': 3}, {'Type': 'String', 'MinLength': '2'}, {'Type': 'String', 'MinLength': 'x'}, {'Type': 'String', 'MinLength': 1.5}, {'Type': 'String', 'MinValue': 2}, {'Type': 'Number', 'MinValue': 2, 'MaxValue': 5},
    {'Type': 'Number', 'MinValue': '2'}, {'Type': 'Number', 'MaxLength': 2}, {'Type': 'String', 'AllowedValues': ['a', 'abc', 1]}, {'Type': 'Number', 'AllowedValues': [1, '3']}, {'Type': 'String', 'AllowedValues': 'a'},
    {'Type': 'Boolean', 'AllowedValues': ['yes']}, {'Type': 'CommaDelimitedList', 'AllowedValues': ['a', 'b', 'x', 'y']}, {'Type': 'String', 'AllowedPattern': '[a-z]+'}, {'Type': 'String', 'AllowedPattern': 5}, {'Type': 'Number', 'AllowedPattern': '[0-9]'},
    {'Type': 'String', 'AllowedPattern': '[a-z]+', 'MaxLength': 2, 'ConstraintDescription': 'Small letters'}, {'Type': 'String', 'MinLength': None}, {'Type': 'String', 'MinLength': None, 'MaxLength': 2}, {'Type': 'String', 'Default': 'abc', 'MaxLength': 2},
    {'Type': 'Number', 'Default': '7', 'MaxValue': 5}, {'Type': 'CommaDelimitedList', 'Default': 'a,b'}, {'Type': 'CommaDelimitedList', 'Default': ['a', 1]}, {'Type': 'Json', 'Default': '{"a": 1}'}, {'Type': 'String', 'Description': 5, 'Label': 'L'},
    {'Type': 'String', 'ConstraintDescription': 'nothing to say'}, {'Type': 'String', 'Immutable': True}, {'Type': 'String', 'Tags': []}, {'Type': 'String', 'Constraints': []},
]
ABSENT = object()


def ask(version, declaration, given):
    document = {'heat_template_version': version, 'parameters': {'p': declaration}}
    if version == 'HeatTemplateFormatVersion':
        document = {version: '2012-12-12', 'Parameters': {'p': declaration}}
    try:
        parameters = template.Template(document).parameters(None, {} if given is ABSENT else {'p': given})
        parameters.validate()
        value = parameters['p']
        json.dumps(value, allow_nan=False)
        return {'value': value, 'text': str(parameters.params['p'])}
    except exception.HeatException as problem:
        return {'error': type(problem).__name__, 'message': str(problem)}
    except Exception:
        return {'error': 'crash'}


def asked(version, declaration, values):
    rows = [[ask(version, declaration, ABSENT)]] + [[one, ask(version, declaration, one)] for one in values]
    if all(row[-1] == rows[0][-1] for row in rows):
        rows = rows[:1]
    return {'version': version, 'declaration': declaration, 'rows': rows}


facts = [asked(LATEST, {'type': kind}, SCALARS) for kind in TYPES]
JSONS = ['[', '[1,', '[1,]', '[,]', '[1 2]', '{"a"}', '{"a":', '{"a":}', '{"a": 1,}', '{"a": 1 "b": 2}', '{1: 2}', '{"a": 1', '"abc', '"a\nb"', '"a\\xb"', '"a\\u12"', '"a\\u12G4b"', '"\\', '{"a\\q": 1}',
         '\n\n  [1,\n  x]', '😀', '["😀", x]', '01', '-', '-a', '1.', '1e', 'tru', 'nulls', ' {"a": [1, {"b": null}]} ', '[] x', '"a" "b"', '{"a": "\t"}', '[[[[', '{"a": {"b": [}}']
facts += [asked(LATEST, {'type': 'json'}, JSONS)]
facts += [asked(LATEST, one, FEW) for one in constrained()]
facts += [asked(LATEST, one, ['a', 3]) for one in UNSOUND]
facts += [asked(LATEST, one, []) for one in DEFAULTS]
facts += [asked(version, one, [1, 2, 3]) for version, one in OLDER]
facts += [asked('HeatTemplateFormatVersion', one, FEW) for one in CFN]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'parameters.json'), 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(one) for one in facts) + '\n]\n')
