#!/usr/bin/python3
"""Asks the original (Debian's python3-heat) what it makes of calls of functions, and writes the answers to functions.json.

By function there are rows of [versions, arguments, answer]; the answer is {"gives": value} or {"refused": true}. What is
in `asked` was known when the calls were made: parameters, conditions, mappings, files, and the resource `server`.
"""
import copy
import json
import logging
import os

logging.disable(logging.CRITICAL)

from heat.common import identifier
from heat.engine import attributes, function, template

HOT = ['2013-05-23', '2014-10-16', '2015-04-30', '2015-10-15', '2016-04-08', '2016-10-14', '2017-02-24', '2017-09-01',
       '2018-08-31', '2021-04-16']
AMAZON = 'AWSTemplateFormatVersion.2010-09-09'
CFN = [AMAZON, 'HeatTemplateFormatVersion.2012-12-12']

PARAMETERS = {'s': 'str', 'n': 5, 'f': 1.5, 'b': True, 'j': {'k': [1, {'l': 'x'}], 'e': {}, 'n': None}, 'l': ['x', 'y']}
CONDITIONS = {'T': True, 'F': False, 'E': {'equals': [{'get_param': 's'}, 'str']}, 'N': {'not': 'T'}}
CFN_CONDITIONS = {'T': True, 'F': False, 'E': {'Fn::Equals': [{'Ref': 's'}, 'str']}, 'N': {'Fn::Not': ['T']}}
MAPPINGS = {'M': {'a': {'b': 1, 'c': [1]}, '1': {'x': 'y'}, 's': 'str'}, 'L': ['x'], 'S': 'str'}
FILES = {'f.txt': 'content', '': 'empty'}
ATTRIBUTES = {'name': 'ATT:name', 'list': ['a', 'b'], 'map': {'k': {'l': [1, 2]}}, 'none': None}

# Arguments that few functions have reckoned with.
ODD = [None, True, False, 0, 1, -1, 1.5, '', 'a', 'é☃', '1', [], {}, [None], ['a'], ['a', 'b'], ['a', 'b', 'c'], [[]], {'a': 1},
       [1, 2], [True, 1]]


class AnyName:
    def __contains__(self, name):
        return True


class Server:
    """A resource that is made."""
    CREATE, ADOPT, SUSPEND, RESUME, UPDATE, ROLLBACK, SNAPSHOT, CHECK, IN_PROGRESS, COMPLETE = range(10)
    action, status = CREATE, COMPLETE
    attributes_schema = AnyName()

    def FnGetAtt(self, name, *path):
        # Some functions change what they are given.
        return attributes.select_from_attribute(copy.deepcopy(ATTRIBUTES.get(name)), path)

    def FnGetAtts(self):
        return copy.deepcopy(ATTRIBUTES)

    def FnGetRefId(self):
        return 'REF:server'


class Stack:
    """As much of a stack as functions ask for."""
    parent_resource = None

    def __init__(self, t):
        self.t = t
        self.parameters = t.parameters(identifier.HeatIdentifier('p', 'web', 'i'), {})

    def __contains__(self, name):
        return name == 'server'

    def __getitem__(self, name):
        return {'server': Server()}[name]

    def get_availability_zones(self):
        return ['nova']


def kind(value):
    if isinstance(value, bool):
        return 'boolean'
    return {int: 'number', float: 'number', str: 'string'}.get(type(value), 'json')


def template_of(version):
    key, _, name = version.rpartition('.')
    if key == '':
        t = {'heat_template_version': name,
             'parameters': {p: {'type': kind(x), 'default': x} for p, x in PARAMETERS.items()}}
        if name >= '2016-10-14':
            t['conditions'] = CONDITIONS
        return t
    t = {key: name, 'Mappings': MAPPINGS,
         'Parameters': {p: {'Type': kind(x).capitalize(), 'Default': x} for p, x in PARAMETERS.items()}}
    if version == AMAZON:
        t['Conditions'] = CFN_CONDITIONS
    return t


def ask(version, call, place):
    t = template.Template(json.loads(json.dumps(template_of(version))), files=FILES)
    stack = Stack(t)
    try:
        parse = t.parse_condition if place == 'condition' else t.parse
        parsed = parse(stack, json.loads(json.dumps(call)), 'x')
        function.validate(parsed, 'x')
        return {'gives': json.loads(json.dumps(function.resolve(parsed)))}
    except Exception:
        return {'refused': True}


