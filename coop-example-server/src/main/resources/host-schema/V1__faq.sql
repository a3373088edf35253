-- What the host itself keeps beside the library's tables: the entries of its FAQs.
create table host_faq_entry (
    institution varchar(200) not null,
    id varchar(200) not null,
    entry_group varchar(200) not null,
    title varchar(300) not null,
    body text not null,
    link varchar(2000),
    language varchar(35) not null,
    reviewed date,
    primary key (institution, id)
);
