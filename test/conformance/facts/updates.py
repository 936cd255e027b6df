#!/usr/bin/python3
"""Makes and changes stacks with an original Heat, and writes how they then are to updates.json, which also has what is asked.

Needs the OS_* variables of a user, and where that Heat is: `updates.py http://127.0.0.1:18004/v1`. The resources are such as need no cloud.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'updates.json')
says = os.environ.get


def send(method, url, body=None, token=''):
    headers = {'content-type': 'application/json', 'x-auth-token': token}
    request = urllib.request.Request(url, body and json.dumps(body).encode(), headers, method=method)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    return answer, json.loads(text) if text.startswith('{') else {}


user = {'name': says('OS_USERNAME'), 'password': says('OS_PASSWORD'), 'domain': {'name': says('OS_USER_DOMAIN_NAME', 'Default')}}
scope = {'project': {'name': says('OS_PROJECT_NAME'), 'domain': {'name': says('OS_PROJECT_DOMAIN_NAME', 'Default')}}}
auth = {'auth': {'identity': {'methods': ['password'], 'password': {'user': user}}, 'scope': scope}}
reply, said = send('POST', says('OS_AUTH_URL') + '/auth/tokens', auth)
token = reply.headers['x-subject-token']
stacks = f"{sys.argv[1]}/{said['token']['project']['id']}/stacks"


def get(address):
    return send('GET', address, None, token)[1]


def look(address):
    while True:
        stack = get(address)['stack']
        if 'IN_PROGRESS' not in stack['stack_status']:
            break
        time.sleep(0.5)
    own = {name: value for name, value in stack['parameters'].items() if not name.startswith('OS::')}
    return {'status': stack['stack_status'], 'parameters': own, 'environment': get(address + '/environment'), 'files': sorted(get(address + '/files'))}


def play(steps):
    name, answers, address = f'asked-{os.getpid()}-{time.monotonic_ns()}', [], None
    for method, body in steps:
        reply, said = send(method, address or stacks, {'stack_name': name, **body} if method == 'POST' else body, token)
        if reply.status >= 300:
            answers.append({'status': reply.status, 'type': said['error']['type'], 'message': said['error']['message']})
            continue
        if address is None:
            address = f"{stacks}/{name}/{said['stack']['id']}"
        answers.append(look(address))
    send('DELETE', address, None, token)
    return answers


with open(FILE) as file:
    facts = json.load(file)
for fact in facts:
    fact['answers'] = play(fact['steps'])
with open(FILE, 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(one) for one in facts) + '\n]\n')
