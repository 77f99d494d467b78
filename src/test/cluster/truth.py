#!/usr/bin/python3
"""What a real cluster does, by a witness that shares no code with patop.

Usage: truth.py DIRECTORY NODE...      (in a container on the cluster's network)

Writes JSON lines into DIRECTORY until it is killed; all times are seconds since 1970:
  answers.jsonl  each answer of /cluster, of each node twice a second, and of /patroni, five times,
                 by two that ask in turn: one request may hang where the next does not. More often
                 would be exacter, and was seen to take the CPU that a promotion needs
  proxy.jsonl    what HAProxy says of its servers, at first and when that changes, asked five times
                 a second; and when it did not answer within a second
  keys.jsonl     each change of Patroni's keys, by etcd's own watch
  writes.jsonl   each acknowledged INSERT and each new reason for none: through HAProxy a new try
                 every 50 to 200 ms, so that those that wait hide nothing, and by one writer to each
  docker.jsonl   how long the engine took to tell its services, tasks and nodes, every half second
The writers' database and role are libpq's (PGUSER, PGPASSWORD, PGDATABASE).
"""
import base64
import http.client
import itertools
import json
import os
import socket
import sys
import threading
import time

import psycopg2

PERIOD = 0.2


class Log:
    """A file of JSON lines that several threads write to."""

    def __init__(self, name):
        self.file = open(os.path.join(sys.argv[1], name), "w")
        self.lock = threading.Lock()

    def write(self, **line):
        with self.lock:
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()


def own(body):
    picked = {k: body[k] for k in ("state", "role", "timeline", "cluster_unlocked", "dcs_last_seen",
                                   "replication_state", "pause", "pending_restart") if k in body}
    if "replication" in body:
        picked["receivers"] = {r["application_name"]: r["state"] for r in body["replication"]}
    return picked


def cluster(body):
    return {"members": {m["name"]: {k: m[k] for k in ("role", "state", "timeline", "lag") if k in m}
                        for m in body["members"]}}


addresses = {}


def address(node):
    """Its last one where it has none: a Swarm takes the name of what it stops away before it has stopped."""
    try:
        addresses[node] = socket.gethostbyname(node)
    except OSError:
        if node not in addresses:
            raise
    return addresses[node]


def ask(node, path, pick, log):
    """Once; the body only where there is one, otherwise why not. A node that hangs is waited for."""
    began = time.time()
    try:
        with socket.create_connection((address(node), 8091), timeout=1) as connection:
            connection.settimeout(12)
            request = http.client.HTTPConnection(node, 8091)
            request.sock = connection
            request.request("GET", path)
            body = json.loads(request.getresponse().read())
        if body.get("patroni", {}).get("name", node) != node:
            raise ValueError("another node has its address now")
        log.write(began=began, ended=time.time(), node=node, path=path, body=pick(body))
    except (OSError, ValueError, KeyError, http.client.HTTPException) as failed:
        log.write(began=began, ended=time.time(), node=node, path=path, failed=repr(failed))


def ask_proxy(log):
    """Statuses as a line each: `UP 1/2` is up, and about to be down."""
    before, began_before = None, time.time()
    while True:
        began = time.time()
        try:
            with socket.create_connection(("haproxy", 7001), timeout=5) as connection:
                connection.sendall(b"show stat\n")
                text = connection.makefile().read()
            rows = [line.split(",") for line in text.splitlines()[1:] if line]
            now = {row[0] + "/" + row[1]: row[17].startswith("UP") for row in rows
                   if row[1] not in ("FRONTEND", "BACKEND")}
            if now != before:
                log.write(began=began_before, ended=time.time(), up=now)
                before = now
            began_before = began
            failed = {}
        except (OSError, IndexError) as wrong:
            failed = {"failed": repr(wrong)}
        if failed or time.time() - began > 1:
            log.write(began=began, ended=time.time(), slow=True, **failed)
        time.sleep(PERIOD)


def poll(node, path, pick, log, period, delay=0):
    due = time.time() + delay
    time.sleep(delay)
    while True:
        ask(node, path, pick, log)
        due = max(due + period, time.time())
        time.sleep(max(0, due - time.time()))


def text(encoded):
    return base64.b64decode(encoded).decode()


def key_change(event):
    kv = event["kv"]
    value = text(kv.get("value", ""))
    try:
        value = json.loads(value)
    except ValueError:
        pass
    return {"key": text(kv["key"]).split("/", 3)[3], "deleted": event.get("type") == "DELETE", "value": value}


