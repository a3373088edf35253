package org.libcoop.store.jdbc;

import java.time.Instant;
import java.util.function.Function;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.RecordKey;
import org.libcoop.presence.OperatorPresence;

/** A value with its stored form; {@code name} is what it is called in the corpus, {@code what} in exceptions. */
record Sample(String name, String what, Object value, String json, Function<String, Object> reader) {

    static Sample of(String name, ChatEvent event) {
        String what = "event " + EventCodec.kind(event);
        return new Sample(name, what, event, EventCodec.write(event), EventCodec::read);
    }

    static Sample of(String name, Content content) {
        String kind = ContentCodec.kind(content);
        return new Sample(
                name, "content " + kind, content, ContentCodec.write(content), json -> ContentCodec.read(kind, json));
    }

    static Sample of(String name, Logged first, Chat chat) {
        return new Sample(
                name,
                "head of chat " + chat.id(),
                chat,
                HeadCodec.write(chat),
                json -> HeadCodec.read(chat.id(), chat.seq(), first, json));
    }

    static Sample of(String name, LibraryRecord record) {
        RecordKey.Type type = record.key().type();
        return new Sample(
                name, RecordCodec.type(type), record, RecordCodec.write(record), json -> RecordCodec.read(type, json));
    }

    static Sample of(String name, HostDirectory host) {
        return new Sample(name, "host directory", host, RecordCodec.writeHost(host), RecordCodec::readHost);
    }

    static Sample of(String name, OperatorPresence row) {
        Instant changedAt = row.changedAt();
        return new Sample(
                name,
                "presence " + row.version() + " of operator " + row.operator(),
                row,
                PresenceCodec.write(row),
                json -> PresenceCodec.read(row.operator(), row.version(), changedAt, row.openChats(), json));
    }

    Object read(String stored) {
        return reader.apply(stored);
    }

    @Override
    public String toString() {
        return name;
    }
}
