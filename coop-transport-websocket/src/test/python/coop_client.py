"""A client of the wire protocol ``coop.v1``, written from docs/reference/wire-protocol.md and RFC 6455 alone.

Nothing but Python's standard library, and of that a bare TCP socket: what this file does, any other client can do.
"""

import base64
import hashlib
import json
import os
import random
import socket
import struct
import threading
import time
import uuid

PROTOCOL = "coop.v1"

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

#: Ends after which a client does not come back by itself: it would be sent away again.
FINAL_CODES = {1003, 4400, 4401, 4403, 4413}
CROWDED_CODE = 4429


class Refused(Exception):
    """The handshake was answered with something else than an upgrade."""

    def __init__(self, status, detail):
        super().__init__(f"handshake refused: {status} {detail}")
        self.status = status


class Closed(Exception):
    """The connection is over; 1006 where no close frame came."""

    def __init__(self, code, reason=""):
        super().__init__(f"closed: {code} {reason}")
        self.code = code


class WebSocket:
    """The client's side of one connection. Any thread may send, one thread receives."""

    #: The most that a message of the server may have; what is longer is taken for a defect.
    MESSAGE_LIMIT = 4 * 1024 * 1024

    def __init__(self, host, port, path, timeout=10):
        self._sending = threading.Lock()
        self._buffer = bytearray()
        self._fragments = None
        self.closing = False
        self._socket = socket.create_connection((host, port), timeout)
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._shake_hands(host, port, path, time.monotonic() + timeout)
        except BaseException:
            self._socket.close()
            raise

    def _shake_hands(self, host, port, path, deadline):
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            (
                f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n"
            ).encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > 65536 or not self._fill(deadline):
                raise Refused(0, "no end of the answer's head")
        head, _, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        self._buffer = bytearray(rest)
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        status = lines[0].split(" ")[1]
        if status != "101":
            raise Refused(int(status), lines[0])
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
        if headers.get("sec-websocket-accept") != accept.decode():
            raise Refused(101, "wrong Sec-WebSocket-Accept")
        if headers.get("upgrade", "").lower() != "websocket" or "upgrade" not in headers.get("connection", "").lower():
            raise Refused(101, "no upgrade")
        if headers.get("sec-websocket-protocol") != PROTOCOL:
            raise Refused(101, "another sub-protocol")
        if "sec-websocket-extensions" in headers:
            raise Refused(101, "an extension nobody asked for")

    def _fill(self, deadline):
        """Reads some more; false where nothing came before the deadline."""
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        try:
            self._socket.settimeout(left)
            data = self._socket.recv(65536)
        except socket.timeout:
            return False
        except OSError as failed:
            raise Closed(1006, str(failed)) from failed
        if not data:
            raise Closed(1006, "the other side is gone")
        self._buffer += data
        return True

    @staticmethod
    def _frame(opcode, payload, last=True):
        """One masked frame."""
        head = bytes([(0x80 if last else 0) | opcode])
        if len(payload) < 126:
            head += bytes([0x80 | len(payload)])
        elif len(payload) < 65536:
            head += struct.pack("!BH", 0x80 | 126, len(payload))
        else:
            head += struct.pack("!BQ", 0x80 | 127, len(payload))
        mask = os.urandom(4)
        repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
        masked = int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")
        return head + mask + masked.to_bytes(len(payload), "big")

    def _send(self, data, closing=False):
        with self._sending:
            if self.closing:
                raise Closed(1006, "nothing follows a close frame")
            self.closing = closing
            try:
                self._socket.sendall(data)
            except OSError as failed:
                raise Closed(1006, str(failed)) from failed

    def send_text(self, text, fragment=None):
        """Sends one message; with ``fragment`` in frames of so many bytes, a ping between every two of them."""
        payload = text.encode()
        if fragment is None or len(payload) <= fragment:
            self._send(self._frame(TEXT, payload))
            return
        data = b""
        for begin in range(0, len(payload), fragment):
            last = begin + fragment >= len(payload)
            data += self._frame(0 if begin else TEXT, payload[begin : begin + fragment], last)
            if not last:
                data += self._frame(PING, b"between")
        self._send(data)

    def send_half(self, text):
        """Sends the first half of a message's frame: what is left on the way when a connection breaks."""
        data = self._frame(TEXT, text.encode())
        self._send(data[: len(data) // 2])

    def ping(self, payload):
        self._send(self._frame(PING, payload))

    def close(self, code=1000):
        """Begins the closing handshake; whoever receives gets :class:`Closed` when it is through."""
        self._send(self._frame(CLOSE, struct.pack("!H", code)), closing=True)

    def cut(self):
        """Breaks the TCP connection without a close frame; :meth:`discard`, by the receiving thread, resets it."""
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._socket.shutdown(socket.SHUT_RD)
        except OSError:
            pass

    def discard(self):
        self._socket.close()

    def receive(self, deadline):
        """The next ``(TEXT, str)`` or ``(PONG, bytes)``, or None where none came before the deadline."""
        while True:
            frame = self._next_frame()
            if frame is None:
                if not self._fill(deadline):
                    return None
                continue
            message = self._take(*frame)
            if message is not None:
                return message

    def _next_frame(self):
        """Takes one whole frame out of the buffer: its last mark, opcode and payload."""
        data = self._buffer
        if len(data) < 2:
            return None
        if data[0] & 0x70 or data[1] & 0x80:
            raise self._fail(1002, "a reserved bit, or a masked frame of a server")
        last, opcode, length, begin = bool(data[0] & 0x80), data[0] & 0x0F, data[1] & 0x7F, 2
        if opcode >= 8 and (length > 125 or not last):
            raise self._fail(1002, "a control frame that is long or in parts")
        if length >= 126:
            begin += 2 if length == 126 else 8
            if len(data) < begin:
                return None
            length = int.from_bytes(data[2:begin], "big")
        if length > self.MESSAGE_LIMIT:
            raise self._fail(1009, "too long")
        if len(data) < begin + length:
            return None
        payload = bytes(data[begin : begin + length])
        del data[: begin + length]
        return last, opcode, payload

    def _take(self, last, opcode, payload):
        if opcode == PING:
            if not self.closing:
                self._send(self._frame(PONG, payload))
            return None
        if opcode == PONG:
            return PONG, payload
        if opcode == CLOSE:
            code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
            try:
                self._send(self._frame(CLOSE, payload[:2]), closing=True)
            except Closed:
                pass  # The answer to our own.
            raise Closed(code, payload[2:].decode("utf-8", "replace"))
        if opcode == TEXT and self._fragments is None:
            self._fragments = b""
        elif opcode != 0 or self._fragments is None:
            raise self._fail(1002, f"opcode {opcode} out of its place")
        self._fragments += payload
        if len(self._fragments) > self.MESSAGE_LIMIT:
            raise self._fail(1009, "too long")
        if not last:
            return None
        message, self._fragments = self._fragments, None
        try:
            return TEXT, message.decode("utf-8")
        except UnicodeDecodeError:
            raise self._fail(1007, "no UTF-8") from None

    def _fail(self, code, reason):
        try:
            self.close(code)
        except Closed:
            pass
        return Closed(code, reason)


class Chat:
    """What a client knows of one own chat."""

    def __init__(self, chat):
        self.id = chat
        self.entries = []
        self.state = None
        self.held = {}
        self.asking = False

    @property
    def highest(self):
        return self.entries[-1]["seq"] if self.entries else 0

    def said(self):
        """The texts, in order."""
        return [entry.get("text") for entry in self.entries if entry["event"] == "said"]

    def seqs(self):
        return [entry["seq"] for entry in self.entries]


class Pending:
    """A command or query on its way; it outlives the connection that it was first sent on."""

    def __init__(self, client, frame):
        self._client = client
        self.frame = frame
        self.answer = None
        self.sent = 0
        self.repeats = 0
        self.then = None

    def result(self, timeout=15):
        """The answer, waited for."""
        self._client.wait_for(lambda: self.answer, timeout, f"the result of {self.frame}")
        return self.answer

    def done(self, timeout=15):
        """The answer, which has to be a good one."""
        answer = self.result(timeout)
        if answer.get("ok") is not True:
            raise AssertionError(f"{self.frame} was answered with {answer}")
        return answer


class Client:
    """A patron or an operator: connects, comes back after a loss, and sends again what had no answer.

    ``token`` is asked for before each connection, since a ticket may serve only once.
    """

    MOST_REPEATS = 8

    def __init__(self, host, port, role, token, path="/coop"):
        self.role = role
        self._address = (host, port, path)
        self._token = token
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._socket = None
        self._pending = {}
        self._running = False
        self._thread = None
        self._deaf = False
        self._leave_at = None
        self._resume_also = []
        self.chats = {}
        self.waiting = {}
        self.own = None
        self.operator = None
        self.dispositions = []
        self.welcomes = []
        self.hello = None
        self.pongs = []
        self.low_pongs = []
        self.signs = []
        self.unlisted = []
        self.errors = []
        self.closes = []
        self.refusals = []
        self.reconnects = 0

    # What a user of this class does.

    def connect(self):
        """Begins to connect, and to keep the connection; returns when the server has said welcome."""
        with self._lock:
            before = len(self.welcomes)
            self._running = True
            self._deaf = False
            self._thread = threading.Thread(target=self._keep_connected, daemon=True)
            self._thread.start()
        self.wait_for(lambda: len(self.welcomes) > before or not self._running, 30, "welcome")
        if len(self.welcomes) == before:
            raise AssertionError(f"the {self.role} was sent away: {self.closes[-1:]}")
        return self.welcomes[-1]

    def come_back(self, resume_also=()):
        """Connects anew after :meth:`cut`; names the known chats, and those of ``resume_also`` besides."""
        self._resume_also = list(resume_also)
        try:
            return self.connect()
        finally:
            self._resume_also = []

    def command(self, do, id=None, fragment=None, half=False, **fields):
        """Sends a command under an id of its own, or under ``id``."""
        frame = {"type": "command", "id": id or str(uuid.uuid4()), "do": do, **fields}
        return self._send_pending(frame, fragment, half)

    def query(self, ask, **fields):
        return self._send_pending({"type": "query", "id": str(uuid.uuid4()), "ask": ask, **fields})

    def tell(self, type, **fields):
        """A frame that is not answered: ``ping``, ``typing``, ``seen``. Lost where there is no connection."""
        with self._lock:
            connection = self._socket
        if connection is not None:
            try:
                connection.send_text(json.dumps({"type": type, **fields}))
            except Closed:
                pass

    def low_ping(self, payload):
        """A ping of the WebSocket protocol, not of this one."""
        self._socket.ping(payload)

    def conversation(self, **fields):
        """All entries that the server gives, page by page."""
        entries = []
        while True:
            page = self.query("conversation", after=entries[-1]["seq"] if entries else 0, **fields).done()["value"]
            entries += page["entries"]
            if not page["more"]:
                return entries

    def go_deaf(self):
        """From now on nothing that arrives on this connection is taken notice of: it is lost on the way."""
        with self._lock:
            self._deaf = True

    def cut(self):
        """Breaks the TCP connection and stays away."""
        with self._lock:
            self._running = False
            self._deaf = True
            connection, self._socket = self._socket, None
        if connection is not None:
            connection.cut()
        self._thread.join(10)

    def close(self):
        """Ends the connection in order, with 1000; the code that came back."""
        with self._lock:
            self._running = False
            connection = self._socket
        if connection is not None:
            connection.close(1000)
        self._thread.join(10)
        return self.closes[-1] if self.closes else None

    def wait_for(self, condition, timeout=15, what="a change"):
        """Waits until the condition holds, which is looked at after every frame."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                found = condition()
                if found:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"the {self.role} waited {timeout} s in vain for {what}")
                self._changed.wait(left)

    # The connection.

    def _send_pending(self, frame, fragment=None, half=False):
        pending = Pending(self, frame)
        with self._lock:
            self._pending[frame["id"]] = pending
            connection = self._socket
            if connection is not None:
                pending.sent += 1
        if connection is not None:
            text = json.dumps(frame, ensure_ascii=False)
            try:
                if half:
                    connection.send_half(text)
                else:
                    connection.send_text(text, fragment)
            except Closed:
                pass  # It is sent again when there is a connection.
        return pending

    def _keep_connected(self):
        delay = 1.0
        me = threading.current_thread()
        while self._running and self._thread is me:
            known = len(self.welcomes)
            pause = None
            try:
                self._one_connection()
            except Refused as refused:
                self.refusals.append(refused.status)
            except Closed as closed:
                with self._changed:
                    self.closes.append(closed.code)
                if closed.code in FINAL_CODES:
                    self._running = False
                elif closed.code == CROWDED_CODE:
                    pause = 60.0
            except OSError:
                pass
            finally:
                with self._changed:
                    if self._thread is me:
                        self._socket = None
                    self._changed.notify_all()
            if len(self.welcomes) > known:
                delay = 1.0
            if not self._running:
                return
            with self._changed:
                self._changed.wait_for(lambda: not self._running, pause or random.uniform(0, delay))
            delay = min(30.0, delay * 2)

    def _one_connection(self):
        connection = WebSocket(*self._address)
        try:
            self._talk(connection)
        finally:
            connection.discard()

    def _talk(self, connection):
        deadline = time.monotonic() + 10
        self.hello = self._first(connection, deadline, "hello")
        auth = {"type": "auth", "role": self.role, "token": self._token()}
        resume = [{"chat": chat.id, "after": chat.highest} for chat in self.chats.values()] + self._resume_also
        if resume:
            auth["resume"] = resume[:100]
        connection.send_text(json.dumps(auth))
        welcome = self._first(connection, deadline, "welcome")
        self._leave_at = None
        with self._changed:
            self._take_welcome(welcome)
            self._socket = connection
            again = list(self._pending.values())
            for pending in again:
                pending.sent += 1
            self.welcomes.append(welcome)
            self._changed.notify_all()
        for pending in again:
            connection.send_text(json.dumps(pending.frame, ensure_ascii=False))
        self._listen(connection)

    def _first(self, connection, deadline, type):
        """The frame that has to come now; ``denied`` may come in its place, and its close frame after it."""
        while True:
            message = connection.receive(deadline)
            if message is None:
                raise Closed(1006, f"no {type}")
            if message[0] == TEXT:
                frame = json.loads(message[1])
                if frame["type"] == type:
                    return frame

    def _listen(self, connection):
        beat = self.hello["heartbeatMillis"] / 1000
        heard = time.monotonic()
        next_ping = heard + beat * random.uniform(0.9, 1.1)
        while True:
            until = min(next_ping, heard + 3 * beat, self._leave_at or next_ping)
            message = connection.receive(until)
            now = time.monotonic()
            if message is not None:
                heard = now
                self._take_message(message)
            elif now >= heard + 3 * beat:
                raise Closed(1006, "nothing was heard for three heartbeats")
            if self._leave_at is not None and now >= self._leave_at:
                self._leave_at = None
                connection.close(1000)
                while connection.receive(time.monotonic() + 5) is not None:
                    pass
                raise Closed(1006, "the closing handshake was not answered")
            if now >= next_ping and not connection.closing:
                next_ping = now + beat * random.uniform(0.9, 1.1)
                connection.send_text('{"type":"ping"}')

    # What the server says.

    def _take_message(self, message):
        kind, content = message
        with self._changed:
            if self._deaf:
                return
            if kind == PONG:
                self.low_pongs.append(content)
            else:
                frame = json.loads(content)
                take = getattr(self, "_take_" + str(frame.get("type")), None)
                if take is not None:
                    take(frame)
            self._changed.notify_all()

    def _take_welcome(self, welcome):
        for pending in list(self._pending.values()):
            if pending.then is not None:
                del self._pending[pending.frame["id"]]  # The snapshot says anew whether something is missing.
        self.operator = welcome.get("operator")
        self.own = welcome.get("self")
        self.dispositions = welcome.get("dispositions", [])
        self.waiting = {summary["chat"]: summary for summary in welcome.get("waiting", [])}
        for element in welcome["chats"]:
            if not element["resumed"]:
                self.chats.pop(element["chat"], None)
                if element.get("reason") == "gone":
                    continue
            chat = self.chats.setdefault(element["chat"], Chat(element["chat"]))
            chat.held.clear()
            chat.asking = False
            chat.state = element["state"]
            self._append(chat, element["entries"])
            if element["more"]:
                self._ask_for_more(chat)

    def _take_pong(self, frame):
        self.pongs.append(frame["now"])

    def _take_error(self, frame):
        self.errors.append(frame)

    def _take_reconnect(self, frame):
        self.reconnects += 1
        self._leave_at = time.monotonic() + random.uniform(0, frame["withinMillis"] / 1000)

    def _take_result(self, frame):
        pending = self._pending.get(frame["id"])
        if pending is None:
            return
        if frame.get("repeat") == "same-id" and not frame["ok"] and pending.repeats < self.MOST_REPEATS:
            pause = random.uniform(0, min(30, 2**pending.repeats))
            pending.repeats += 1
            timer = threading.Timer(pause, self._send_again, [pending])
            timer.daemon = True
            timer.start()
            return
        del self._pending[frame["id"]]
        if "self" in frame:
            self.own = frame["self"]
        pending.answer = frame
        if pending.then is not None:
            pending.then(frame)

    def _send_again(self, pending):
        with self._lock:
            connection = self._socket
        if connection is not None:
            try:
                connection.send_text(json.dumps(pending.frame, ensure_ascii=False))
            except Closed:
                pass

    def _take_notices(self, frame):
        for notice in frame["notices"]:
            take = getattr(self, "_notice_" + str(notice.get("is")), None)
            if take is not None:
                take(notice)

    def _notice_listed(self, notice):
        summary = notice["waiting"]
        known = self.waiting.get(summary["chat"])
        if known is None or summary["seq"] >= known["seq"]:
            self.waiting[summary["chat"]] = summary

    def _notice_unlisted(self, notice):
        self.waiting.pop(notice["chat"], None)
        self.unlisted.append(notice)

    def _notice_state(self, notice):
        state = notice["state"]
        chat = self.chats.setdefault(state["chat"], Chat(state["chat"]))
        if chat.state is None or state["seq"] >= chat.state["seq"]:
            chat.state = state

    def _notice_self(self, notice):
        self.own = notice["self"]

    def _notice_typing(self, notice):
        self.signs.append(notice)

    def _notice_seen(self, notice):
        self.signs.append(notice)

    def _notice_entry(self, notice):
        chat = self.chats.setdefault(notice["chat"], Chat(notice["chat"]))
        entry = notice["entry"]
        if entry["seq"] <= chat.highest:
            return
        if chat.asking:
            chat.held[entry["seq"]] = entry
        elif self.role == "operator" and entry["seq"] > chat.highest + 1:
            chat.held[entry["seq"]] = entry
            self._ask_for_more(chat)
        else:
            self._append(chat, [entry])

    # Entries.

    def _append(self, chat, entries):
        for entry in entries:
            if entry["seq"] > chat.highest:
                chat.entries.append(entry)

    def _ask_for_more(self, chat):
        """Asks for what is between the highest known entry and now; what comes meanwhile is held back."""
        chat.asking = True
        fields = {"chat": chat.id} if self.role == "operator" else {}
        pending = self.query("conversation", after=chat.highest, **fields)
        pending.then = lambda answer: self._take_page(chat, answer)

    def _take_page(self, chat, answer):
        if self.chats.get(chat.id) is not chat:
            return
        page = answer.get("value")
        if answer["ok"]:
            self._append(chat, page["entries"])
            if page["more"]:
                self._ask_for_more(chat)
                return
        chat.asking = False
        self._append(chat, [chat.held[seq] for seq in sorted(chat.held)])
        chat.held.clear()
