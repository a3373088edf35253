"""Plays a whole chat between a patron and an operator, cuts both connections, and judges what each side saw.

    python3 full_chat.py HOST PORT OPERATOR-TICKET [--widget ID] [--department ID] [--path PATH] [--idle] [--reconnect]

The last line of the standard output is one JSON object; the exit code is 0 only if everything was as
docs/reference/wire-protocol.md promises. With ``--idle`` both sides say nothing for longer than three heartbeats. With
``--reconnect`` a line ``ready for the reconnect request`` comes before the last, and the chat goes on when both sides
were asked to reconnect and have done so.
"""

import argparse
import json
import secrets
import sys
import traceback

from coop_client import Client

QUESTION = "I can't download the article \u2013 “Ärger mit Prüfungen” 📚"


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def same(actual, expected, what):
    check(actual == expected, f"{what}: expected {expected!r}, got {actual!r}")


def texts(entries):
    return [entry.get("text") for entry in entries if entry["event"] == "said"]


class FullChat:
    def __init__(self, arguments):
        self.arguments = arguments
        address = (arguments.host, arguments.port)
        key = secrets.token_hex(32)
        self.operator = Client(*address, "operator", lambda: arguments.ticket, arguments.path)
        self.patron = Client(*address, "patron", lambda: key, arguments.path)
        self.second_page = Client(*address, "patron", lambda: key, arguments.path)
        self.chat = None
        self.again = {}

    # What each side has.

    def of(self, client):
        return client.chats.get(self.chat)

    def both_have(self, text):
        for client in (self.operator, self.patron):
            client.wait_for(lambda: text in self.of(client).said(), what=f"the text {text!r}")

    def speaks(self, client, text, **options):
        fields = {"chat": self.chat} if client is self.operator else {}
        answer = client.command("say", text=text, **fields, **options).done()
        same(answer["chat"], self.chat, "the chat of a result")
        self.both_have(text)
        entry = next(entry for entry in self.of(client).entries if entry.get("text") == text)
        check(entry["mine"] is True, "what one said oneself is marked as one's own")
        same(entry["author"], client.role, "the author of an entry")
        return answer

    # The chat, step by step.

    def play(self):
        self.operator_comes_on_duty()
        self.patron_asks()
        self.operator_claims()
        self.both_speak()
        self.operator_writes_a_note()
        self.operator_is_cut()
        self.patron_is_cut()
        self.patron_misses_more_than_a_welcome_holds()
        self.second_page_of_the_patron()
        if self.arguments.idle:
            self.both_live_by_their_heartbeats()
        if self.arguments.reconnect:
            self.both_are_asked_to_reconnect()
        self.operator_ends()
        self.both_have_what_the_server_has()
        self.all_go()

    def operator_comes_on_duty(self):
        welcome = self.operator.connect()
        hello = self.operator.hello
        same(hello["protocol"], "coop.v1", "the protocol of hello")
        check(hello["heartbeatMillis"] > 0 and hello["frameLimit"] > 0, "the numbers of hello")
        same(welcome["role"], "operator", "the role of welcome")
        answer = self.operator.command("sign-in").done()
        check(answer["self"]["signedIn"], "signed in after sign-in")
        option = {"kind": "department", "id": self.arguments.department}
        answer = self.operator.command("monitor", option=option, on=True).done()
        switch = [o for o in answer["self"]["options"] if o["kind"] == option["kind"] and o["id"] == option["id"]]
        check(len(switch) == 1 and switch[0]["on"], "the monitoring switch is on")

    def patron_asks(self):
        welcome = self.patron.connect()
        same(welcome["chats"], [], "the chats of a new patron")
        same(self.patron.query("chat").done()["value"], {}, "the chat of a new patron")
        answer = self.patron.command(
            "start",
            widget=self.arguments.widget,
            name="Stewart",
            email="stewart@example.edu",
            question=QUESTION,
            referrer="https://library.example.edu/az",
            userAgent="Stranger/1.0",
            consent=True,
        ).done()
        self.chat = answer["chat"]
        self.patron.wait_for(lambda: self.of(self.patron), what="the state of the new chat")
        self.patron.wait_for(lambda: self.of(self.patron).state, what="the state of the new chat")
        same(self.of(self.patron).state["phase"], "waiting", "the phase of a new chat")
        self.patron.wait_for(lambda: QUESTION in self.of(self.patron).said(), what="the own question")

    def operator_claims(self):
        operator, chat = self.operator, self.chat
        listed = operator.wait_for(lambda: operator.waiting.get(chat), what="the chat in the list")
        preview = operator.query("preview", chat=chat).done()["value"]
        for summary in (listed, preview):
            same(summary["chat"], chat, "the chat of a summary")
            same(summary["question"], QUESTION, "the question of a summary")
            same(summary["patronName"], "Stewart", "the patron's name in a summary")
            same(summary["referrer"], "https://library.example.edu/az", "the referrer of a summary")
            same(summary["userAgent"], "Stranger/1.0", "the user agent of a summary")
        check(chat in operator.waiting, "a preview changes nothing")
        check(chat not in operator.chats, "a preview makes no own chat")
        operator.command("claim", chat=chat).done()
        operator.wait_for(lambda: self.has_event(operator, "claimed"), what="the claim among the entries")
        operator.wait_for(lambda: self.of(operator).state, what="the state after the claim")
        operator.wait_for(lambda: self.of(operator).state["phase"] == "claimed", what="the state after the claim")
        operator.wait_for(lambda: chat not in operator.waiting, what="the chat off the list")
        same(self.of(operator).entries[0]["event"], "started", "the first entry of an operator")
        same(self.of(operator).entries[0]["patron"]["email"], "stewart@example.edu", "the patron's address")
        check(QUESTION in self.of(operator).said(), "the question among the operator's entries")
        self.patron.wait_for(lambda: self.has_event(self.patron, "claimed"), what="the claim, for the patron")
        self.patron.wait_for(lambda: self.of(self.patron).state["phase"] == "claimed", what="the patron's state")
        same(self.of(self.patron).state["owner"]["name"], operator.operator["name"], "the owner's name")
        twice = operator.command("claim", chat=chat).result()
        check(twice["ok"] or twice["code"] == "already-claimed", f"a second claim: {twice}")

    def has_event(self, client, event):
        known = self.of(client)
        return known is not None and any(entry["event"] == event for entry in known.entries)

    def both_speak(self):
        operator, patron, chat = self.operator, self.patron, self.chat
        patron.tell("typing", on=True)
        operator.wait_for(lambda: self.sign(operator, "typing", by="patron", on=True), what="the patron's typing")
        self.speaks(patron, "It says <b>access denied</b> & nothing else")
        operator.tell("typing", chat=chat, on=True)
        patron.wait_for(lambda: self.sign(patron, "typing", by="operator", on=True), what="the operator's typing")
        operator.tell("typing", chat=chat, on=False)
        patron.wait_for(lambda: self.sign(patron, "typing", by="operator", on=False), what="the end of typing")
        self.speaks(operator, "Grüße! 📖 Which article is it, please?", fragment=7)
        seen = self.of(patron).highest
        patron.tell("seen", seq=seen)
        operator.wait_for(lambda: self.sign(operator, "seen", by="patron", seq=seen), what="what the patron has seen")
        self.speaks(patron, "x" * 10000)
        for client in (operator, patron):
            client.low_ping(b"of RFC 6455")
            client.wait_for(lambda: b"of RFC 6455" in client.low_pongs, what="the WebSocket's pong")
            known = len(client.pongs)
            client.tell("ping")
            client.wait_for(lambda: len(client.pongs) > known, what="the protocol's pong")
        too_long = patron.command("say", text="x" * 10001).result()
        same((too_long["ok"], too_long["code"]), (False, "invalid"), "a text of 10,001 characters")
        unknown = operator.command("juggle", chat=chat).result()
        same((unknown["ok"], unknown["code"]), (False, "unsupported"), "a command that does not exist")
        foreign = patron.command("note", chat=chat, text="mine").result()
        same((foreign["ok"], foreign["code"]), (False, "not-allowed"), "a command of the other role")
        patron.tell("greeting")
        patron.wait_for(lambda: patron.errors, what="the error for an unknown frame")
        same(patron.errors[0]["code"], "unsupported", "the error for an unknown frame")

    def sign(self, client, kind, **fields):
        wanted = {"is": kind, "chat": self.chat, **fields}
        return any(all(notice.get(name) == value for name, value in wanted.items()) for notice in client.signs)

    def operator_writes_a_note(self):
        answer = self.operator.command("note", chat=self.chat, text="Licence ended in May").done()
        note = self.operator.wait_for(
            lambda: [e for e in self.of(self.operator).entries if e.get("text") == "Licence ended in May"],
            what="the note",
        )[0]
        check(note["note"] is True, "a note is marked")
        same(note["seq"], answer["seq"], "the result's number is the note's")
        self.speaks(self.operator, "The licence ended, I will send you the article")

    def operator_is_cut(self):
        operator, patron = self.operator, self.patron
        after = self.of(operator).highest
        operator.go_deaf()
        lost = operator.command("say", chat=self.chat, text="Was this heard?")
        patron.wait_for(lambda: "Was this heard?" in self.of(patron).said(), what="what was said into the cut")
        operator.cut()
        check(lost.answer is None, "the answer is lost")
        patron.command("say", text="Are you there?").done()
        patron.command("say", text="I heard you").done()
        patron.wait_for(lambda: "I heard you" in self.of(patron).said(), what="the own text")

        welcome = operator.come_back(resume_also=[{"chat": "no-such-chat", "after": 3}])

        missing = self.resumed(welcome, after)
        same(texts(missing), ["Was this heard?", "Are you there?", "I heard you"], "what the operator had missed")
        same([e["seq"] for e in missing], list(range(after + 1, after + 1 + len(missing))), "the numbers, without gaps")
        gone = [e for e in welcome["chats"] if e["chat"] == "no-such-chat"]
        same(gone, [{"chat": "no-such-chat", "resumed": False, "reason": "gone"}], "a chat that does not exist")
        answer = lost.done()
        same(lost.sent, 2, "how often the command was sent")
        same(answer["seq"], missing[0]["seq"], "the answer is the first one's")
        third = operator.command("say", id=lost.frame["id"], chat=self.chat, text="Was this heard?").done()
        same(third, answer, "the answer to the third time")
        other = operator.command("say", id=lost.frame["id"], chat=self.chat, text="Another").result()
        same((other["ok"], other["code"]), (False, "command-id-reused"), "the same id with other content")
        self.speaks(operator, "Yes, I was away for a moment")
        same(self.of(operator).said().count("Was this heard?"), 1, "how often it was done, for the operator")
        same(self.of(patron).said().count("Was this heard?"), 1, "how often it was done, for the patron")
        self.again["operator"] = {"id": lost.frame["id"], "seq": answer["seq"], "sent": lost.sent}

    def patron_is_cut(self):
        operator, patron = self.operator, self.patron
        after = self.of(patron).highest
        patron.go_deaf()
        half = patron.command("say", text="Half of this was on its way", half=True)
        patron.cut()
        for do, text in (("say", "Here it comes"), ("note", "Sent by mail"), ("say", "Did you get it?")):
            operator.command(do, chat=self.chat, text=text).done()

        welcome = patron.come_back()

        missing = self.resumed(welcome, after)
        same(texts(missing), ["Here it comes", "Did you get it?"], "what the patron had missed")
        half.done()
        same(half.sent, 2, "how often the command was sent")
        self.both_have("Half of this was on its way")
        self.speaks(patron, "I have it now")
        for client in (operator, patron):
            same(self.of(client).said().count("Half of this was on its way"), 1, "how often it was done")
        self.again["patron"] = {"id": half.frame["id"], "seq": half.answer["seq"], "sent": half.sent}

    def patron_misses_more_than_a_welcome_holds(self):
        operator, patron = self.operator, self.patron
        after = self.of(patron).highest
        patron.cut()
        long_texts = [f"{number:02} " + "é" * 9990 for number in range(30)]
        for text in long_texts:
            operator.command("say", chat=self.chat, text=text).done()

        welcome = patron.come_back()
        operator.command("say", chat=self.chat, text="That was a lot").done()

        self.both_have("That was a lot")
        element = welcome["chats"][0]
        same((element["resumed"], element["more"]), (True, True), "what goes beyond a welcome")
        same(texts(element["entries"]), long_texts[: len(element["entries"])], "the first part of what was missed")
        spoken = [e["text"] for e in self.of(patron).entries if e["seq"] > after and e["event"] == "said"]
        same(spoken, [*long_texts, "That was a lot"], "all that was missed, in order")

    def resumed(self, welcome, after):
        element = next(element for element in welcome["chats"] if element["chat"] == self.chat)
        same(element["resumed"], True, "resumed")
        same(element["more"], False, "nothing but the few entries is missing")
        check(all(entry["seq"] > after for entry in element["entries"]), "only what is missing")
        return element["entries"]

    def second_page_of_the_patron(self):
        page, patron = self.second_page, self.patron
        element = page.connect()["chats"][0]
        same((element["resumed"], element["reason"]), (False, "new"), "a chat that was not named")
        same(element["entries"][0], self.of(patron).entries[0], "the first entry, for another page")
        check(element["more"], "there is more than a welcome holds")
        page.wait_for(lambda: self.of(page).entries == self.of(patron).entries, what="all entries, on another page")
        page.cut()
        page.chats.clear()
        element = page.come_back(resume_also=[{"chat": self.chat, "after": 1000000}])["chats"][0]
        same((element["resumed"], element["reason"]), (False, "ahead"), "more than the server has")
        page.wait_for(lambda: self.of(page).entries == self.of(patron).entries, what="all entries, on a page ahead")
        same(page.close(), 1000, "the answer to a close")

    def both_live_by_their_heartbeats(self):
        known = {client: (len(client.pongs), len(client.welcomes)) for client in (self.operator, self.patron)}
        for client, (pongs, welcomes) in known.items():
            beat = client.hello["heartbeatMillis"] / 1000
            client.wait_for(lambda: len(client.pongs) >= pongs + 4, 8 * beat, "four answers to heartbeats")
            same(len(client.welcomes), welcomes, "the connections, which heartbeats keep")
        self.speaks(self.operator, "Still there?")

    def both_are_asked_to_reconnect(self):
        known = {c: (len(c.welcomes), self.of(c).highest) for c in (self.operator, self.patron)}
        print("ready for the reconnect request", flush=True)
        for client, (welcomes, after) in known.items():
            client.wait_for(lambda: client.reconnects == 1, 60, "the reconnect request")
            client.wait_for(lambda: len(client.welcomes) > welcomes, 60, "the welcome after the reconnect request")
            same(texts(self.resumed(client.welcomes[-1], after)), [], "what was said meanwhile")
        self.speaks(self.patron, "Thank you, that was all")

    def operator_ends(self):
        operator, patron = self.operator, self.patron
        operator.command("end", chat=self.chat, disposition=operator.dispositions[0]).done()
        for client in (operator, patron):
            client.wait_for(lambda: self.has_event(client, "ended"), what="the end")
            client.wait_for(lambda: self.of(client).state["phase"] == "ended", what="the state after the end")
        same(self.of(operator).entries[-1]["disposition"], operator.dispositions[0], "the disposition")
        check("disposition" not in self.of(patron).entries[-1], "the patron gets no disposition")
        late = patron.command("say", text="One more thing").result()
        same((late["ok"], late["code"]), (False, "chat-over"), "a text after the end")

    def both_have_what_the_server_has(self):
        patron, operator = self.patron, self.operator
        same(patron.conversation(), self.of(patron).entries, "the patron's entries and the server's")
        seqs = self.of(operator).seqs()
        same(seqs, list(range(1, len(seqs) + 1)), "the operator's numbers, without gaps")
        shown = {entry["seq"]: entry for entry in self.of(operator).entries}
        for entry in self.of(patron).entries:
            same(entry["event"], shown[entry["seq"]]["event"], "the same entry for both")
            same(entry.get("text"), shown[entry["seq"]].get("text"), "the same text for both")
        notes = [entry["text"] for entry in self.of(operator).entries if entry.get("note")]
        same(notes, ["Licence ended in May", "Sent by mail"], "the notes")
        check(not set(notes) & set(self.of(patron).said()), "no note reaches the patron")
        spoken = [text for text in self.of(operator).said() if text not in notes]
        same(self.of(patron).said(), spoken, "what both read, in one order")

    def all_go(self):
        same(self.operator.close(), 1000, "the answer to a close")
        same(self.patron.close(), 1000, "the answer to a close")

    def report(self, failure):
        sides = {}
        for client in (self.operator, self.patron):
            known = self.of(client)
            entries = known.entries if known else []
            sides[client.role] = {
                "texts": [entry["text"] for entry in entries if "text" in entry],
                "seqs": [entry["seq"] for entry in entries],
                "events": [entry["event"] for entry in entries],
                "state": known.state if known else None,
                "welcomes": len(client.welcomes),
                "closes": client.closes,
                "refusals": client.refusals,
                "reconnects": client.reconnects,
            }
        report = {"ok": failure is None, "chat": self.chat, **sides, "again": self.again}
        if failure is not None:
            report["failure"] = failure
        return report


def main():
    parser = argparse.ArgumentParser(description="Plays a whole chat over the wire protocol coop.v1.")
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("ticket")
    parser.add_argument("--widget", default="databases")
    parser.add_argument("--department", default="reference")
    parser.add_argument("--path", default="/coop")
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--reconnect", action="store_true")
    chat = FullChat(parser.parse_args())
    failure = None
    try:
        chat.play()
    except Exception as failed:  # Whatever it is, the report says so.
        traceback.print_exc()
        failure = f"{type(failed).__name__}: {failed}"
    print(json.dumps(chat.report(failure)), flush=True)
    return 0 if failure is None else 1


if __name__ == "__main__":
    sys.exit(main())
