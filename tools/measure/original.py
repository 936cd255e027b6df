"""Reads and checks a template, or an environment, with the original; says how long that took and what memory it needed."""
import json
import resource
import sys
import time

from heat.common import environment_format, template_format
from heat.engine import environment, resources, stack, template
from heat.tests import utils
from oslo_config import cfg

what, path = sys.argv[1:3]
cfg.CONF([], project='heat')
cfg.CONF.set_override('max_template_size', 1 << 24)
cfg.CONF.set_override('max_resources_per_stack', -1)
resources.initialise()
with open(path, encoding='utf-8') as file:
    text = file.read()

steps = {}
since = time.perf_counter()


def done(step):
    global since
    now = time.perf_counter()
    steps[step] = (now - since) * 1000
    since = now


if what == 'environment':
    environment.Environment(environment_format.parse(text))
    done('parse')
else:
    parsed = template_format.parse(text)
    done('parse')
    made = stack.Stack(utils.dummy_context(), 'measured', template.Template(parsed))
    made.resources
    done('define')
    made.validate(ignorable_errors=[], validate_res_tmpl_only=False)
    done('check')

print(json.dumps({'steps': steps, 'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
