"""Evaluates expressions with python3-yaql, set up as Heat sets it up.

Reads a line of JSON for each: {"expression": ..., "data": ...}. Writes a line for each: {"gives": ...}, with
"unordered" where a set is in it, or {"fails": [class, message]}. With the argument "functions" it lists the functions of the language instead.
"""
import datetime
import json
import math
import signal
import sys

import yaql
from yaql.language import specs
from yaql.language import yaqltypes

engine = yaql.YaqlFactory().create({'yaql.limitIterators': 200, 'yaql.memoryQuota': 10000})
context = yaql.create_context()


def plain(value):
    """A value as JSON can say it."""
    if isinstance(value, (set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key_of(key): plain(item) for key, item in value.items()}
    if isinstance(value, datetime.datetime):
        return value.strftime('%Y-%m-%dT%H:%M:%S.%f')
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError('not finite')
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError('no JSON: %s' % type(value).__name__)


def has_set(value):
    if isinstance(value, (list, tuple)):
        return any(has_set(item) for item in value)
    if isinstance(value, dict):
        return any(has_set(item) for item in value.values())
    return isinstance(value, (set, frozenset))


def key_of(key):
    if isinstance(key, str):
        return key
    if key is None:
        return 'null'
    if isinstance(key, bool):
        return 'true' if key else 'false'
    return str(key)


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong()


def outcome(expression, data):
    signal.alarm(5)
    try:
        value = engine(expression).evaluate({'data': data}, context.create_child_context())
    except BaseException as error:
        return {'fails': [type(error).__name__, str(error)]}
    finally:
        signal.alarm(0)
    try:
        given = {'gives': plain(value), **({'unordered': True} if has_set(value) else {})}
        json.dumps(given)
        return given
    except (TypeError, ValueError) as error:
        return {'fails': ['Unusable', str(error)]}


def kind_of(value_type):
    if isinstance(value_type, yaqltypes.Lambda):
        return 'lambda'
    name = type(value_type).__name__
    if isinstance(value_type, yaqltypes.PythonType) and name == 'PythonType':
        types = value_type.python_type
        name = '|'.join(one.__name__ for one in types) if isinstance(types, tuple) else types.__name__
    return name + ('?' if value_type.nullable else '')


def parameter_of(key, parameter):
    name = parameter.alias or parameter.name
    return {
        'name': name,
        'kind': kind_of(parameter.value_type),
        'optional': parameter.default is not specs.NO_DEFAULT,
        **({'spread': {'*': 'positions', '**': 'names'}[key]} if key in ('*', '**') else {}),
    }


def functions():
    found = []
    level = context
    while level is not None:
        for name, overloads in level._functions.items():
            for one in overloads:
                visible = [item for item in one.parameters.items()
                           if not isinstance(item[1].value_type, yaqltypes.HiddenParameterType)]
                visible.sort(key=lambda item: 1000 if item[1].position is None else item[1].position)
                called = 'function' if not one.is_method else 'either' if one.is_function else 'method'
                found.append({
                    'name': name,
                    'called': called,
                    'keywords': not one.no_kwargs,
                    'takes': [parameter_of(*item) for item in visible],
                })
        level = level.parent
    return sorted(found, key=lambda one: json.dumps(one, sort_keys=True))


signal.signal(signal.SIGALRM, give_up)
if sys.argv[1:] == ['functions']:
    print(json.dumps(functions(), indent=1, sort_keys=True))
else:
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(outcome(asked['expression'], asked['data']), sort_keys=True), flush=True)
