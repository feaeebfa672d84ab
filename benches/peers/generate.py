#!/usr/bin/env python3
"""Makes the export that the jobs of this folder read: 17 columns, 158 bytes a row, 303 labels of 110
codes, 2 % of the rows with one of nine faults. Everybody in it is invented.

    generate.py --rows N [--seed S] [--faults SHARE] --out FILE

The bytes depend on rows, seed and the share of faulty rows alone. Beside FILE stands FILE.truth.json, which says how many of each
fault were planted. Labels are those of crosswalk_alert.csv and crosswalk_source.csv, in any case.
"""

import argparse
import csv
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

HEADER = (
    "Alert Ref,Person Ref,Alert Type,Alert Notes,Reported By,Source Detail,Raised By,Tenant Told,"
    "Trend,Length,Days,Date From,Date To,Review Due,Live,Changed On,Changed By"
)
TODAY = date(2026, 11, 22)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2035, 12, 31)
AS_OF = (TODAY - FIRST_DAY).days
ROWS_AT_A_TIME = 250_000
TREND = "Stable|stable|STABLE|No change|Improving|improving|Getting better|Worsening|Deteriorating|worse|Fluctuating|Variable|up and down|Unknown|N/K|unknown".split("|")
LENGTH = "Long Term|LT|Long term|Permanent|long-term|Temporary|Temp|temp|Short Term|Unknown|unknown|N/K".split("|")
WORDS = (
    "tenant has reported that they need the visit to be arranged in advance with carer present at property and "
    "staff should ring before attending because condition is severe mild ongoing managed by medication inhaler nurse "
    "daughter son lives nearby key held at office do not leave parcels dog kept in kitchen allow extra time to answer "
    "door letter sent review booked consent given under equality act support plan reviewed annually by team leader"
).split()
FAULTS = (
    "unmapped_alert", "bad_date", "end_before_start", "live_end_past", "missing_person", "bad_days", "bad_bool",
    "duplicate", "bad_trend",
)  # fmt: skip


def texts(values):
    return pa.array(list(values), pa.string())


def labels(name):
    with open(Path(__file__).with_name(f"crosswalk_{name}.csv"), encoding="utf-8", newline="") as file:
        return [row["value"] for row in csv.DictReader(file)]


class Pools:
    """What cells are drawn from."""

    def __init__(self, seed):
        draw = np.random.Generator(np.random.PCG64([seed, 999]))
        alert, source = labels("alert"), labels("source")
        spellings = lambda s: [s, s.capitalize(), s.upper(), s.title(), s.capitalize() + " ", " " + s.title()]
        self.alert = texts(spelling for label in alert for spelling in spellings(label))
        # a few labels are frequent and many are rare
        weights = draw.permutation(1.0 / np.arange(1, len(alert) + 1) ** 0.8)
        spelled = np.array([0.25, 0.35, 0.12, 0.13, 0.10, 0.05])
        self.alert_cdf = np.cumsum((weights[:, None] * spelled[None, :]).ravel() / weights.sum())
        self.unmapped = texts(["zzz legacy code 17", "TBC", "see file", "Old alert 99", "xx"])
        self.source = texts([""] + [s for label in source for s in (label, label.capitalize(), label.upper(), label.title() + " ")])
        phrases = [" ".join(draw.choice(WORDS, int(draw.integers(1, 12))))[:58] for _ in range(6000)]
        self.phrase, self.sentence = texts(phrases), texts(phrase.capitalize() for phrase in phrases)
        details = (f"{'Dr' if at % 3 else 'Ref'} {word} {at}" for at, word in enumerate(draw.choice(WORDS, 3000)))
        self.detail = texts(["", *details])
        days = [FIRST_DAY + timedelta(day) for day in range((LAST_DAY - FIRST_DAY).days + 1)]
        self.days = len(days)
        self.date = texts([f"{day:%d/%m/%Y}" for day in days] + [day.isoformat() for day in days] + [""])
        self.minute = texts(f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60))
        self.told = texts(["", "Y", "N", "Yes", "No", "1", "0"])
        self.live = texts(["Y", "N"])
        self.trend, self.length = texts(["", *TREND]), texts(["", *LENGTH])
        self.bad_bool = texts(["maybe", "?", "X", "2"])
        self.bad_days = texts(["12.5", "abc", "2 weeks", "0", "-3"])
        self.bad_date = texts(["31/02/2024", "00/00/0000", "2024-13-01", "tbc", "12/2023", "29/02/2023"])
        self.bad_trend = texts(["same-ish", "see above"])


