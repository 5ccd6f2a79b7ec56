"""The examples beside the rules of grammar.toml."""

import datetime as dt
import re

import pytest

from policy_ie.components.dates.component import temporal_expressions
from policy_ie.components.dates.grammar import rules

PUBLISHED = dt.date(2024, 5, 15)
_BRACKET = re.compile(r"\[([^\]=]+) = ([^\]]+)\]")

GOOD = [(rule["name"], example) for rule in rules() for example in rule.get("good", ())]
BAD = [(rule["name"], example) for rule in rules() for example in rule.get("bad", ())]


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_rule_finds_its_examples(rule, example):
    text = _BRACKET.sub(r"\1", example)
    found = [(text[e.start : e.end], e.value) for e in temporal_expressions(text, PUBLISHED)]
    assert found == _BRACKET.findall(example)


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_rule_leaves_its_counterexamples(rule, example):
    assert [example[e.start : e.end] for e in temporal_expressions(example, PUBLISHED)] == []


def test_every_rule_has_an_example():
    assert [rule["name"] for rule in rules() if not rule.get("good")] == []
