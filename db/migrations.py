"""The schema, as a list of changes that only ever grows at its end."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("jurus")


@migrations()
def first_tables(db: Database) -> None:
    """Outlets, their links and articles, the mentions in them, the codes, and the runs."""
    for statement in FIRST_TABLES.split(";"):
        db.execute(statement)


FIRST_TABLES = """
create table outlets (
    slug text primary key,
    title text not null,
    home text not null,
    keep text not null check (keep in ('text', 'quotes', 'metadata'))
) strict;
create table sectors (
    code text primary key,
    sector_group text not null,
    name_id text not null,
    name_en text not null
) strict;
create table instruments (code text primary key, name_id text not null, name_en text not null) strict;
create table actors (code text primary key, name_id text not null, name_en text not null) strict;
create table articles (
    id integer primary key,
    outlet text not null references outlets (slug),
    url text not null unique,
    title text not null,
    authors text not null default '[]',
    published_at text,
    modified_at text,
    section text,
    tags text not null default '[]',
    language text,
    text text,
    fingerprint text not null,
    extractor_version text not null,
    first_seen_at text not null,
    changed_at text not null,
    withdrawn_at text
) strict;
create index articles_published_at on articles (published_at);
create index articles_outlet on articles (outlet, published_at);
create table links (
    url text primary key,
    outlet text not null references outlets (slug),
    state text not null check (state in ('stored', 'unreadable', 'failed', 'gone')),
    reason text,
    stamps text not null,
    attempts integer not null,
    tried_at text not null,
    article_id integer references articles (id)
) strict;
create index links_article on links (article_id);
create table mentions (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    start_char integer not null,
    end_char integer not null,
    quote text not null,
    actor text not null references actors (code),
    instrument text not null references instruments (code),
    status text not null check (status in ('proposed', 'planned', 'in_force', 'ended')),
    what text not null,
    confidence real not null,
    extractor_version text not null
) strict;
create index mentions_article on mentions (article_id);
create table mention_sectors (
    mention_id integer not null references mentions (id) on delete cascade,
    sector text not null references sectors (code),
    position integer not null,
    primary key (mention_id, sector)
) strict, without rowid;
create index mention_sectors_sector on mention_sectors (sector);
create table runs (
    id integer primary key,
    outlet text not null references outlets (slug),
    started_at text not null,
    finished_at text,
    reason text,
    links integer not null default 0,
    new integer not null default 0,
    updated integer not null default 0,
    unchanged integer not null default 0,
    unreadable integer not null default 0,
    forbidden integer not null default 0,
    failed text not null default '{}',
    feeds_failed text not null default '{}',
    bytes integer not null default 0
) strict;
create index runs_outlet on runs (outlet, started_at)
"""
