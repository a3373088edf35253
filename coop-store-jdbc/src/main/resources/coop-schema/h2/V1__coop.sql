-- The store, the archive and the facts of coop, version 1. Instants are milliseconds since 1970-01-01T00:00:00Z. Ids compare by their characters.

create table coop_schema (
    version integer not null
);
insert into coop_schema (version) values (1);

-- Lives of nodes. The stream of a node's changes has the numbers feed_begin + 1 to feed_end.
create table coop_node (
    node          varchar(100) primary key,
    renewed_at    bigint not null,
    length_millis bigint not null,
    feed_begin    bigint not null default 0,
    feed_end      bigint not null default 0
);

create table coop_feed (
    node  varchar(100) not null,
    n     bigint not null,
    at    bigint not null,
    hints varchar(1000000) not null,
    primary key (node, n)
);

-- Heads of chats. What never changes of a head is in the first entry of its log.
create table coop_chat (
    id         varchar(100) primary key,
    seq        bigint not null,
    patron_key varchar(200) not null,
    started_at bigint not null,
    due_at     bigint,
    over_at    bigint,
    head       varchar(100000) not null
);
create index coop_chat_due on coop_chat (due_at, id);
create index coop_chat_patron on coop_chat (patron_key, started_at);

-- Chats that are over: the last entry, when the last change was decided, and 1 where an archive has the chat up to that entry. Apart
-- from the head, so that what is marked here is not in the way of who writes to the chat.
create table coop_over (
    chat            varchar(100) primary key,
    seq             bigint not null,
    changed_at      bigint not null,
    archived        smallint default 0 not null,
    content_deleted boolean default false not null
);
create index coop_over_unarchived on coop_over (archived, chat);
create index coop_over_archived on coop_over (archived, changed_at, chat);

create table coop_entry (
    chat  varchar(100) not null,
    seq   bigint not null,
    at    bigint not null,
    event varchar(100000) not null,
    primary key (chat, seq)
);

-- What people wrote or are: apart from the log, so that erasure deletes rows and rewrites nothing.
create table coop_content (
    chat varchar(100) not null,
    seq  bigint not null,
    kind varchar(40) not null,
    body varchar(1000000) not null,
    primary key (chat, seq)
);

create table coop_topic (
    topic varchar(250) not null,
    chat  varchar(100) not null,
    primary key (topic, chat)
);

create table coop_result (
    chat   varchar(100) not null,
    scope  varchar(300) not null,
    id     varchar(100) not null,
    digest varchar(200) not null,
    seq    bigint not null,
    primary key (chat, scope, id)
);

-- The newest row of each operator's presence, which a claim guards, and all rows of the last days.
create table coop_presence (
    operator   varchar(200) primary key,
    version    bigint not null,
    changed_at bigint not null,
    open_chats integer not null,
    body       varchar(1000000) not null
);

create table coop_presence_log (
    operator   varchar(200) not null,
    version    bigint not null,
    changed_at bigint not null,
    open_chats integer not null,
    body       varchar(1000000) not null,
    primary key (operator, version)
);
create index coop_presence_log_changed on coop_presence_log (changed_at);

-- Every change of the directory under its number. The host's part has the type HOST and the id host.
create table coop_directory (
    id       integer primary key,
    revision bigint not null
);
insert into coop_directory (id, revision) values (1, 0);

create table coop_revision (
    revision bigint primary key,
    at       bigint not null,
    type     varchar(20) not null,
    id       varchar(410) not null,
    version  bigint not null,
    place    bigint not null,
    body     clob not null
);
create index coop_revision_key on coop_revision (type, id, revision);

