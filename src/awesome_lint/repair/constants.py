"""The numbers of the repair, each with its reason.

Costs and scores are in nats (natural logarithms of likelihood ratios): a change that is e times rarer costs one more.
They rank readings and say which are worth showing.  They never make a reading safe: that is decided by forms alone
(`safety`).  benchmarks/repair_accuracy.py shows what a change of them does.
"""

from __future__ import annotations

# ---- what is looked at ---------------------------------------------------------------------------------------------

LONGEST_ROW = 20_000
"""Characters.  Longer rows are no list entries, and the search would take too long."""
MOST_CELLS = 200
"""Rows of more cells are no list entries either."""
MOST_SURPLUS = 4
"""A row with more cells than this beyond the header's, once pipes in code and links are read as text, has more wrong
with it than one lost or added pipe; the number of ways to read it grows with each."""
MOST_MISSING = 12
"""So does one that lacks more cells than this: it is padded or left alone."""
SEARCH_STEPS = 40
"""A row is searched where the places at which a cell may end, times the columns that it may end in, are no more than
this for each of its characters: so work is in proportion to the size of the file, whatever the shape of its rows."""
KEPT_PATHS = 12
"""Partial readings kept per state of the search: enough for the rivals that are shown."""
HOPELESS = 12.0
"""A path so much worse than the best one to the same state gains nothing on what is still to come."""
RELATED_ROWS = 100
"""Rows of a table with other columns from which columns of the same name are learned."""
OUTERMOST_GAPS = 6
"""So many gaps between words, from either end of a cell, are tried as places of a lost pipe: the values of a list that
stand beside a long text are short."""

# ---- what changes cost ---------------------------------------------------------------------------------------------

LOST_END_COST = 1.0
"""A pipe where the end of a link was lost: what takes a `)` often takes the `|` that touches it."""
LOOSE_URL_COST = 1.5
"""A pipe after an address and two blanks, where a mark seems to have stood."""
URL_COST = 4.0
CLOSED_COST = 5.0
"""A pipe after a whole link or tag, or where two lines meet: cells often end there."""
WORD_COST = 8.0
"""A pipe between any two words: there are many such places, and few pipes are lost."""
ESCAPE_COST = 4.5
"""A pipe that is part of a text: rarer than one that separates."""
GAP_COST = 2.0
"""An empty cell left out in the middle of a row."""
TAIL_COST = 1.2
"""The same at the end, where many leave cells out on purpose."""
DROP_COST = 2.5
"""A blank cell too many."""
NEEDLESS_COST = 2.0
"""Each change beyond those that the cell count asks for, in addition."""
JOIN_COST = 3.0
"""A line break that does not belong there."""
EXTRA_COST = 4.0
"""A value that the header has no column for."""
COUPLING = 0.8
"""How much it counts which columns are empty together; less than one, as the columns' own emptiness counts already."""

# ---- how scores become verdicts ------------------------------------------------------------------------------------

SAFE = 0.99
"""The share of all sensible readings from which one may be applied as safe, if forms prove it."""
SURE = 0.9
"""The share from which others may be learned from a damaged row."""
LIKELY = 0.6
"""The share from which a reading is proposed at all."""
NEARLY_AS_LIKELY = 1.0
"""A proved reading may score this much less than the likeliest: more would mean that the proof overlooks something."""
SHOWN = 3
"""Readings shown where none is proposed."""
ODD = 5.5
"""Nats of surprise at a cell's form and length from which on a reading is not applied unasked."""
POOR = 8.0
"""So much worse than a typical row is a reading that makes us ask whether a pipe between two words is gone."""
MOST_LOST = 2
"""Lost pipes between words that are looked for in one row."""
OFTEN_EMPTY = 0.25
"""A column of which this share is empty may well have been empty where a row lost it."""
MOST_HALF_GONE = 0.1
"""In so many of the rows with a lost end half a link may be left, before all their ends are doubted."""
ENOUGH_INTACT = 40
"""With so many intact rows nothing needs to be learned from damaged ones."""
LESSONS = 3
"""How often rows that became readable are learned from in turn."""
TEXT_SCORE = -4.0
"""Score of a line after the table as a text of its own, if it holds a pipe; zero if it holds none."""
NO_READING = -10.0
"""Score of a line that cannot be read as a row."""
POOREST_HALF = -12.0
"""The lowest score, against that of a typical row, at which half a line still counts as a row."""

# ---- what a column must have shown to rule a value out -------------------------------------------------------------

FEW_VALUES = 3
"""A column with fewer values rules no form out: the next may be of any."""
USUAL = 0.4
"""A form that this share of a column's values has is one of its usual ones: a value of that form is at home there."""
PREVAILING = 0.6
"""Nor does one in which no form has this share: it holds all sorts of things, and the next may be new..."""
ALL_FORMS_SEEN = 50
"""... until it has shown so many that all of them have been seen."""
SOME_VALUES = 5
"""Nor does one with fewer rule out a name that recurs elsewhere."""
MANY_VALUES = 20
"""A column with fewer does not show how short its values may be."""
RECURS = 2
"""A name that has been in a column this often is one of the column's names."""
RECURRING = 0.1
"""The share of values in the column of titles that may recur."""
NEVER_EMPTY = 8
"""A column that held this many values and was never empty rules an empty cell out, where another reading needs none."""
NOISE = 0.02
"""The share of a column's values that may be misplaced themselves: in a table of hundreds of rows some are damaged, and
look intact.  One odd value among fifty makes no form of the column."""
LENGTHS_APART = 2
"""A text is foreign to a column where it is so many times twice as long, or half as long, as all that it has held."""
RULED_OUT = 6.0
"""How many nats worse its non-empty cells must fit for a reading to be ruled out where forms alone allow it."""
MOST_RIVALS = 40
"""With more ways to place its cells a row proves nothing."""
LONGEST_NAME = 30
"""Characters of a value that is compared as a name; longer ones are texts, which do not recur."""
