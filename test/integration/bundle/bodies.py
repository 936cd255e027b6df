"""Says what python-heatclient would send for `stack create`: reads a list of {directory, args} as JSON, writes the bodies."""
import contextlib
import io
import json
import os
import sys
from unittest import mock

from heatclient.osc.v1 import stack


class Sent(Exception):
    pass


def body_of(directory, args):
    os.chdir(directory)
    sent = {}

    def create(**fields):
        sent.update(fields)
        raise Sent()

    app = mock.Mock()
    app.client_manager.orchestration.stacks.create = create
    command = stack.CreateStack(app, None)
    parsed = command.get_parser('stack create').parse_args(args)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            command.take_action(parsed)
    except Sent:
        return {'body': sent}
    except Exception as error:
        return {'refused': type(error).__name__, 'message': str(error)}


# Content that is not text is base64 as bytes; OpenStack's own JSON takes that for text.
print(json.dumps([body_of(**case) for case in json.load(sys.stdin)], default=bytes.decode))
