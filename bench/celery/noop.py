"""A task that does nothing, on a queue that loses nothing."""

import os
import time

from celery import Celery

app = Celery("noop", broker=os.environ["BENCH_REDIS"])
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
)

_starts = os.open(os.environ["BENCH_STARTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


@app.task
def noop(number):
    """Writes down when it began."""
    os.write(_starts, b"%d %d\n" % (number, time.time_ns()))
