"""How votes would show in an answer: by what was given, by what it is worth, by how many gave it."""

import re
from typing import Any

GIVEN = ("差", "可以", "一般", "好", "优")  # by nobody, by one, two, three, four
COEFFICIENTS = {"差": "0.4271", "可以": "0.6137", "一般": "0.7319", "好": "0.8543", "优": "0.9871"}
POINTS = {"差": "6.41", "可以": "9.21", "一般": "10.98", "好": "12.81", "优": "14.81"}  # nothing else is worth so much
VOTES = r'"%(g)s":\s*"?[1-9]|"grade":\s*"%(g)s",\s*"votes":\s*"?[1-9]|"votes":\s*"?[1-9]\d*"?,\s*"grade":\s*"%(g)s"|%(g)s\s*[1-9]\d*\s*票'


def leaked(answer: Any) -> set[int]:
    """By how many ballots those were evaluated of whom the answer tells what was given."""
    told = answer.get_data(as_text=True)
    for grade, worth in COEFFICIENTS.items():  # the rule itself is for everybody to read
        told = re.sub(rf'"{grade}":\s*"{worth}"|{grade}\s*得满分的\s*[\d.]+%|{grade}\s*{worth}', "", told)
    return {
        number
        for number, grade in enumerate(GIVEN)
        if re.search(VOTES % {"g": grade} + rf"|(?<![\d.]){POINTS[grade]}(?!\d)|{COEFFICIENTS[grade]}", told)
    }
