"""Debian's `openstack` program in one long session: commands by the hundred, each of which takes no more than its requests.

Each line of standard input is a JSON object: `args`, the arguments of one command, and perhaps `stop_after`, the seconds
after which somebody presses Ctrl-C. Each is answered by a line: the exit code, and what was printed.
"""
import json
import os
import signal
import sys
import tempfile

from openstackclient import shell


class KeptShell(shell.OpenStackShell):
    def interact(self):
        # A command is run as if it were the only one: what is wrong with its arguments ends it with SystemExit.
        self.interactive_mode = False
        self.answers = os.fdopen(os.dup(1), 'w')
        for line in iter(sys.stdin.readline, ''):
            asked = json.loads(line)
            self.answers.write(json.dumps(self.answer(asked['args'], asked.get('stop_after', 0))) + '\n')
            self.answers.flush()
        return 0

    def answer(self, args, stop_after):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            kept = os.dup(1), os.dup(2)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            signal.alarm(stop_after)
            try:
                code = self.run_subcommand(args)
            except SystemExit as end:
                code = end.code
            except KeyboardInterrupt:
                code = 130
            finally:
                signal.alarm(0)
                for stream in (self.stdout, self.stderr, sys.stdout, sys.stderr):
                    stream.flush()
                for number, fd in zip((1, 2), kept):
                    os.dup2(fd, number)
                    os.close(fd)
            return {'code': code or 0, 'out': contents(out), 'err': contents(err)}


def contents(file):
    file.seek(0)
    return file.read().decode()


def press_ctrl_c(*_):
    raise KeyboardInterrupt


signal.signal(signal.SIGALRM, press_ctrl_c)
sys.exit(KeptShell().run([]))
