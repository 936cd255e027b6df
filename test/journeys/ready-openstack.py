"""Debian's `openstack` program, kept ready: each command is run by a copy of this process, which has read the program and
all its plugins already. That is most of what a command takes. `ready-openstack.py SOCKET` listens there until its standard
input ends; it is sent {"args", "env"} and answers {"code", "stdout", "stderr"}."""
import contextlib
import io
import json
import logging
import os
import select
import signal
import socket
import sys
import time

address = sys.argv[1]
# It calls itself by its name when it is read.
sys.argv = ['openstack']

from openstackclient import shell  # noqa: E402

# What commands read only once they have something to ask.
import cinderclient.v3.client  # noqa: E402, F401
import glanceclient.v2.client  # noqa: E402, F401
# It remembers where standard output went when it was read, so it is before that is turned away below.
import heatclient.common.format_utils  # noqa: E402, F401
import heatclient.v1.client  # noqa: E402, F401
import keystoneclient.v3.client  # noqa: E402, F401
import neutronclient.v2_0.client  # noqa: E402, F401
import novaclient.v2.client  # noqa: E402, F401
import openstack.connection  # noqa: E402, F401

# Asked for its help, a command is read.
known = [
    'stack create', 'stack resource list', 'stack event list', 'stack output show', 'orchestration template validate',
    'software config create', 'project create', 'user create', 'network create', 'server list', 'volume list',
]
longest_pause = 0.5


def main(path):
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    # Not another `sys.stdout`: some of what is read now keeps that for later.
    said = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for command in known:
        with contextlib.suppress(SystemExit):
            perform(['help', *command.split()], dict(os.environ))
    sys.stdout.flush()
    os.dup2(said, 1)
    # Each command sets them up for itself.
    logging.getLogger().handlers.clear()
    print('ready', flush=True)
    while True:
        readable, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in readable:
            os.unlink(path)
            os.rmdir(os.path.dirname(path))
            # With it go the commands that are under way.
            os.killpg(0, signal.SIGTERM)
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            answer(connection)
            os._exit(0)
        connection.close()


def answer(connection):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stream = connection.makefile('rw', encoding='utf-8')
    asked = json.loads(stream.readline())
    outputs = [os.memfd_create('stdout'), os.memfd_create('stderr')]
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(outputs[0], 1)
        os.dup2(outputs[1], 2)
        sys.exit(perform(asked['args'], asked['env']))
    _, status = os.waitpid(child, 0)
    said = [read(output) for output in outputs]
    reply = {'code': os.waitstatus_to_exitcode(status), 'stdout': said[0], 'stderr': said[1]}
    stream.write(json.dumps(reply))
    stream.flush()


def perform(args, env):
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ['openstack', *args]
    return shell.main(args)


def read(output):
    os.lseek(output, 0, os.SEEK_SET)
    with io.open(output, encoding='utf-8') as file:
        return file.read()


def soon(seconds, pause=time.sleep):
    """The program looks every five seconds whether what it waits for has come about. That a stack is gone it must not find out
    between one request and the next, which is likelier the more often it looks."""
    pause(seconds if 'delete' in sys.argv else min(seconds, longest_pause))


time.sleep = soon
main(address)
