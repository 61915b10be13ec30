"""The schema, as a list of changes that only ever grows at its end."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db import full_text
from db.issues import CREATE as CREATE_ISSUES
from db.listing import CREATE_MENTIONS_ARTICLE
from db.measures import CREATE_LINES, CREATE_OPENINGS
from db.schedule import ADD_NAMED, CREATE_ROBOTS
from db.schedule import CREATE as CREATE_SCHEDULE
from db.tallies import CREATE as CREATE_TALLIES
from db.turns import CREATE as CREATE_TURNS
from db.views import CREATE as CREATE_VIEWS
from db.views import V_ARTICLES_MARKED

migrations = Migrations("jurus")


@migrations()
def first_tables(db: Database) -> None:
    """Outlets, their links and articles, the mentions in them, the codes, and the runs."""
    for statement in FIRST_TABLES.split(";"):
        db.execute(statement)


@migrations()
def stories_and_measures(db: Database) -> None:
    """Which articles are one story, which mentions one measure, and what changed in an article."""
    for statement in STORIES_AND_MEASURES.split(";"):
        db.execute(statement)


@migrations()
def full_text_search(db: Database) -> None:
    """The full-text index over titles, texts and quotes, and the words by their stems."""
    full_text.create(db)


@migrations()
def views(db: Database) -> None:
    """Views for people who ask in SQL."""
    for statement in CREATE_VIEWS:
        db.execute(statement)


@migrations()
def tallies(db: Database) -> None:
    """What the pages count by: the time beside each sector of a measure, events by time, measures by effective day."""
    for statement in CREATE_TALLIES:
        db.execute(statement)


@migrations()
def backfills(db: Database) -> None:
    """How far the past of each outlet has been read."""
    from db.backfills import CREATE as CREATE_BACKFILLS

    for statement in CREATE_BACKFILLS:
        db.execute(statement)


@migrations()
def schedule(db: Database) -> None:
    """When feeds are asked and how that went, jobs, the scheduler's lease, how outlets are and each change of it."""
    for statement in CREATE_SCHEDULE:
        db.execute(statement)


@migrations()
def partial_articles(db: Database) -> None:
    """Why an article's text is not the whole, and what its date is."""
    db.execute("alter table articles add column partial text")
    db.execute("drop view v_articles")
    db.execute(V_ARTICLES_MARKED)


@migrations()
def measure_lines(db: Database) -> None:
    """What must be known of a measure to go on with new mentions; filled as each is told anew."""
    db.execute(CREATE_LINES)


@migrations()
def robots(db: Database) -> None:
    """What each host's robots.txt said."""
    for statement in CREATE_ROBOTS:
        db.execute(statement)


@migrations()
def digests(db: Database) -> None:
    """What is news about measures, and the issues that told it, with their deliveries."""
    for statement in (*CREATE_TURNS, *CREATE_ISSUES):
        db.execute(statement)


@migrations()
def index_at_once(db: Database) -> None:
    """Let the articles of a batch be put into the full-text index together."""
    for statement in full_text.statements(full_text.CREATE_WAITING):
        db.execute(statement)


@migrations()
def backfill_lists(db: Database) -> None:
    """What the page of an archive named whose articles are being read."""
    from db.backfills import CREATE_LISTS

    for statement in CREATE_LISTS:
        db.execute(statement)


@migrations()
def named_feeds(db: Database) -> None:
    """Which feeds the files of outlets name today."""
    db.execute(ADD_NAMED)


@migrations()
def openings(db: Database) -> None:
    """By what one sentence goes on with the act of another; how each opens is filled as it is compared anew."""
    for statement in CREATE_OPENINGS:
        db.execute(statement)


@migrations()
def facets_of_articles(db: Database) -> None:
    """What the mentions of an article are about, told by one look into an index."""
    for statement in CREATE_MENTIONS_ARTICLE:
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

STORIES_AND_MEASURES = """
alter table outlets add column publisher text not null default '';
create table stories (
    id integer primary key references articles (id),
    articles integer not null,
    publishers integer not null
) strict;
alter table articles add column story_id integer references stories (id);
create index articles_story on articles (story_id);
create table article_sketches (
    id integer primary key references articles (id) on delete cascade,
    place integer not null,
    keys blob not null,
    title integer not null,
    shingles blob not null,
    numbers blob not null,
    parent integer,
    score real
) strict;
create index article_sketches_place on article_sketches (place);
create index article_sketches_parent on article_sketches (parent) where parent is not null;
create table article_keys (
    bucket integer not null,
    place integer not null,
    id integer not null,
    primary key (bucket, place, id)
) strict, without rowid;
create table measures (
    id text primary key,
    title text not null,
    actor text not null references actors (code),
    instrument text not null references instruments (code),
    status text not null check (status in ('proposed', 'planned', 'in_force', 'ended')),
    first_seen_at text not null,
    last_seen_at text not null,
    article_id integer not null references articles (id),
    mentions integer not null,
    publishers integer not null,
    regulations text not null default '[]',
    amounts text not null default '[]',
    in_force_on text,
    revision integer not null
) strict;
create index measures_last_seen_at on measures (last_seen_at);
create index measures_first_seen_at on measures (first_seen_at);
create index measures_revision on measures (revision);
create table measure_sectors (
    measure_id text not null references measures (id) on delete cascade,
    sector text not null references sectors (code),
    position integer not null,
    primary key (measure_id, sector)
) strict, without rowid;
create index measure_sectors_sector on measure_sectors (sector);
alter table mentions add column key text;
alter table mentions add column measure_id text references measures (id);
create index mentions_key on mentions (key);
create index mentions_measure on mentions (measure_id);
create table mention_marks (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    place integer not null,
    keys blob not null,
    issuer text not null,
    sectors text not null,
    words blob not null,
    facts text not null,
    parent integer,
    score real
) strict;
create index mention_marks_place on mention_marks (place);
create index mention_marks_article on mention_marks (article_id);
create index mention_marks_parent on mention_marks (parent) where parent is not null;
create table mention_keys (
    bucket integer not null,
    place integer not null,
    id integer not null,
    primary key (bucket, place, id)
) strict, without rowid;
create table measure_events (
    id integer primary key,
    measure_id text not null references measures (id) on delete cascade,
    kind text not null check (kind in ('announced', 'planned', 'in_force', 'rate_changed', 'ended')),
    at text not null,
    mention_id integer not null references mentions (id) on delete cascade,
    detail text not null default '',
    revision integer not null,
    unique (measure_id, mention_id, kind)
) strict;
create index measure_events_mention on measure_events (mention_id);
create index measure_events_revision on measure_events (revision);
create table merge_decisions (
    mention text primary key,
    parent text,
    decided_at text not null
) strict;
create index merge_decisions_parent on merge_decisions (parent);
create table revisions (
    id integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    seen_at text not null,
    title text not null,
    text text,
    diff text not null,
    mentions_gone text not null default '[]',
    mentions_new text not null default '[]'
) strict;
create index revisions_article on revisions (article_id);
create table counters (name text primary key, value integer not null) strict;
insert into counters (name, value) values ('revision', 0)
"""