class Lives:
    """When the alerts of some rows begin, end and are to be reviewed, as days, and of whom they are."""

    def __init__(self, pools, draw, rows, total, memory, faults):
        self.draw, self.rows = draw, rows
        self.person = draw.integers(1, max(2, total // 2), rows, dtype=np.int64)
        drawn = np.searchsorted(pools.alert_cdf, draw.random(rows))
        self.alert = drawn.clip(0, len(pools.alert) - 1).astype(np.int32)
        self.start = AS_OF - (draw.random(rows) ** 1.5 * 4500).astype(np.int32) - 30
        self.ends = draw.random(rows) < 0.40
        self.end = self.start + 1 + (draw.random(rows) * 1500).astype(np.int32)
        self.live = (~self.ends | (self.end >= AS_OF)) & (draw.random(rows) < 0.97)
        self.review = self.start + 30 + self.below(700)
        self.early = draw.random(rows) < 0.003
        self.review = np.where(self.early, self.start - 1 - self.below(200), self.review)
        fault = np.where(draw.random(rows) < faults, self.below(len(FAULTS)), -1)
        self.faulty = {name: np.flatnonzero(fault == at) for at, name in enumerate(FAULTS)}
        self.spoil()
        self.repeat(fault < 0, memory)

    def below(self, high, size=None):
        return self.draw.integers(0, high, self.rows if size is None else size, dtype=np.int32)

    def spoil(self):
        at = self.faulty["end_before_start"]
        self.ends[at] = True
        self.end[at] = self.start[at] - 1 - self.below(300, len(at))
        self.live[at] = False
        at = self.faulty["live_end_past"]
        self.ends[at] = True
        self.start[at] = AS_OF - 900
        self.end[at] = AS_OF - 1 - self.below(800, len(at))
        self.live[at] = True

    def repeat(self, clean, memory):
        """Copies clean alerts: half from a few rows before, half from the first rows of the export."""
        copied = ("person", "alert", "start", "end", "ends", "live")
        at = self.faulty["duplicate"]
        at = at[at > 1000]
        for near, rows in ((True, at[::2]), (False, at[1::2])):
            if near or not memory:
                first = np.flatnonzero(clean[:1000])
                back = np.maximum(rows - 1 - self.below(900, len(rows)), 0)
                fallback = first[self.below(len(first), len(rows))] if len(rows) else rows
                of, source = np.where(clean[back], back, fallback), {name: getattr(self, name) for name in copied}
            else:
                of, source = memory["clean"][self.below(len(memory["clean"]), len(rows))], memory
            for name in copied:
                getattr(self, name)[rows] = source[name][of]
        if not memory:
            memory.update({name: getattr(self, name).copy() for name in copied}, clean=np.flatnonzero(clean))


def lines(pools, seed, at, rows, total, last_ref, memory, faults):
    """The lines of some rows, the reference of the last, and how many faults they have."""
    draw = np.random.Generator(np.random.PCG64([seed, at]))
    refs = last_ref + np.cumsum(draw.integers(1, 4, rows, dtype=np.int64))
    lives = Lives(pools, draw, rows, total, memory, faults)
    below, faulty = lives.below, lives.faulty

    def take(pool, places):
        return pool.take(pa.array(places))

    def number(values):
        return pa.array(values).cast(pa.string())

    def where(kept, column):
        return pc.if_else(pa.array(kept), column, "")

    def drawn(pool, blank):
        """One of the pool, whose first entry is blank."""
        return take(pool, np.where(draw.random(rows) < blank, 0, 1 + below(len(pool) - 1)).astype(np.int32))

    def put(column, places, pool):
        if not len(places):
            return column
        mask = np.zeros(rows, bool)
        mask[places] = True
        return pc.replace_with_mask(column, pa.array(mask), take(pool, below(len(pool), len(places))))

    def dates(days, has=None):
        places = np.clip(days, 0, pools.days - 1).astype(np.int32)
        places = np.where(draw.random(rows) < 0.08, places + pools.days, places)
        return take(pools.date, places if has is None else np.where(has, places, 2 * pools.days))

    def notes():
        """Empty, plain, with a comma, with quotes, with a line end, or short."""
        kind = np.searchsorted([0.40, 0.88, 0.965, 0.98, 0.99], draw.random(rows))
        begin = take(texts(["", "", '"', '"', '"', ""]), kind)
        between = take(texts(["", " ", ", ", ' ""', "\n", ""]), kind)
        end = take(texts(["", "", '"', '"" ok"', '"', ""]), kind)
        first = where(kind > 0, take(pools.sentence, below(6000)))
        second = where((kind > 0) & (kind < 5), take(pools.phrase, below(6000)))
        return pc.binary_join_element_wise(begin, first, between, second, end, "")

    bools, bad_dates = faulty["bad_bool"], faulty["bad_date"]
    has_review = draw.random(rows) < 0.55
    told = take(pools.told, draw.choice(np.arange(7, dtype=np.int32), rows, p=[0.2, 0.35, 0.2, 0.1, 0.05, 0.06, 0.04]))
    has_person = np.ones(rows, bool)
    has_person[faulty["missing_person"]] = False
    days = where(draw.random(rows) < 0.25, number(1 + below(900)))
    changed = take(pools.date, np.clip(lives.start + below(400), 0, AS_OF).astype(np.int32))
    columns = [
        number(refs),
        where(has_person, number(lives.person)),
        put(take(pools.alert, lives.alert), faulty["unmapped_alert"], pools.unmapped),
        notes(),
        drawn(pools.source, 0.15),
        drawn(pools.detail, 0.7),
        number(below(4000) + 1),
        put(told, bools[::2], pools.bad_bool),
        put(drawn(pools.trend, 0.5), faulty["bad_trend"], pools.bad_trend),
        drawn(pools.length, 0.1),
        put(days, faulty["bad_days"], pools.bad_days),
        put(dates(lives.start), bad_dates[::3], pools.bad_date),
        put(dates(lives.end, lives.ends), bad_dates[1::3], pools.bad_date),
        put(dates(lives.review, has_review), bad_dates[2::3], pools.bad_date),
        put(take(pools.live, np.where(lives.live, 0, 1).astype(np.int32)), bools[1::2], pools.bad_bool),
        pc.binary_join_element_wise(changed, take(pools.minute, below(1440)), " "),
        where(draw.random(rows) < 0.6, number(below(4000) + 1)),
    ]
    joined = pc.binary_join_element_wise(*columns, ",")
    joined = pc.binary_join_element_wise(joined, pa.scalar(""), pa.scalar("\n"))
    planted = {name: len(places) for name, places in faulty.items()}
    planted["review_before_start"] = int((lives.early & has_review).sum())
    return joined, int(refs[-1]), planted


def main():
    arguments = argparse.ArgumentParser(description="Makes the export that the peers' jobs read.")
    arguments.add_argument("--rows", type=int, required=True)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--faults", type=float, default=0.02)
    arguments.add_argument("--out", required=True)
    wish = arguments.parse_args()
    pools, planted, last_ref, memory = Pools(wish.seed), {}, 1_000_000, {}
    with open(wish.out, "wb", buffering=1 << 20) as file:
        file.write(HEADER.encode() + b"\n")
        for at, done in enumerate(range(0, wish.rows, ROWS_AT_A_TIME)):
            rows = min(ROWS_AT_A_TIME, wish.rows - done)
            joined, last_ref, counts = lines(pools, wish.seed, at, rows, wish.rows, last_ref, memory, wish.faults)
            offsets, data = joined.buffers()[1:3]
            file.write(memoryview(data)[: np.frombuffer(offsets, np.int32)[len(joined)]])
            for name, count in counts.items():
                planted[name] = planted.get(name, 0) + count
    with open(wish.out + ".truth.json", "w", encoding="utf-8") as file:
        json.dump({"rows": wish.rows, "seed": wish.seed, "planted": planted}, file, indent=1)


if __name__ == "__main__":
    main()
