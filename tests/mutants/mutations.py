# SPDX-License-Identifier: BSD-2-Clause
"""Small wrong versions of a C source: where they are and what they say.

A mutation replaces one piece of one line. The text is only scanned, not
parsed: comments, strings and preprocessor lines are blanked first, and what
does not compile afterwards is no mutant and does not count. What only says how
much memory there is, or gives it back, is left alone: what goes wrong then is
no decision, and a build with sanitizers sees it.
"""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    path: str
    line: int  # from 1
    function: str
    kind: str
    before: str  # the source line, stripped
    after: str  # the line that takes its place, stripped
    start: int  # offsets of what is replaced, in the whole text
    end: int
    text: str

    @property
    def key(self):
        """Names it in the list of survivors, whatever line it stands on."""
        return f"{self.path}: {self.function}: {self.before} => {self.after}"

    def apply(self, source):
        return source[:self.start] + self.text + source[self.end:]


_BLANK = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
    r"|^[ \t]*#(?:\\\n|[^\n])*", re.S | re.M)

# Room in an array, the size of one, what is freed.
_MEMORY = re.compile(
    r"\b(?:ARRAY_ROOM|pairs_room|calloc|free|\w+_fini(?=\(&))\((?:[^;]*?)\)(?=[;\s)])"
    r"|^\t+(?:(?:static|const|unsigned|struct) )*\w+ \**\w+\[\d+\]", re.M)

# The lesser or the greater of two: of equal ones it is the same either way, so
# the bound is none.
_CHOICE = re.compile(
    r"(?P<a>[\w*][\w.>*+ -]*?) (?P<bound>[<>]) (?P<b>[\w*][\w.>*+ -]*?)"
    r"(?:\s\?\s+(?P=a)\s+:\s+(?P=b)(?=[;,)])"
    r"|\)\s+(?:(?P=a) = (?P=b)|(?P=b) = (?P=a));)")

_FUNCTION = re.compile(r"^(?:[a-z][\w \t*]*?[ \t*])?(\w+)\([^;{}]*\)\n\{", re.M)

# What is replaced by what. Operators stand between blanks in this style.
_SWAPS = [
    ("bound", r" (<=) ", "<"),
    ("bound", r" (>=) ", ">"),
    ("bound", r" (<) ", "<="),
    ("bound", r" (>) ", ">="),
    ("condition", r" (==) ", "!="),
    ("condition", r" (!=) ", "=="),
    ("condition", r" (&&)\s", "||"),
    ("condition", r" (\|\|)\s", "&&"),
    ("condition", r"(?<=[\s(])(!)(?=[\w(])", ""),
    ("constant", r"\b(true)\b", "false"),
    ("constant", r"\b(false)\b", "true"),
    ("constant", r"(?<=[\s(\[])(\d+)(?=[;,)\]\s])", None),
    ("constant", r"\b(INT64_MAX)\b", "0"),
    ("arithmetic", r" (\+) ", "-"),
    ("arithmetic", r" (-) ", "+"),
    ("arithmetic", r" (\*) (?=\w)", "+"),
    ("arithmetic", r" (/) ", "*"),
    ("arithmetic", r"(\+\+)", "--"),
    ("arithmetic", r" (\|=) ", "&="),
    ("arithmetic", r" (\+=) ", "-="),
    ("arithmetic", r" (\*=) ", "/="),
]

_INVERT = re.compile(r"\b(?:if|while) \(")
# A lone (in)equality or negation: its operator is swapped as it is.
_IS_INVERTED_ANYWAY = re.compile(r"![^&|]*|[^&|]* [!=]= [^&|]*", re.S)
_STATEMENT = re.compile(r"^\t+([\w*(&\[][^;{}]*?;)[ \t]*$", re.M | re.S)
_NO_STATEMENT = re.compile(
    r"(?:return|break|continue|goto|case|default|else|do|for|if|while|switch"
    r"|_Static_assert|static|const|struct|enum|unsigned|int|bool|size_t|u?int\d+_t|char"
    r"|\(void\))\b|\(void\)")


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def _blanked(source):
    return _BLANK.sub(_blank, source)


def _functions(code):
    """[(start, end, name)]: bodies, which end at a brace in column 0."""
    out = []
    for match in _FUNCTION.finditer(code):
        end = code.find("\n}", match.end())
        out.append((match.end(), end if end > 0 else len(code),
                    match.group(1)))
    return out


def _closing(code, at):
    """The place of the parenthesis that closes the one before `at`."""
    depth = 1
    while at < len(code) and depth:
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        at += 1
    return at - 1


def _other(number):
    """A bound is off by one, a time is twice as long."""
    return str(number + 1 if number < 10 else 2 * number)


def _pieces(code, start, end):
    """(kind, start, end, text) of each mutation of a function's body."""
    body = _MEMORY.sub(_blank, code[start:end])
    choices = {match.start("bound") for match in _CHOICE.finditer(body)}
    for kind, pattern, text in _SWAPS:
        for match in re.finditer(pattern, body):
            if match.start(1) in choices:
                continue
            new = text if text is not None else _other(int(match.group(1)))
            yield kind, start + match.start(1), start + match.end(1), new
    for match in _INVERT.finditer(body):
        opened = start + match.end()
        closed = _closing(code, opened)
        if _IS_INVERTED_ANYWAY.fullmatch(code[opened:closed]):
            continue
        yield ("inverted", opened, closed,
               "!(" + " ".join(code[opened:closed].split()) + ")")
    for match in _STATEMENT.finditer(body):
        if not _NO_STATEMENT.match(match.group(1)):
            yield ("left out", start + match.start(1), start + match.end(1),
                   ";")


def mutations(path, source):
    """All mutations of one file, in the order of their places."""
    code = _blanked(source)
    out = []
    for start, end, name in _functions(code):
        for kind, first, last, text in _pieces(code, start, end):
            begin = source.rfind("\n", 0, first) + 1
            stop = source.find("\n", last)
            after = source[begin:first] + text + source[last:stop]
            out.append(Mutation(
                path=path, line=source.count("\n", 0, first) + 1,
                function=name, kind=kind,
                before=" ".join(source[begin:stop].split()),
                after=" ".join(after.split()),
                start=first, end=last, text=text))
    return sorted(out, key=lambda m: (m.start, m.end, m.text))
