#!/usr/bin/python3
"""Runs tests of Heat's acceptance suite, Debian's heat-tempest-plugin, and tells of each as it ends by a line of JSON.

    suite.py                   reads what to run, a line each: a module, or a module and the one test of it that is meant
    suite.py list MODULE...    only tells which tests there are

TEMPEST_CONFIG_DIR is where the tempest.conf is.
"""
import json
import sys
import unittest


def tell(**said):
    print(json.dumps(said), flush=True)


class Telling(unittest.TestResult):
    def addSuccess(self, test):
        tell(test=test.id(), outcome='passed')

    def addError(self, test, err):
        tell(test=test.id(), outcome='failed', words=self._exc_info_to_string(err, test))

    addFailure = addError

    def addSkip(self, test, reason):
        tell(test=test.id(), outcome='skipped', words=str(reason))

    def addUnexpectedSuccess(self, test):
        tell(test=test.id(), outcome='failed', words='It passed, and was expected to fail.')


def each(suite):
    for one in suite:
        yield from each(one) if isinstance(one, unittest.TestSuite) else (one,)


load = unittest.TestLoader().loadTestsFromName
if sys.argv[1:2] == ['list']:
    for module in sys.argv[2:]:
        for test in each(load(module)):
            tell(test=test.id(), module=module)
    sys.exit()
for line in sys.stdin:
    module, *only = line.split()
    suite = load(module)
    if only:
        suite = unittest.TestSuite(test for test in each(suite) if test.id() in only)
    suite.run(Telling())
    tell(done=module)