-- Chats that are over, for as long as they are kept. A row says what a list of transcripts shows, and holds no content. Contact and
-- content stand beside since when the chat is over for as long as it has any: what retention looks for.
create table coop_archive (
    chat            varchar(100) primary key,
    home            varchar(200) not null,
    widget          varchar(200) not null,
    started_at      bigint not null,
    first_claim_at  bigint,
    over_at         bigint not null,
    last_owner      varchar(200),
    answered_by     varchar(200),
    through         varchar(220),
    outcome         varchar(20) not null,
    messages        integer not null,
    content_deleted boolean default false not null,
    patron_key      varchar(200) not null,
    contact_over_at bigint,
    content_over_at bigint,
    seq             bigint not null,
    head            varchar(100000) not null
);
create index coop_archive_started on coop_archive (started_at desc, chat desc);
create index coop_archive_home on coop_archive (home, started_at desc, chat desc);
create index coop_archive_widget on coop_archive (widget, started_at desc, chat desc);
create index coop_archive_outcome on coop_archive (outcome, started_at desc, chat desc);
create index coop_archive_patron on coop_archive (patron_key, chat);
create index coop_archive_contact on coop_archive (home, contact_over_at, chat);
create index coop_archive_content_over on coop_archive (home, content_over_at, chat);

create table coop_archive_entry (
    chat  varchar(100) not null,
    seq   bigint not null,
    at    bigint not null,
    event varchar(100000) not null,
    primary key (chat, seq)
);

-- The only place with content, and with what of it is compared: the folded text of messages by searches, the folded email address by
-- who looks for one patron. Deletion deletes these rows; anonymisation empties the address with the rest.
create table coop_archive_content (
    chat   varchar(100) not null,
    seq    bigint not null,
    kind   varchar(40) not null,
    body   varchar(1000000) not null,
    folded varchar(1000000),
    email  varchar(508),
    primary key (chat, seq)
);
create index coop_archive_content_email on coop_archive_content (email, chat);

-- Every ownership of a chat in order, beside what searches ask of the chat: each search reads keys from one table.
create table coop_archive_owner (
    chat        varchar(100) not null,
    n           integer not null,
    operator    varchar(200) not null,
    institution varchar(200) not null,
    coop        varchar(200),
    home        varchar(200) not null,
    widget      varchar(200) not null,
    outcome     varchar(20) not null,
    started_at  bigint not null,
    primary key (chat, n)
);
create index coop_archive_owner_operator on coop_archive_owner (operator, started_at desc, chat desc);
create index coop_archive_owner_institution on coop_archive_owner (institution, started_at desc, chat desc);
create index coop_archive_owner_coop on coop_archive_owner (coop, started_at desc, chat desc);
create index coop_archive_owner_coop_institution on coop_archive_owner (coop, institution, started_at desc, chat desc);
create index coop_archive_owner_home on coop_archive_owner (home, coop, started_at desc, chat desc);
create index coop_archive_owner_home_any on coop_archive_owner (home, started_at desc, chat desc);
create index coop_archive_owner_any on coop_archive_owner (started_at desc, chat desc);

-- Who monitored what when. What is held counts to the end of the lease, for a lease may end after what counts of an interval.
create table coop_interval (
    from_at        bigint not null,
    operator       varchar(200) not null,
    stage          varchar(220) not null,
    to_at          bigint not null,
    why            varchar(20) not null,
    lease_ended_at bigint,
    held_millis    bigint not null,
    primary key (from_at, operator, stage)
);
create index coop_interval_operator on coop_interval (operator, from_at, stage);
create index coop_interval_stage on coop_interval (stage, from_at, operator);
-- Intervals are cut twice a day: one that lasts longer than a day is an exception, and looked for apart.
create index coop_interval_long on coop_interval (held_millis);

-- Who did what, and who was denied what: ids, codes and counts, never any content.
create table coop_audit (
    id           varchar(100) primary key,
    at           bigint not null,
    role         varchar(20) not null,
    operator     varchar(200),
    operation    varchar(40) not null,
    kind         varchar(20) not null,
    thing        varchar(200) not null,
    within       varchar(200),
    refused      varchar(40),
    institutions text not null,
    counts       text not null,
    command      varchar(100)
);
create index coop_audit_at on coop_audit (at desc, id desc);
create index coop_audit_operator on coop_audit (operator, at desc, id desc);

