"""Times expressions with python3-yaql: reads {"data": ..., "expressions": [...]}, writes milliseconds to read and to evaluate each."""
import json
import sys
import time

import yaql

engine = yaql.YaqlFactory().create({'yaql.limitIterators': 200, 'yaql.memoryQuota': 10000})
context = yaql.create_context()
asked = json.load(sys.stdin)


def best(does, times):
    found = []
    for _ in range(times):
        since = time.perf_counter()
        does()
        found.append((time.perf_counter() - since) * 1000)
    return min(found)


for expression in asked['expressions']:
    statement = engine(expression)
    data = {'data': asked['data']}
    print(json.dumps({
        'read': best(lambda: engine(expression), 50),
        'evaluated': best(lambda: statement.evaluate(data, context.create_child_context()), 5),
    }))