def watch_keys(log):
    """What is there, then each change. Asks anew where the watch breaks off."""
    span = {"key": base64.b64encode(b"/service/").decode(), "range_end": base64.b64encode(b"/service0").decode()}
    while True:
        try:
            etcd = http.client.HTTPConnection("etcd", 2379)
            etcd.request("POST", "/v3/kv/range", json.dumps(span))
            there = json.load(etcd.getresponse())
            for kv in there.get("kvs", []):
                log.write(at=time.time(), first=True, **key_change({"kv": kv}))
            span["start_revision"] = int(there["header"]["revision"]) + 1
            etcd = http.client.HTTPConnection("etcd", 2379)
            etcd.request("POST", "/v3/watch", json.dumps({"create_request": span}))
            for line in etcd.getresponse():
                now = time.time()
                for event in json.loads(line)["result"].get("events", []):
                    log.write(at=now, **key_change(event))
        except (OSError, ValueError, KeyError, http.client.HTTPException) as failed:
            log.write(at=time.time(), failed=repr(failed))
            span.pop("start_revision", None)
            time.sleep(0.5)


def write(name, host, port, period, log):
    connection, said = None, None
    while True:
        began = time.time()
        try:
            if connection is None:
                connection = psycopg2.connect(host=address(host), port=port, connect_timeout=2, sslmode="disable",
                                              tcp_user_timeout=2000)
                connection.autocommit = True
            connection.cursor().execute("INSERT INTO by_hand VALUES (now())")
            log.write(to=name, began=began, ended=time.time())
            said = None
        except (psycopg2.Error, OSError) as failed:
            if not isinstance(failed, psycopg2.errors.ReadOnlySqlTransaction):
                connection = None
            reason = str(failed).strip()
            if reason != said:
                log.write(to=name, began=began, ended=time.time(), failed=reason)
            said = reason
        time.sleep(period)


class ProxyWriter:
    """A try every 50 ms, whatever became of those before; each over a connection that waits, or a new one.

    While tries hang a new one is made every 200 ms: a server that has just been promoted has too little time as it is.
    """

    MOST = 12

    def __init__(self, log):
        self.log, self.idle, self.lock, self.under_way, self.said = log, [], threading.Lock(), 0, None

    def run(self):
        while True:
            if self.under_way < self.MOST:
                with self.lock:
                    self.under_way += 1
                start(self.attempt)
            time.sleep(0.05 if self.idle or not self.under_way else 0.2)

    def attempt(self):
        began, failed, connection = time.time(), None, None
        try:
            with self.lock:
                connection = self.idle.pop() if self.idle else None
            if connection is None:
                connection = psycopg2.connect(host=address("haproxy"), port=5000, connect_timeout=2,
                                              sslmode="disable", tcp_user_timeout=2000)
                connection.autocommit = True
            connection.cursor().execute("INSERT INTO by_hand VALUES (now())")
            self.log.write(to="haproxy", began=began, ended=time.time())
        except (psycopg2.Error, OSError) as wrong:
            failed = str(wrong).strip()
            if not isinstance(wrong, psycopg2.errors.ReadOnlySqlTransaction):
                if connection is not None:
                    connection.close()
                connection = None
        if failed and failed != self.said:
            self.log.write(to="haproxy", began=began, ended=time.time(), failed=failed)
        self.said = failed
        with self.lock:
            self.under_way -= 1
            if connection is not None:
                self.idle.append(connection)


def make_table():
    while True:
        try:
            with psycopg2.connect(host="haproxy", port=5000, connect_timeout=2, sslmode="disable") as connection:
                connection.cursor().execute("CREATE TABLE IF NOT EXISTS by_hand (at timestamptz)")
            return
        except psycopg2.Error:
            time.sleep(0.2)


def ask_docker(log):
    for what in itertools.cycle(("services", "tasks", "nodes")):
        began, failed = time.time(), {}
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(30)
                connection.connect("/var/run/docker.sock")
                connection.sendall(f"GET /v1.40/{what} HTTP/1.0\r\nHost: docker\r\n\r\n".encode())
                if not connection.recv(4096).split(b" ", 2)[1] == b"200":
                    failed = {"failed": True}
        except (OSError, IndexError) as wrong:
            failed = {"failed": repr(wrong)}
        log.write(began=began, ended=time.time(), **failed)
        time.sleep(0.5)


def start(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()


def main():
    # Writers in a process of their own: what answers cost does not delay them.
    if os.fork() == 0:
        log = Log("writes.jsonl")
        make_table()
        start(ProxyWriter(log).run)
        for node in sys.argv[2:]:
            start(write, node, node, 5432, 0.04, log)
    else:
        log = Log("answers.jsonl")
        for node in sys.argv[2:]:
            start(poll, node, "/patroni", own, log, 2 * PERIOD)
            start(poll, node, "/patroni", own, log, 2 * PERIOD, PERIOD)
            start(poll, node, "/cluster", cluster, log, 2.5 * PERIOD)
        start(watch_keys, Log("keys.jsonl"))
        start(ask_proxy, Log("proxy.jsonl"))
        start(ask_docker, Log("docker.jsonl"))
    threading.Event().wait()


if __name__ == "__main__":
    main()
