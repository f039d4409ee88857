"""Usage: run.py JOBS PACED: enqueues, waits until all have begun, and prints what that took."""

import json
import os
import sys
import threading
import time

from noop import noop

PRODUCERS = 4
BETWEEN = 0.02
MOST_SECONDS = 600


class Starts:
    """When each began, by number, as the workers write it down; only what is new is read."""

    def __init__(self):
        self.lines = open(os.environ["BENCH_STARTS"])
        self.part = ""
        self.begun = {}

    def look(self):
        *lines, self.part = (self.part + self.lines.read()).split("\n")
        for number, at in (line.split() for line in lines):
            self.begun[int(number)] = int(at)

    def wait(self, count):
        end = time.monotonic() + MOST_SECONDS
        while True:
            self.look()
            if len(self.begun) >= count:
                return self.begun
            if time.monotonic() > end:
                sys.exit("only %d of %d jobs began" % (len(self.begun), count))
            time.sleep(0.01)


def burst(first, count):
    def produce(mine):
        for number in mine:
            noop.delay(number)

    parts = [range(first + i, first + count, PRODUCERS) for i in range(PRODUCERS)]
    producers = [threading.Thread(target=produce, args=(part,)) for part in parts]
    begin = time.time_ns()
    for producer in producers:
        producer.start()
    for producer in producers:
        producer.join()
    return begin


def main(jobs, paced):
    starts = Starts()
    burst(0, jobs)
    done = jobs
    starts.wait(done)

    begin = burst(done, jobs)
    done += jobs
    per_second = jobs / ((max(starts.wait(done).values()) - begin) / 1e9)

    enqueued = {}
    for number in range(done, done + paced):
        enqueued[number] = time.time_ns()
        noop.delay(number)
        time.sleep(BETWEEN)
    begun = starts.wait(done + paced)
    millis = sorted((begun[number] - at) / 1e6 for number, at in enqueued.items())
    print(
        json.dumps(
            {
                "jobs/s": per_second,
                "start p50 ms": millis[int(paced * 0.5)],
                "start p99 ms": millis[int(paced * 0.99)],
            }
        )
    )


main(int(sys.argv[1]), int(sys.argv[2]))
