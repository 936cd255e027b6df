"""Listens for notifications as Ceilometer does, and prints each as a line of JSON."""
import json
import sys

import oslo_messaging
from oslo_config import cfg

url, exchange, topic = sys.argv[1:4]
conf = cfg.ConfigOpts()
conf([])


class Endpoint:
    def info(self, context, publisher, event_type, payload, metadata):
        self.tell("info", context, publisher, event_type, payload)

    def error(self, context, publisher, event_type, payload, metadata):
        self.tell("error", context, publisher, event_type, payload)

    def tell(self, priority, context, publisher, event_type, payload):
        print(json.dumps({
            "priority": priority, "context": context, "publisher": publisher,
            "event_type": event_type, "payload": payload,
        }), flush=True)


listener = oslo_messaging.get_notification_listener(
    oslo_messaging.get_notification_transport(conf, url=url),
    [oslo_messaging.Target(topic=topic, exchange=exchange)],
    [Endpoint()],
    executor="threading",
)
# One thread, so that what is printed is in the order of the queue.
conf.set_override("executor_thread_pool_size", 1)
listener.start()
listener.wait()
