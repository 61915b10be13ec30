"""The tables of the scheduler: when feeds are asked, what jobs did, who runs it, and how outlets are."""

from __future__ import annotations

CREATE_ROBOTS = (
    "create table robots (host text primary key, asked_at text not null, body blob not null) strict, without rowid",
)

CREATE = (
    """
    create table polls (
        id integer primary key,
        outlet text not null references outlets (slug),
        source text not null,
        host text not null,
        asked_at text,
        next_check_at text not null,
        interval integer not null default 0,
        reason text not null default 'never asked',
        full integer not null default 1,
        pending integer not null default 0,
        failures integer not null default 0,
        last_new_at text,
        etag text,
        last_modified text,
        unique (outlet, source)
    ) strict
    """,
    "create index polls_next_check_at on polls (next_check_at)",
    """
    create table poll_results (
        id integer primary key,
        poll_id integer not null references polls (id) on delete cascade,
        at text not null,
        outcome text not null check (outcome in ('read', 'unchanged', 'failed', 'killed')),
        error text not null default '',
        links integer not null default 0,
        new integer not null default 0,
        wait integer not null default 0,
        published text not null default '[]'
    ) strict
    """,
    "create index poll_results_poll on poll_results (poll_id, at)",
    "create table hosts (host text primary key, not_before text not null) strict, without rowid",
    "alter table runs add column sources integer not null default 0",
    "alter table runs add column sources_unchanged integer not null default 0",
    """
    create table jobs (
        name text primary key,
        last_started_at text,
        last_finished_at text,
        last_ok integer,
        last_result text not null default '',
        next_run_at text
    ) strict, without rowid
    """,
    """
    create table leases (
        name text primary key,
        host text not null,
        pid integer not null,
        taken_at text not null,
        renewed_at text not null,
        expires_at text not null
    ) strict, without rowid
    """,
    """
    create table health (
        outlet text primary key references outlets (slug),
        state text not null check (state in ('ok', 'watch', 'broken')),
        why text not null,
        since text not null
    ) strict, without rowid
    """,
    """
    create table alerts (
        id integer primary key,
        at text not null,
        outlet text not null references outlets (slug),
        was text not null,
        state text not null,
        why text not null
    ) strict
    """,
    "create index alerts_outlet on alerts (outlet, at)",
    "create index links_tried_at on links (outlet, tried_at)",
    "create index articles_first_seen_at on articles (outlet, first_seen_at)",
)

ADD_NAMED = "alter table polls add column named integer not null default 1"
