"""Views for people who ask in SQL: codes stand beside their Indonesian and English names."""

from __future__ import annotations

STATUS_NAMES = """
    case {table}.status when 'proposed' then 'Diusulkan' when 'planned' then 'Direncanakan'
        when 'in_force' then 'Berlaku' else 'Berakhir' end as status_name_id,
    case {table}.status when 'proposed' then 'Proposed' when 'planned' then 'Planned'
        when 'in_force' then 'In force' else 'Ended' end as status_name_en
"""
SECTOR_NAMES = """
    (select group_concat(sector, ', ') from (select sector from {link}
        where {link}.{key} = {table}.id order by position)) as sectors,
    (select group_concat(name_id, ', ') from (select name_id from {link} join sectors on code = sector
        where {link}.{key} = {table}.id order by position)) as sectors_name_id,
    (select group_concat(name_en, ', ') from (select name_en from {link} join sectors on code = sector
        where {link}.{key} = {table}.id order by position)) as sectors_name_en
"""

V_MEASURES = f"""
create view v_measures as select
    measures.id, measures.title, measures.status, {STATUS_NAMES.format(table="measures")},
    actor, actors.name_id as actor_name_id, actors.name_en as actor_name_en,
    instrument, instruments.name_id as instrument_name_id, instruments.name_en as instrument_name_en,
    {SECTOR_NAMES.format(table="measures", link="measure_sectors", key="measure_id")},
    regulations, amounts, in_force_on, measures.first_seen_at, last_seen_at, mentions, publishers,
    outlets.title as source, articles.url, revision
from measures
join actors on actors.code = actor
join instruments on instruments.code = instrument
join articles on articles.id = article_id
join outlets on slug = outlet
"""  # noqa: S608
REGION_NAMES = """
    (select group_concat({name}, ', ') from (select {name} from json_each(measures.regions)
        join regions on code = value order by key)) as regions_{name}
"""
V_MEASURES_PLACED = V_MEASURES.replace(
    "regulations, amounts,",
    f"regulations, amounts, measures.regions, {REGION_NAMES.format(name='name_id')},"
    f" {REGION_NAMES.format(name='name_en')}, beneficiaries,",
)
V_MENTIONS = f"""
create view v_mentions as select
    mentions.id, key, coalesce(published_at, first_seen_at) as published_at, outlet, outlets.title as outlet_title,
    mentions.status, {STATUS_NAMES.format(table="mentions")},
    actor, actors.name_id as actor_name_id, actors.name_en as actor_name_en,
    instrument, instruments.name_id as instrument_name_id, instruments.name_en as instrument_name_en,
    {SECTOR_NAMES.format(table="mentions", link="mention_sectors", key="mention_id")},
    what, quote, confidence, measure_id, articles.title, url
from mentions
join articles on articles.id = article_id
join outlets on slug = outlet
join actors on actors.code = actor
join instruments on instruments.code = instrument
"""  # noqa: S608
V_ARTICLES = """
create view v_articles as select
    articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, outlets.title as outlet_title,
    iif(publisher = '', slug, publisher) as publisher, articles.title, url, section, language, text,
    (select count(*) from mentions where article_id = articles.id) as mentions,
    story_id, stories.articles as story_articles, stories.publishers as story_publishers, withdrawn_at
from articles
join outlets on slug = outlet
left join stories on stories.id = story_id
"""
V_ARTICLES_MARKED = """
create view v_articles as select
    articles.id, coalesce(published_at, first_seen_at) as published_at,
    case when published_at is null then 'first_seen'
        when julianday(published_at) > julianday(first_seen_at) + 0.05 then 'future' else 'published' end as dated,
    outlet, outlets.title as outlet_title, iif(publisher = '', slug, publisher) as publisher, articles.title, url,
    section, language, text, partial,
    (select count(*) from mentions where article_id = articles.id) as mentions,
    story_id, stories.articles as story_articles, stories.publishers as story_publishers, withdrawn_at
from articles
join outlets on slug = outlet
left join stories on stories.id = story_id
"""
"""`dated` tells what the date is: that of publication, that of first sight where the outlet named none, or one that lay
over an hour in the future when the article was first seen (an embargo, or a mistake). `partial` says why the text is
not the whole."""

V_SECTOR_WEEK = """
create view v_sector_week as select
    date(first_seen_at, '+7 hours', 'weekday 0', '-6 days') as week, sector_group, sector,
    name_id as sector_name_id, name_en as sector_name_en, count(*) as measures,
    sum(status in ('proposed', 'planned')) as planned, sum(status = 'in_force') as in_force,
    sum(status = 'ended') as ended, sum(mentions) as mentions
from measures
join measure_sectors on measure_id = measures.id
join sectors on code = sector
group by 1, 2, 3
"""
"""Measures by the Jakarta week (its Monday) in which they were first seen; one for several sectors counts in each."""


CREATE = (V_MEASURES, V_MENTIONS, V_ARTICLES, V_SECTOR_WEEK)
