create table staff (
    login    varchar(100) primary key,
    password varchar(200) not null,
    name     varchar(200) not null,
    library  varchar(100) not null,
    desk     varchar(100) not null
);
insert into staff values ('ana', '{noop}a', 'Ana', 'springy', 'reference');
insert into staff values ('olga', '{noop}o', 'Olga', 'hill', 'hilldesk');
