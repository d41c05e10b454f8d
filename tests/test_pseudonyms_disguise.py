"""What a key makes of names, days and money, and the file that it is kept in."""

import calendar
import hashlib
import hmac
import os
import stat
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools import schema
from kamtools.errors import InputError
from kamtools.pseudonyms.columns import COLUMNS, HOW, REASONS, SETTINGS
from kamtools.pseudonyms.disguise import CODES, HUNDREDTHS, SIGNS, WORDS, Disguise
from kamtools.pseudonyms.keys import read_or_make_key, write_private
from kamtools.reading import settings

KEYS = st.binary(min_size=32, max_size=32)
DAYS = st.dates(date(1960, 1, 1), date(2090, 12, 31))


def test_an_alias_is_cut_from_the_hmac_of_rfc_2104():
    number = int.from_bytes(hmac.digest(b"k" * 32, b"account\0A1", hashlib.sha256), "big")
    sign = SIGNS[number % len(SIGNS)]
    assert Disguise(b"k" * 32).alias("account", "A1")[:2] == f"A{sign}"


@given(KEYS, st.sets(st.text(min_size=1), min_size=2, max_size=30))
def test_different_names_have_different_aliases(key, names):
    disguise = Disguise(key)
    for kind in (*CODES, *WORDS):
        assert len({disguise.alias(kind, name) for name in names}) == len(names)


def test_ten_thousand_ids_keep_apart_and_lose_their_order():
    disguise = Disguise(bytes(32))
    aliases = [disguise.alias("account", f"{n:05d}") for n in range(10_000)]
    assert len(set(aliases)) == 10_000
    ranks = np.argsort(np.argsort(aliases))
    assert abs(np.corrcoef(np.arange(10_000), ranks)[0, 1]) < 0.03


@given(KEYS, DAYS, DAYS)
def test_weekday_month_leap_year_and_intervals_stay(key, one, other):
    disguise = Disguise(key)
    moved = disguise.day(one)
    assert moved.weekday() == one.weekday()
    assert (moved.month, moved.day) == (one.month, one.day)
    assert calendar.isleap(moved.year) == calendar.isleap(one.year)
    assert disguise.day(other) - moved == other - one
    assert one - moved in (timedelta(weeks=1461), timedelta(weeks=2922))


@given(KEYS, st.integers(-(10**9), 10**9))
def test_cents_become_ten_thousandths_exactly(key, cents):
    disguise = Disguise(key)
    exact = Decimal(cents) * disguise.hundredths / 10_000
    assert float(disguise.money(cents / 100)) == float(exact)


def test_blank_money_stays_blank_and_the_argument_as_it_was():
    amounts = np.array([1.5, np.nan])
    assert np.isnan(Disguise(bytes(32)).money(amounts)[1])
    assert amounts[0] == 1.5


def test_keys_differ_in_factor_and_shift():
    disguises = [Disguise(bytes([n]) * 32) for n in range(60)]
    assert len({one.hundredths for one in disguises}) > 30
    assert {one.years for one in disguises} == {28, 56}
    assert all(abs(hundredths - 100) >= 10 for hundredths in HUNDREDTHS)


def test_every_column_of_the_schema_has_a_way_and_a_reason():
    for name, table in schema.TABLES.items():
        assert set(COLUMNS[name]) == set(table.columns)
    assert {way for columns in COLUMNS.values() for way in columns.values()} <= set(HOW)
    assert all(REASONS.values())


def test_every_number_of_the_settings_has_a_way():
    keys = {f"{section}.{key}" for section, known in settings.SECTIONS.items()
            for key in known if section not in ("strategy", "files")}  # fmt: skip
    plain = {key for key in settings.TOP if key not in settings.SECTIONS}
    assert set(SETTINGS) == keys | plain


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "secret"
    secret = read_or_make_key(path)
    assert len(secret) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_key(path) == secret
    assert read_or_make_key(tmp_path / "other") != secret


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "secret"
    read_or_make_key(path)
    path.chmod(mode)
    with pytest.raises(InputError, match=f"mode {mode:04o}.*chmod 600"):
        read_or_make_key(path)


def test_a_file_that_is_no_key_is_refused(tmp_path):
    path = tmp_path / "secret"
    write_private(path, "password\n")
    with pytest.raises(InputError, match="is no key"):
        read_or_make_key(path)


def test_a_link_is_no_key(tmp_path):
    read_or_make_key(tmp_path / "secret")
    os.symlink(tmp_path / "secret", tmp_path / "link")
    with pytest.raises(InputError, match="not a link"):
        read_or_make_key(tmp_path / "link")


def test_a_key_needs_a_folder_that_stands(tmp_path):
    with pytest.raises(InputError, match="there is no folder"):
        read_or_make_key(tmp_path / "none" / "secret")
