#!/usr/bin/python3
"""Asks the original (Debian's python3-heat and python3-oslo.policy) for its policy rules and for what it makes of checks.

Without an argument it writes policy.json: every rule of the original with its check and the one it had before, and for a table
of checks who meets them. With `-` it reads [[check, caller, target], …] as JSON and prints the list of answers: true, false,
or null where it gives up with an error.
"""
import json
import logging
import os
import sys

logging.disable(logging.CRITICAL)

from oslo_config import cfg
from oslo_policy import opts, policy

NONE = {'service_user_id': None, 'service_user_domain_id': None, 'service_project_id': None,
        'service_project_domain_id': None, 'service_roles': []}
USUAL = {'user_id': 'u1', 'user': 'u1', 'user_domain_id': 'default', 'project_id': 'p1', 'tenant': 'p1',
         'project_domain_id': 'default', 'domain_id': None, 'system_scope': None, 'is_admin': False,
         'is_admin_project': True, 'roles': ['member', 'Reader'], **NONE}
CALLERS = [USUAL,
           {**USUAL, 'roles': ['admin'], 'is_admin': True, 'user_id': 'u0', 'user': 'u0'},
           {**USUAL, 'roles': ['reader'], 'project_id': None, 'tenant': None, 'project_domain_id': None,
            'system_scope': 'all'},
           {**USUAL, 'roles': [], 'is_admin_project': False, 'domain_id': 'd1', 'project_id': 'p2', 'tenant': 'p2'}]
TARGET = {'project_id': 'p1', 'user_id': 'u1', 'role': 'member', 'enabled': True, 'none': None, 'number': 3,
          'a.b': 'x', 'percent': '%', 'tricky': '%(project_id)s'}

CHECKS = [
    '', ' ', '@', '!', 'not @', 'not not @', 'not not not @', 'NOT !', '(@)', '((@))', '( @ )', '@ and !', '@ AND @', '! OR @',
    '@ or ! and !', '! and ! or @', '! or @ and !', '@ and ! or @ and @', '(@ or !) and !', 'not (@ and !)', 'not @ or @',
    'not ! and not !', '! or not (! or (! or @))', '(! or @) and (@ or !)', '@ or @ or !', '@ and @ and !', '@ or (! and @) and !',
    'role:member', 'role:MEMBER', 'role:reader', 'role:Reader', 'role:', 'role:%(role)s', 'role:%(missing)s', 'role:x or role:admin',
    'roles:member', 'roles:Member', 'roles:reader', 'rule:yes', 'rule:no', 'rule:missing', 'not rule:missing', 'rule:YES',
    'rule:yes and not rule:no', 'project_id:%(project_id)s', 'project_id:p1', 'project_id:%(missing)s', 'project_id:None',
    'tenant:%(project_id)s', 'user:%(user_id)s', 'user_id:%(user_id)s', 'user_name:ann', 'user_id:%(project_id)s',
    'is_admin:True', 'is_admin:False', 'is_admin:1', 'is_admin:true', 'is_admin_project:True', 'system_scope:all', 'system_scope:None',
    'domain_id:d1', 'domain_id:None', 'service_roles:x', 'service_user_id:None', 'user_id.x:1', 'roles.x:member',
    "'member':%(role)s", '"member":%(role)s', "'x':y", "'x':x", 'True:%(enabled)s', 'False:%(enabled)s', 'None:%(none)s', 'None:None',
    '3:%(number)s', '3:3', '-1:-1', '0:0', 'x:%(a.b)s', "'x':%(a.b)s", '%(role)s:member', 'member:%(role)s', "'%':%(percent)s",
    "'50%':50%%", 'user_id:%(tricky)s', "'%(project_id)s':%(tricky)s", 'role:a:b', 'user_id:u:1', 'project_id:%(project_id)s%(user_id)s',
    "'p1u1':%(project_id)s%(user_id)s", "'p1-u1':%(project_id)s-%(user_id)s", 'role:member)', '(role:member', 'role:member role:member',
    'and', 'or @', '@ or', 'not', '()', '( )', ')(', 'member', "'member'", "'a':'a'", '"role:member"', "('x':'x')", '@ @', 'not (', '@ not @',
    '(@ or !', '@ or !)', 'role:member\nor\trole:admin', ' role:member ', '(role:member)and(role:reader)', '( not @ )', 'not(@)',
    [], [[]], ['@'], [['@']], ['!'], [['!', '@']], [['@'], ['!']], [['!'], ['@']], [['role:member', 'role:reader']], ['role:x', 'role:admin'],
    [['role:member'], []], ['member'], ['@ or !'], [['not @']], ['role:member', ['role:x', '@']],
]

RULES = {'yes': '@', 'no': '!'}


def answers(questions):
    enforcer = policy.Enforcer(cfg.ConfigOpts(), policy_file='none', use_conf=False)
    said = []
    for check, caller, target in questions:
        try:
            enforcer.set_rules(policy.Rules.from_dict({**RULES, 't': check}))
            said.append(bool(enforcer.enforce('t', dict(target), dict(caller))))
        except Exception:
            said.append(None)
    return said


def heats_rules():
    from heat import policies
    rows = []
    for rule in policies.list_rules():
        before = rule.deprecated_rule.check_str if rule.deprecated_rule else None
        rows.append([rule.name, rule.check_str, before])
    return sorted(rows)


def main():
    if sys.argv[1:] == ['-']:
        json.dump(answers(json.load(sys.stdin)), sys.stdout)
        return
    rows = [[check, [answers([[check, caller, TARGET]])[0] for caller in CALLERS]] for check in CHECKS]
    facts = {'rules': heats_rules(), 'others': RULES, 'callers': CALLERS, 'target': TARGET, 'checks': rows}
    with open(os.path.join(os.path.dirname(__file__), 'policy.json'), 'w') as file:
        lines = ['  %s: [\n%s\n  ]' % (json.dumps(key), ',\n'.join('    ' + json.dumps(row) for row in value))
                 if isinstance(value, list) else '  %s: %s' % (json.dumps(key), json.dumps(value)) for key, value in facts.items()]
        file.write('{\n' + ',\n'.join(lines) + '\n}\n')


main()