asked = {'values': {}, 'conditions': {}}


def case(name, args, versions, ctx='value', **_):
    rows = asked['conditions' if ctx == 'condition' else 'values'].setdefault(name, [])
    for version in versions:
        answer = ask(version, {name: args}, ctx)
        known = next((row for row in rows if json.dumps(row[1:]) == json.dumps([args, answer])), None)
        if known is None:
            rows.append([[version], args, answer])
        elif version not in known[0]:
            known[0].append(version)


def J(name):
    return {'get_param': name}


def R(name):
    return {'Ref': name}


def all_cases():
    for a in ODD+['s', 'n', 'f', 'b', 'j', 'l', 'nope', ['j', 'k'], ['j', 'k', 0], ['j', 'k', '0'], ['j', 'k', '-1'],
             ['j', 'k', 1, 'l'], ['j', 'k', 9], ['j', 'k', 'x'], ['j', 'zz'], ['j', 'n'], ['j', 'n', 'q'], ['s', 0],
             ['s', '1'], ['s', 'x'], ['l', 0], ['l', '1'], ['l', -1], ['l', True], ['l'], ['l', 1.5], ['j', None], ['j',
             ['k']], ['n', 'a'],
             ['OS::stack_name'], 'OS::stack_name', 'OS::stack_id', 'OS::project_id', 'OS::region', 'AWS::StackName',
             {'get_param': 's'}, [{'get_param': 's'}], ['j', ' k'], ['l', ' 1 '], ['l', '1_0'], ['j', 'k', 0, 'x']]:
        case('get_param', a, ['2013-05-23', '2021-04-16'])
    for a in ODD+['server', 'nope', ['server'], {'get_param': 's'}]:
        case('get_resource', a, ['2013-05-23', '2021-04-16'])
    for a in ODD+[['server'], ['server', 'name'], ['server', 'list', 0], ['server', 'list', '0'], ['server', 'list', 9],
             ['server', 'map', 'k', 'l', 1], ['server', 'map', 'zz'], ['server', 'map', 'zz', 'yy'], ['server', 'none'],
             ['server', 'none', 'x'], ['nope', 'a'], ['nope'], ['server', 'name', None],
             ['server', 'list', 1.5], ['server', 'list', True], [J('s'), 'name'], ['server', J('s')],
             ['server', 'list', J('n')], ['server', 'name', 0], 'server.name', {'server': 'name'}]:
        case('get_attr', a, HOT)
    for a in ODD+['f.txt', 'nope', {'get_param': 's'}]:
        case('get_file', a, ['2013-05-23', '2021-04-16'])
    # list_join
    items=[None, True, 1, 1.5, 'a', [], {}, {'b': 1, 'a': [True, None, 'é']}, ['x'], '']
    for d in [',', '', None, 1, ['a'], J('s'), 'é']:
        for l in [['a', 'b'], [], None, 'ab', {'a': 'b'}, J('l'), J('s'), ['a', None, 'b'], 1, True, False, 0, '']:
            case('list_join', [d, l], ['2014-10-16', '2015-10-15', '2021-04-16'])
    for i in items:
        case('list_join', [',', ['x', i]], ['2014-10-16', '2015-10-15'])
    for a in ODD+[[',', ['a'], ['b']], [',', ['a'], None, ['b']], [',', ['a'], ''], [',', ['a'], 'x'], [',', ['a'], 0], [',',
             ['a'], {}], [',', ['a'], {'k': 1}], [','], [',', J('l'), J('l')], J('l')]:
        case('list_join', a, ['2014-10-16', '2015-10-15', '2021-04-16'])
    # str_replace family
    for fn, vs in [('str_replace', ['2013-05-23', '2015-10-15', '2021-04-16']), ('str_replace_strict',
             ['2017-02-24', '2021-04-16']), ('str_replace_vstrict', ['2017-09-01', '2021-04-16'])]:
        for v in items+['x$', '1e3', [[]], {'a': {}}, 0, False, 1e-7, 0.1, 123456789.123]:
            case(fn, {'template': '<K>', 'params': {'K': v}}, vs)
        for a in ODD+[{'template': 'x'}, {'params': {}}, {'template': 'x', 'params': None}, {'template': 'x', 'params': []},
                 {'template': 'x', 'params': 'a'}, {'template': None, 'params': {}}, {'template': 1, 'params': {}},
                 {'template': 'aab abc', 'params': {'a': '1', 'ab': '2'}}, {'template': 'ab', 'params': {'a': 'b', 'b': 'c'}},
                 {'template': 'x', 'params': {'': 'y'}}, {'template': '', 'params': {'': 'y'}},
                 {'template': '', 'params': {}}, {'template': 'x', 'params': {'q': 'y'}},
                 {'template': 'x', 'params': {'q': 'y', 'zz': '1'}}, {'template': J('s'), 'params': {'s': 'é'}},
                 {'template': 's', 'params': J('j')}, {'template': 'kken', 'params': J('j')},
                 {'template': 's', 'params': J('s')}, {'template': 'a', 'params': {'a': J('j')}},
                 {'template': 'a', 'params': {'a': J('l')}}, {'template': 'a', 'params': {'a': ''}},
                 {'template': 'bb', 'params': {'b': '', 'bb': 'x'}},
                 {'template': 'ba', 'params': {'a': 1, 'b': 2}, 'extra': 1}, {'template': ['a'], 'params': {}},
                 {'template': {'get_attr': ['server', 'none']} , 'params': {}},
                 {'template': 'x', 'params': {'x': {'get_attr': ['server', 'none']}}},
                 {'template': '😀é', 'params': {'😀': 'a'}}, {'template': 'aXbX', 'params': {'X': '$&'}}]:
            case(fn, a, vs)

    # repeat
    vs=['2015-04-30', '2016-10-14', '2017-09-01', '2021-04-16']
    T={'%a%': 'v %a%', 'k': ['%a%-%b%', 1, None, True, 1.5]}
    for fe in ODD+[{'%a%': ['1', '2'], '%b%': ['x', 'y']}, {'%a%': []}, {'%a%': None}, {'%a%': None, '%b%': ['x']},
             {'%a%': ['1'], '%b%': ['x', 'y']}, {'%a%': {'m': 1, 'n': 2}}, {'%a%': {}}, {'%a%': 'str'}, {'%a%': 1},
             {'%a%': True}, {'%a%': [1]}, {'%a%': [None]}, {'%a%': [True]}, {'%a%': [['x']]}, {'%a%': J('l')},
             {'%a%': J('s')}, J('j'), J('l'), J('s'), {'%z%': [1]}, {'': ['x']}, {'%a%': ['%b%'], '%b%': ['q']},
             {'%b%': ['%a%'], '%a%': ['q']}, {'%a%': ['1', '1']}, {'%a%': ['é']}, {'%a%': ['$&']},
             {'%a%': {'get_attr': ['server', 'list']}}, {'%a%': ['', 'x']}]:
        for perm in [None]+([0, 1, 2, 3, 4, 5, 6]):
            d={'template': T, 'for_each': fe}
            if perm is not None:
                d['permutations']=[True, False, 'false', 'true', 0, {'get_param': 'b'}, None][perm]
                case('repeat', d, ['2016-10-14', '2017-09-01'])
            else: case('repeat', d, vs)
    for a in ODD+[{'template': 'x'}, {'for_each': {}}, {'template': None, 'for_each': {'x': ['1']}},
             {'template': {'get_param': 's'}, 'for_each': {'t': ['1']}},
             {'template': {'get_param': '%p%'}, 'for_each': {'%p%': ['s', 'n']}}, {'template': 1, 'for_each': {'t': ['1']}},
             {'template': 'x', 'for_each': {'x': ['1']}, 'other': 1}, {'template': ['a', ['b',
             {'c': 'a'}]], 'for_each': {'a': ['1', '2']}},
             {'template': {'a': 1, 'b': 2}, 'for_each': {'a': ['b'], 'b': ['c']}}, J('j')]:
        case('repeat', a, vs)
    # digest
    for al in ['md5', 'MD5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'blake2b', 'blake2s', 'crc32', '', 'sha-256', 'Sha256']:
        for t in ['', 'abc', 'é', '☃', 'a'*200]:
            case('digest', [al, t], ['2015-04-30'])
    for a in ODD+[['md5'], ['md5', 'a', 'b'], ['md5', None], ['md5', 1], [None, 'a'], 'md5', {'md5': 'a'}, ['md5', J('s')],
             [J('s'), 'a'], J('l'), ['a', ['b']]]:
        case('digest', a, ['2015-04-30', '2021-04-16'])
    # str_split
    for s in ODD+['a,b,c', '', ',', ',,', 'a,b é']:
        for i in ['-']+[0, 1, 2, -1, -3, -4, '0', '-1', 'x', '1.0', 1.9, None, True, [], {}, ' 1 ', '1_0', '+1', '']:
            case('str_split', [',', s]+([] if i=='-' else [i]), ['2015-10-15'])
    for a in ODD+[[None, 'a'], ['', 'a'], [1, 'a'], [',', J('s')], [J('s'), 'xstry'], J('l'), ['ab', 'xabyab', 0],
             [',', 'a', 0, 1], [','], {'get_attr': ['server', 'list']}, [{'get_attr': ['server', 'none']}, 'a'], [',',
             {'get_attr': ['server', 'none']}]]:
        case('str_split', a, ['2015-10-15', '2021-04-16'])
    # map_merge
    for a in ODD+[[{'a': 1}, None, {'a': 2}], [{'a': 1}, []], [{'a': 1}, ''], [{'a': 1}, 0], J('j'), [J('j'), {'k': 1}],
             [J('s')], 'ab', [{'a': {'b': 1}}, {'a': {'c': 1}}], [[['a', 1]]], {'get_attr': ['server', 'none']}]:
        case('map_merge', a, ['2016-04-08', '2021-04-16'])
    # map_replace
    for a in ODD+[[{'a': 1}, {}], [{'a': 1}, None], [None, None], [None, {}], [{'a': 1}, {'keys': None}], [{'a': 1},
             {'keys': {'a': 'b'}}], [{'a': 1, 'b': 2}, {'keys': {'a': 'b'}}], [{'a': 1, 'b': 2},
             {'keys': {'a': 'b', 'b': 'c'}}], [{'a': 1, 'b': 2}, {'keys': {'a': 'c', 'b': 'c'}}], [{'a': 1},
             {'keys': {'a': 'a'}}], [{'a': 1}, {'keys': {'a': None}}], [{'a': 1}, {'keys': {'a': 1}}], [{'a': 1},
             {'keys': {'a': True}}], [{'a': 1}, {'keys': {'a': ['x']}}], [{'a': 1}, {'keys': {'a': {}}}],
             [{'a': 'x', 'b': ['x'], 'c': {'x': 1}, 'd': None, 'e': 1, 'f': True, 'g': 1.5},
             {'values': {'x': 'y', '1': 'one', 'None': 'n'}}], [{'a': 'x'}, {'values': {'x': None}}], [{'a': 'x'},
             {'values': {'x': [1]}}], [{'a': 1}, {'x': 1}], [{'a': 1}, {'keys': []}], [{'a': 1}, {'keys': 'a'}], [{'a': 1},
             {}, {}], [{'a': 1}], ['a', {}], [{'a': 1}, []],
             [J('j'), {'keys': {'k': 'z'}}], J('l'), J('j'), [{'a': 1}, J('j')], {'get_attr': ['server', 'none']},
             [{'x': 's'}, {'values': J('j')}]]:
        case('map_replace', a, ['2016-10-14', '2021-04-16'])
    # filter
    for vals in ODD+[['a', 1], [True], [0], [False], [{'a': 1}], [['a']]]:
        for seq in [None, [], '', 0, False, {}, 'abc', ['a', 'b', 'a'], [1, True, '1', None, {'a': 1}, ['a'], 0, False],
                 {'a': 1}, 5, J('l')]:
            case('filter', [vals, seq], ['2017-02-24'])
    for a in ODD+[[J('l'), J('l')], J('l'), [[], ['a'], 1]]:
        case('filter', a, ['2017-02-24'])
    # contains
    for val in [None, True, 1, 0, 'a', '', 'b', ['a'], {'a': 1}, 1.5]:
        for seq in [None, [], '', 'abc', ['a', 1, None, ['a'], {'a': 1}, '' ], {'a': 1}, 5, True, [True],
                 [1], J('l'), J('s'), J('j')]:
            case('contains', [val, seq], ['2017-09-01'])
            case('contains', [val, seq], ['2017-09-01'], ctx='condition')
    for a in ODD+[J('l'), ['a'], ['a', ['a'], 1], 'abc']:
        case('contains', a, ['2017-09-01'])
        case('contains', a, ['2017-09-01'], ctx='condition')
    # list_concat
    for fn in ['list_concat', 'list_concat_unique']:
        for a in ODD+[[[1], [2]], [[1], None], [[1], [1, True, '1']], [['a'], 'b'], [['a'], {'a': 1}],
                 [['a'], 1], J('l'), [J('l'), J('l')], [[{'a': 1, 'b': 2}], [{'b': 2, 'a': 1}]], [[['x']], [['x']]],
                 {'get_attr': ['server', 'none']}, [{'get_attr': ['server', 'none']}, ['a']], [[None, None]], [[0, False, '',
                 [], {}]]]:
            case(fn, a, ['2017-09-01', '2021-04-16'])
    # make_url
    base={'scheme': 'http', 'host': 'h'}
    def mu(**k): case('make_url', {**base, **k}, ['2017-09-01'])
    for p in [None, 0, 1, 80, 65535, 65536, -1, '80', '0', 'x', '', ' 80 ', '+80', '0080', 1.5, False, [],
             {}, J('n'), J('s'), J('f')]:
        mu(port=p)
    for part in ['scheme', 'username', 'password', 'host', 'path', 'fragment']:
        for v in [None, '', 1, True, [],
                 {}, 'a b', 'a/b', '/a/b', '//a', 'é', '☃', 'a:b', 'a@b', 'a?b#c', '%41', '~_-.!*\'();&=+$,', '::1', '[::1]', '[::1', 'fe80::1%eth0', '127.0.0.1', J('s'), J('n'), 'HTTP', 'file', 'x+y', 'mailto', 'urn']:
            mu(**{part: v})
    for q in [None, '', [], {}, 'a=b', {'a': 'b'}, {'a': 1, 'b': True, 'c': None, 'd': 1.5}, {'a b': 'c d/e?f&g'}, {'é': '☃'},
             {'a': ['x', 'y']}, {'a': {}}, {'a': ''}, {'': 'x'}, J('j'), J('s'), {"k'": "~*'()"}]:
        mu(query=q)
    for a in ODD+[{}, {'scheme': 'http'}, {'host': 'h'}, {'path': 'p'}, {'path': '/p'}, {'scheme': 'foo', 'path': 'p'},
             {'scheme': 'http', 'path': '//p'}, {'query': {'a': 1}}, {'fragment': 'f'}, {'host': 'h', 'path': 'p'},
             {'host': 'h', 'port': 1}, {'port': 80}, {'username': 'u'}, {'password': 'p'},
             {'scheme': 'http', 'username': 'u', 'password': 'p', 'host': 'h', 'port': 1, 'path': 'a', 'query': {'b': 'c'}, 'fragment': 'd'}, {'bad': 1}, {'query': {}, 'scheme': 1}, {'scheme': 's3', 'host': 'b', 'path': 'k'}, {'scheme': 'rtmp', 'host': 'b', 'path': 'k'}, J('j'), J('s'), {'scheme': 'file', 'path': '/etc/x'}, {'scheme': 'file', 'path': 'etc'}, {'scheme': 'data', 'path': 'x'}, {'scheme': 'http', 'host': 'ü.de'}, {'query': {'a': 'b'}, 'fragment': 1}]:
        case('make_url', a, ['2017-09-01'])
    # resource_facade
    for a in ODD+['Metadata', J('s'), ['metadata']]:
        case('resource_facade', a, ['2013-05-23', '2021-04-16'])

    V=CFN+['2013-05-23']; SEL=['2013-05-23', '2015-04-30']+CFN
    for a in ODD+['server', 's', 'nope', R('s'), ['s'], 'AWS::StackName', 'AWS::StackId', 'AWS::Region', 'OS::stack_id']:
        case('Ref', a, V)
    for a in ODD+[['server', 'name'], ['server', 'list'], ['server'], ['server', 'list', 0], ['nope', 'a'], [R('s'), 'name'], ['server', R('s')], 'server.name', ['server', 'none']]:
        case('Fn::GetAtt', a, CFN)
    for a in ODD+[['M', 'a', 'b'], ['M', 'a', 'c'], ['M', 'a'], ['M', 'a', 'zz'], ['M', 'zz', 'b'], ['Z', 'a', 'b'],
             ['M', '1', 'x'], ['L', 0, 'x'], ['M', R('s'), 'b'], [R('s'), 'a', 'b'], ['M', 'a', R('s')],
             ['M', 'a', 'b', 'c'], ['M', None, 'b'], ['S', 'a', 'b'], R('j')]:
        case('Fn::FindInMap', a, CFN)
        case('Fn::Equals', [{'Fn::FindInMap': a}, 1], [AMAZON], ctx='condition')
    for a in ODD+[R('s')]:
        case('Fn::GetAZs', a, V)
    for idx in [None, True, 0, 1, -1, -3, 5, '0', '-1', 'x', 1.5, '1.0', [], 'a', ' 1 ']:
        for col in [None, '', '[1,2]', '{"a": 1, "x": null}', '"s"', 'null', '5', 'bad', ['p', 'q'],
                 {'a': 1, '1': 2, 'x': None}, [], {}, 5, True, [None, ['n']], '[1'] :
            case('Fn::Select', [idx, col], SEL)
    for a in ODD+[[0, R('l')], [R('n'), R('l')], R('l'), [0], [0, [1], 2], ['k', R('j')], [0, R('s')],
             [0, {'Fn::GetAtt': ['server', 'list']}]]:
        case('Fn::Select', a, SEL)
    for d in [',', '', None, 1, R('s')]:
        for l in [['a', 'b'], [], None, 'ab', {'a': 'b'}, R('l'), R('s'), ['a', None, 'b'], 1, True, False, 0, '', ['a', 1],
                 [['a']]]:
            case('Fn::Join', [d, l], V)
    for a in ODD+[[',', ['a'], ['b']]]:
        case('Fn::Join', a, V)
    for d in [',', '', None, 1, R('s'), ['a']]:
        for s in ['a,b', '', ',', None, 1, ['a'], R('s'), R('l'), True, {}]:
            case('Fn::Split', [d, s], V)
    for a in ODD+[R('l')]:
        case('Fn::Split', a, V)
    for m in [{'a': '1'}, {}, None, [], 'a', R('j'), R('s'), {'a': None, 'b': True, 'c': 1.5}, {'a': [1]}, {'': 'x'},
             {'a': 'b', 'b': 'c', 'ab': 'x'}, {'a': R('s')}]:
        for s in ['aab', '', None, 1, R('s'), ['a']]:
            case('Fn::Replace', [m, s], V)
    for a in ODD:
        case('Fn::Replace', a, V)
    for a in ODD+[R('s'), R('n'), R('l')]:
        case('Fn::Base64', a, V)
    ML=['.member.0.Name=a', '.member.0.Value=b']
    for a in ODD+[['Name', 'Value', ML], ['Name', 'Value', []], ['Name', 'Value', None], ['Name', 'Value', 'x'],
             ['Name', 'Value', ['x']], ['Name', 'Value', ['x=y']], ['Name', 'Value',
             ['.member.0.Name=a=b', '.member.0.Value==']], ['Name', 'Value',
             ['.member.10.Name=z', '.member.10.Value=1', '.member.2.Name=z', '.member.2.Value=2']], ['Name', 'Value',
             ['.member.0.Name=a']], ['K', 'V', ['.member.0.K=a', '.member.0.V=b']], ['Name', 'Value',
             ['pre.member.0.Name=a', 'pre.member.0.Value=b']], ['Name', 'Value', ML+['.member.0.Name=c']], ['Name', 'Value',
             [1]], ['Name', 'Value', [None]], [R('s'), 'Value', ML], ['Name', 1, ML], ['Name', 'Value', R('l')],
             ['Name', 'Value',
             ['.member.0.Name.x=a', '.member.0.Value=b']], ['Name', 'Value', ['.member.x.Name=a']], ['Name', 'Value',
             ['.member.0.Name=a', '.member.0.Value=b', '.member.00.Name=c']]]:
        case('Fn::MemberListToMap', a, V)
    for a in ODD+['metadata', R('s')]:
        case('Fn::ResourceFacade', a, V)
    # conditions
    conds=[True, False, 'T', 'F', 'E', 'N', 'nope', None, 1, 0, '', [], {}, 'true',
             ['T'], J('b'), J('s'), J('n'), {'equals': [1, 1]}, {'not': 'T'}, {'and': ['T', 'F']}, {'or': ['T', 'F']},
             {'get_resource': 'server'}, {'if': ['T', 1, 2]}, {'contains': ['a', ['a']]}, {'Ref': 's'}, {'a': 1}]
    for c in conds:
        for v in ['2016-10-14', '2017-09-01', '2021-04-16']:
            case('if', [c, 'yes', 'no'], [v])
            if c is not None: case('not', c, [v], ctx='condition')
            case('and', [c, True], [v], ctx='condition')
            case('or', [c, False], [v], ctx='condition')
            case('and', [True, c], [v], ctx='condition')
            case('or', [True, c], [v], ctx='condition')
            case('and', [False, c], [v], ctx='condition')
    cconds=[True, False, 'T', 'F', 'E', 'N', 'nope', None, 1, '', [], {}, R('b'), R('s'), R('server'), {'Fn::Equals': [1, 1]},
             {'Fn::Not': ['T']}, {'Fn::And': ['T', 'F']}, {'Fn::GetAtt': ['server', 'name']}, {'Fn::If': ['T', 1, 2]},
             {'Condition': 'T'}]
    for c in cconds:
        case('Fn::If', [c, 'yes', 'no'], CFN)
        case('Fn::Not', [c], [AMAZON], ctx='condition')
        case('Fn::Not', c, [AMAZON], ctx='condition')
        case('Fn::And', [c, True], [AMAZON], ctx='condition')
        case('Fn::Or', [c, False], [AMAZON], ctx='condition')
    for a in ODD+[['T'], ['T', 'F'], ['T', 'F', 'T'], ['T', {'x': 1}, 'n'], ['T', 'y', 'n', 'm'], J('b'), J('l')]:
        case('if', a, ['2016-10-14', '2021-04-16'])
        case('Fn::If', a, CFN)
        for f in ['and', 'or', 'not', 'equals']:
            case(f, a, ['2016-10-14'], ctx='condition')
            case(f, a, ['2016-10-14'])
        for f in ['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals']:
            case(f, a, [AMAZON], ctx='condition')
    VAL=[None, True, False, 0, 1, 1.5, '1', '', 'a', [], ['a'], {}, {'a': 1}, [1], [True],
             {'a': True}, J('b'), J('n'), J('j'), J('l')]
    for x in VAL:
        for y in VAL:
            case('equals', [x, y], ['2018-08-31'], ctx='condition')
    # if dropping
    D={'if': ['F', 'x']}
    for e in [D, [D], [1, D, 2], {'a': D}, {'a': D, 'b': 1}, [[D]], {'a': [D, {'b': D}]}, {'list_join': [',', ['a', D, 'b']]},
             {'list_join': [D, ['a']]}, {'list_join': [',', D]}, {'map_merge': [{'a': 1}, D]}, {'map_merge': D},
             {'str_replace': {'template': 'x', 'params': {'x': D}}}, {'str_replace': {'template': 'x', 'params': D}},
             {'str_replace': {'template': D, 'params': {}}}, {'get_param': D}, {'get_param': ['j', D]},
             {'get_attr': ['server', 'name', D]},
             {'repeat': {'template': {'a': D, 'b': '%x%'}, 'for_each': {'%x%': ['1', D]}}},
             {'repeat': {'template': D, 'for_each': {'%x%': ['1']}}}, {'list_concat': [[1], D]}, {'list_concat': [[D], [1]]},
             {'filter': [[D], [None]]}, {'filter': [D, [1]]}, {'contains': ['x', [D]]}, {'digest': ['md5', D]},
             {'str_split': [',', D]}, {'str_split': [',', 'a,b', D]}, {'map_replace': [{'a': D}, {'keys': {}}]},
             {'make_url': {'scheme': 'http', 'host': D}}, {'if': ['T', D]}, {'if': ['T', [D], 1]}, {'if': ['F', 1, D]},
             {'a': {'if': ['F', 1, D]}}, [{'if': ['T', D, 1]}], {'if': ['T', {'a': {'if': ['F', 1]}}, 2]}, {'get_file': D}]:
        for v in ['2018-08-31', '2021-04-16']:
            case('if', ['T', e, 0], [v])

all_cases()
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'functions.json'), 'w') as out:
    sections = []
    for place, functions in asked.items():
        lines = [f'  {json.dumps(name)}: [\n   ' + ',\n   '.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n  ]'
                 for name, rows in functions.items()]
        sections.append(f' {json.dumps(place)}: {{\n' + ',\n'.join(lines) + '\n }')
    known = {'parameters': PARAMETERS, 'conditions': CONDITIONS, 'cfnConditions': CFN_CONDITIONS, 'mappings': MAPPINGS,
             'files': FILES, 'attributes': ATTRIBUTES}
    out.write('{\n "asked": ' + json.dumps(known, ensure_ascii=False) + ',\n' + ',\n'.join(sections) + '\n}\n')
