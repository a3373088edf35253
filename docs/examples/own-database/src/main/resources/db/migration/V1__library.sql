create table loan (
    id      bigint primary key,
    patron  varchar(100) not null,
    due_on  date not null
);
