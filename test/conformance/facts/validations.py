#!/usr/bin/python3
"""Asks an original Heat what it answers to `POST /validate`, and writes the answers to validations.json, which also has the questions.

Needs the OS_* variables of a user, and where that Heat is: `validations.py http://127.0.0.1:18004/v1`. A new question is added to
validations.json without an answer first.
"""
import json
import os
import sys
import urllib.error
import urllib.request

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'validations.json')
says = os.environ.get


def send(url, body, token=''):
    request = urllib.request.Request(url, json.dumps(body).encode(), {'content-type': 'application/json', 'x-auth-token': token})
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    return answer, answer.read().decode()


user = {'name': says('OS_USERNAME'), 'password': says('OS_PASSWORD'), 'domain': {'name': says('OS_USER_DOMAIN_NAME', 'Default')}}
scope = {'project': {'name': says('OS_PROJECT_NAME'), 'domain': {'name': says('OS_PROJECT_DOMAIN_NAME', 'Default')}}}
reply, text = send(says('OS_AUTH_URL') + '/auth/tokens', {'auth': {'identity': {'methods': ['password'], 'password': {'user': user}}, 'scope': scope}})
token, project = reply.headers['x-subject-token'], json.loads(text)['token']['project']['id']


def ask(query, body):
    reply, text = send(f'{sys.argv[1]}/{project}/validate{query}', body, token)
    said = json.loads(text)
    if isinstance(said, dict) and 'error' in said:
        return {'status': reply.status, 'type': said['error']['type'], 'message': said['error'].get('message')}
    return {'status': reply.status, 'body': said if isinstance(said, dict) else {}}


with open(FILE) as file:
    facts = json.load(file)
for fact in facts:
    fact['answer'] = ask(fact['query'], fact['body'])
with open(FILE, 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(one) for one in facts) + '\n]\n')