create table coop_audit_institution (
    institution varchar(200) not null,
    at          bigint not null,
    id          varchar(100) not null,
    primary key (id, institution)
);
create index coop_audit_institution_at on coop_audit_institution (institution, at desc, id desc);

-- What the staff write to each other: in rooms, and as feedback on chats. Who adds to a discussion holds its row.
create table coop_discussion (
    kind     varchar(20) not null,
    id       varchar(500) not null,
    begun_at bigint not null,
    last_seq bigint not null,
    erased   integer not null,
    primary key (kind, id)
);

-- The body is content: erasure empties it.
create table coop_post (
    kind        varchar(20) not null,
    id          varchar(500) not null,
    seq         bigint not null,
    post        varchar(400) not null,
    operator    varchar(200) not null,
    institution varchar(200) not null,
    at          bigint not null,
    rating      integer,
    body        text,
    primary key (kind, id, seq)
);
create unique index coop_post_once on coop_post (kind, id, post);
create index coop_post_at on coop_post (at, kind, id, seq);

create table coop_subject (
    subject  varchar(500) not null,
    kind     varchar(20) not null,
    id       varchar(500) not null,
    begun_at bigint not null,
    primary key (subject, kind, id)
);
create index coop_subject_begun on coop_subject (subject, begun_at desc, kind desc, id desc);

create table coop_seen (
    operator varchar(200) not null,
    kind     varchar(20) not null,
    id       varchar(500) not null,
    seq      bigint not null,
    primary key (operator, kind, id)
);

-- Tickets on their way to the host's ticket system: what somebody wrote stands here only until it has the ticket.
create table coop_ticket (
    id        varchar(100) primary key,
    home      varchar(200) not null,
    widget    varchar(200) not null,
    chat      varchar(100),
    operator  varchar(200),
    at        bigint not null,
    digest    varchar(100) not null,
    trace     varchar(100),
    state     varchar(20) not null,
    tries     int not null,
    due_at    bigint,
    reference text,
    body      text
);
create index coop_ticket_due on coop_ticket (due_at, id);
create index coop_ticket_chat on coop_ticket (chat, at desc, id desc);
create index coop_ticket_home on coop_ticket (home, at desc, id desc);
create index coop_ticket_state on coop_ticket (state, home);

-- One row a chat for reports, free of content: what was said of the page the patron came from goes with the chat's content.
create table coop_fact (
    chat        varchar(100) primary key,
    home        varchar(200) not null,
    widget      varchar(200) not null,
    started_at  bigint not null,
    outcome     varchar(20) not null,
    operator    varchar(200),
    institution varchar(200),
    coop        varchar(200),
    through     varchar(220),
    member      varchar(200),
    waited      bigint,
    lasted      bigint,
    host        varchar(200),
    page        varchar(200),
    browser     varchar(200),
    os          varchar(200),
    rating      integer,
    qa_rating   integer,
    entries     bigint not null,
    posts       bigint not null,
    erased      integer not null
);
create index coop_fact_started on coop_fact (started_at, chat);
create index coop_fact_home on coop_fact (home, started_at);
create index coop_fact_operator on coop_fact (operator, started_at);
create index coop_fact_coop on coop_fact (coop, institution, started_at);
create index coop_fact_member on coop_fact (coop, member, started_at);

-- Sums of what was answered through co-ops, and whoever changes them holds the one row of the lock.
create table coop_fact_sum (
    id   varchar(700) primary key,
    body varbinary(100000) not null
);

-- When institutions were there, month by month.
create table coop_staffed (
    stage       varchar(220) not null,
    of_month    bigint not null,
    institution varchar(200) not null,
    body        binary large object not null,
    primary key (stage, of_month, institution)
);

create table coop_fact_lock (
    id integer primary key
);
insert into coop_fact_lock (id) values (1);
