"""Our own pages: from a request to an answer. Each asks the database one question and renders one template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import NotFound, Request, Response  # type: ignore[import-untyped]

from crawler import taxonomy
from db import Database, tallies
from db import pages as questions
from db.search_query import QueryError
from scheduler.web import charts, periods, search_form
from scheduler.web.site import language_of

Answer = TypeVar("Answer")
Row = dict[str, Any]
LISTED = 25


async def ask(datasette: Datasette, question: Callable[[Database], Answer]) -> Answer:
    """Put a question to the database, on a connection that only reads. Raises DatabaseUnusable."""
    result: Answer = await datasette.get_database("jurus").execute_fn(partial(questions.answer, question))
    return result


async def answered(datasette: Datasette, request: Request, template: str, **context: object) -> Response:
    return Response.html(await datasette.render_template(template, context, request=request))


def as_span(period: periods.Period) -> tuple[str, str]:
    return period.since, period.until


async def front(datasette: Datasette, request: Request) -> Response:
    """What is new this week, what comes, and what the page knows it from."""
    zone = language_of(datasette, request).zone
    now = datetime.now(UTC)

    def question(db: Database) -> Row:
        newest = questions.newest_article(db)
        today = periods.shown_day(newest, now, zone)
        week, weeks = periods.week_until(today, zone), periods.weeks_until(today, zone)
        spans = [as_span(span) for span in weeks]
        found = questions.front(db, as_span(week), spans, periods.soon_after(today))
        return found | {
            "newest": newest,
            "week": week,
            "weeks_drawn": weeks,
            "stale": today < now.astimezone(zone).date(),
        }

    found = await ask(datasette, question)
    groups = by_group(found["new"])
    context = found | {"groups": groups, "rows": chart_rows(found["weeks"])}
    context["new_count"] = sum(group["count"] for group in groups)
    return await answered(datasette, request, "front.html", **context)


def by_group(measures: list[Row]) -> list[Row]:
    """The shown measures of each group with the number of all, in the order of the taxonomy."""
    groups: dict[str, list[Row]] = {code: [] for code in taxonomy.load_groups()}
    for measure in measures:
        groups.setdefault(measure["sector_group"], []).append(measure)
    return [{"code": code, "count": shown[0]["of_group"], "shown": shown} for code, shown in groups.items() if shown]


def chart_rows(weeks: dict[str, list[int]]) -> list[Row]:
    """One row of bars for each group that has any, on one scale for all."""
    top = max((max(counts) for counts in weeks.values()), default=0)
    order = [code for code in taxonomy.load_groups() if any(weeks.get(code, ()))]
    return [
        {"code": code, "bars": charts.bars(weeks[code], top), "counts": weeks[code], "total": sum(weeks[code])}
        for code in order
    ]


async def sectors(datasette: Datasette, request: Request) -> Response:
    """All sectors by group, with their measures."""
    zone = language_of(datasette, request).zone
    now = datetime.now(UTC)

    def question(db: Database) -> Row:
        week = periods.week_until(periods.shown_day(questions.newest_article(db), now, zone), zone)
        return {"counts": tallies.by_sector(db, as_span(week)), "week": week}

    groups = [
        {"code": code, "sectors": [s.code for s in taxonomy.load_sectors().values() if s.group == code]}
        for code in taxonomy.load_groups()
    ]
    return await answered(datasette, request, "sectors.html", groups=groups, **await ask(datasette, question))


async def sector(datasette: Datasette, request: Request) -> Response:
    """One sector or group: its measures by week, and the newest ones."""
    code = request.url_vars["code"]
    known = taxonomy.load_sectors()
    if code not in known and code not in taxonomy.load_groups():
        raise NotFound(code)
    language = language_of(datasette, request)
    asked = search_form.read(single(request), search_form.known_codes(()), language.zone)
    wanted = {"sector": code, **{key: asked.wanted[key] for key in ("status",) if key in asked.wanted}}
    now = datetime.now(UTC)

    def question(db: Database) -> Row:
        today = periods.shown_day(questions.newest_article(db), now, language.zone)
        weeks = periods.weeks_until(today, language.zone)
        return {
            "measures": questions.listed(db, wanted, LISTED + 1, (asked.page - 1) * LISTED),
            "weeks": tallies.of_sector(db, code, [as_span(week) for week in weeks]),
            "weeks_drawn": weeks,
            "counts": tallies.by_sector(db, as_span(weeks[-1])),
        }

    found = await ask(datasette, question)
    context = found | {
        "code": code,
        "kind": "group" if code in taxonomy.load_groups() else "sector",
        "inside": [one.code for one in known.values() if one.group == code != one.code],
        "bars": charts.bars(found["weeks"], max(found["weeks"], default=0), width=480, height=64),
        "page_number": asked.page,
        "more": len(found["measures"]) > LISTED,
        "measures": found["measures"][:LISTED],
        "status": asked.wanted.get("status", ""),
    }
    return await answered(datasette, request, "sector.html", **context)


async def measure(datasette: Datasette, request: Request) -> Response:
    """One measure with its history."""
    found = await ask(datasette, partial(questions.measure, measure_id=request.url_vars["id"]))
    if found is None:
        raise NotFound(request.url_vars["id"])
    return await answered(datasette, request, "measure.html", measure=found)


async def search(datasette: Datasette, request: Request) -> Response:
    """Measures and articles that hold the words and pass the filters."""
    zone = language_of(datasette, request).zone

    def question(db: Database) -> Row:
        outlets = questions.outlet_titles(db)
        asked = search_form.read(single(request), search_form.known_codes(outlets), zone)
        offset = (asked.page - 1) * LISTED
        try:
            found = questions.searched(db, asked.words, asked.wanted, LISTED + 1, offset)
        except QueryError as error:
            found = {"measures": [], "articles": [], "why": str(error)}
        return {"asked": asked, "outlets": outlets} | found

    found = await ask(datasette, question)
    found |= {"measures": found["measures"][:LISTED], "more": len(found["measures"]) > LISTED}
    return await answered(datasette, request, "search.html", **found)


def single(request: Request) -> dict[str, str]:
    """The query string with one value a key."""
    return {key: request.args.get(key) for key in request.args}


async def nothing() -> Response:
    """A page that is not shown."""
    raise NotFound("")
