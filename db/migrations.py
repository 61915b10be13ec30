"""The schema, as a list of changes that only ever grows at its end."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db import full_text
from db.backfills import CREATE as CREATE_BACKFILLS
from db.backfills import CREATE_LISTS as CREATE_BACKFILL_LISTS
from db.issues import CREATE as CREATE_ISSUES
from db.listing import CREATE_MENTIONS_ARTICLE
from db.measures import CREATE_LINES, CREATE_OPENINGS, CREATE_REGIONS
from db.schedule import ADD_NAMED, CREATE_ROBOTS
from db.schedule import CREATE as CREATE_SCHEDULE
from db.tables import FIRST_TABLES, STORIES_AND_MEASURES
from db.tallies import CREATE as CREATE_TALLIES
from db.turns import CREATE as CREATE_TURNS
from db.views import CREATE as CREATE_VIEWS
from db.views import V_ARTICLES_MARKED, V_MEASURES_PLACED

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
    for statement in CREATE_BACKFILL_LISTS:
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
def regions_and_beneficiaries(db: Database) -> None:
    """Where a measure holds and whom it is for; filled as each is told anew."""
    for statement in (*CREATE_REGIONS, "drop view v_measures", V_MEASURES_PLACED):
        db.execute(statement)


@migrations()
def facets_of_articles(db: Database) -> None:
    """What the mentions of an article are about, told by one look into an index."""
    for statement in CREATE_MENTIONS_ARTICLE:
        db.execute(statement)
