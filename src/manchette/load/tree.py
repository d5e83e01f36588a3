"""YAML text → a tree of plain values that know where they stand.

Read from the parser's events (YAML 1.1 §3.1.1.2), so that whatever could blow up is refused before anything is built:
40,000 opening brackets end the process inside the C composer, and ten aliases of aliases fill the memory.
"""

from __future__ import annotations

import yaml

from manchette.load import cuts, traps
from manchette.load.cuts import cut_of, in_brackets
from manchette.load.decode import UNPRINTABLE
from manchette.load.record import Cut, Key, Node, index_of
from manchette.load.syntax import explain
from manchette.problems import Place, Problem, cite

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # PyYAML built without libyaml: the same events, slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

DEPTH = 20  # the format's limit; its own entries need five


def parse(text: str, file: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text that begins at `first_line` of `file`; None where it is empty or cannot be read."""
    if problems := traps.conflict(text, file, first_line) or traps.tabs(text, file, first_line):
        return None, problems
    reader = _Reader(text, file, first_line)
    try:
        node = reader.document(text)
    except yaml.YAMLError as error:
        problem = explain(error, text, file, first_line)
        last = problem.place.line - first_line
        return None, (
            traps.blanks(text, reader.scalars, file, first_line)
            or ([*reader.problems, cuts.problem(cut, broken=True)] if (cut := reader.breaking(last)) else [])
            or traps.on_the_way(text, reader.scalars, last, file, first_line)
            or [*reader.problems, problem]
        )
    except (ValueError, OverflowError):  # PyYAML's own parser, on escapes such as \UFFFFFFFF
        return None, [*reader.problems, Problem(Place(file, first_line), "yaml-syntax", "séquence \\U impossible")]
    if problems := traps.blanks(text, reader.scalars, file, first_line):
        return None, problems
    return (None if reader.problems else node), reader.problems


class _Reader:
    """Builds the tree of one file, and refuses what the format does not know."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.lines, self.file, self.first_line = text.split("\n"), file, first_line
        self.escapes = "\\" in text  # else no text holds what the file itself may not
        self.comments = " #" in text or "\t#" in text  # else none cuts a text
        self.scalars: list[yaml.ScalarEvent] = []  # those that go on over lines
        self.cut: Cut | None = None  # what a comment cuts off the last text
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[_Collection] = []  # the collections around the event at hand, innermost last

    def document(self, text: str) -> Node | None:
        """The tree; None, with a problem, where going on makes no sense."""
        documents = 0
        for event in iter(Loader(text).get_event, None):
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor is not None or event.tag is not None:
                    self.guard(event)
                self.scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                if event.anchor is not None or event.tag is not None:
                    self.guard(event)
                if not self.begin(event):
                    return None
            elif isinstance(event, yaml.CollectionEndEvent):
                finished = self.open.pop().node()
                self.put(finished)
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "yaml-documents", "un second document commence ici (---)", "n’en gardez qu’un")
                    return None
        return self.root

    def breaking(self, last: int) -> Cut | None:
        """The comment because of which the file cannot be read beyond line `last`, from 0."""
        if self.cut and self.cut.breaks:
            return None if self.cut.in_key(self.lines[self.cut.place.line - self.first_line]) else self.cut
        around = next((each for each in reversed(self.open) if each.flow), None)
        return in_brackets(self.lines, around.place.line - self.first_line, last, around.place) if around else None

    def begin(self, event: yaml.CollectionStartEvent) -> bool:
        """Open a list or a mapping; False where it is refused."""
        if len(self.open) >= DEPTH:
            self.refuse(event, "yaml-depth", f"plus de {DEPTH} niveaux d’imbrication", "aplatissez la fiche")
            return False
        if self.open and self.open[-1].wants_key:
            self.refuse(event, "complex-key", "une clé ne peut être qu’un texte", "mettez-la entre guillemets")
            return False
        is_mapping, flow = isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)
        self.open.append(_Collection(self.place(event), is_mapping, flow))
        return True

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """A text: the key of a mapping, or a value."""
        start, end = event.start_mark, event.end_mark
        assert start is not None  # the parsers mark every event
        assert end is not None
        if self.escapes and (bad := UNPRINTABLE.search(event.value)):
            message = f"caractère invisible U+{ord(bad.group()):04X} écrit par une séquence \\"
            self.refuse(event, "control-character", message, "supprimez-le")
        if start.line < end.line:
            self.scalars.append(event)
        around = self.open[-1] if self.open else None
        key = around.key if around else None
        cut = None  # a text between quotation marks ends with them
        if self.comments and not event.style:
            cut = cut_of(event, self.lines, key, flow=bool(around and around.flow), place=self.place(event))
        if event.value or cut:
            self.cut = cut
        if around and around.is_mapping and key is None:
            if event.value == "<<" and not event.style:
                self.refuse(event, "yaml-merge", "fusion « << » refusée", "recopiez les clés")
            around.key = Key(self.file, self.first_line + start.line, start.column + 1, event.value)
        else:
            self.put(Node(self.file, self.first_line + start.line, start.column + 1, event.value, cut=cut))

    def alias(self, event: yaml.AliasEvent) -> None:
        self.refuse(
            event,
            "yaml-alias",
            f"alias {cite('*' + str(event.anchor))} refusé",
            "recopiez la valeur ; un texte qui commence par * va entre guillemets",
        )
        self.put(Node(*self.place(event), ""))  # an empty text in its stead, so that what follows can be read

    def put(self, node: Node) -> None:
        """Hand a finished node to the collection around it; without one, it is the tree."""
        if not self.open:
            self.root = node
            return
        around = self.open[-1]
        if not around.is_mapping:
            around.items.append(node)
        elif around.key is None:  # an alias as a key
            around.key = Key(*node.place, "")
        else:
            around.pairs.append((around.key, node))
            around.key = None

    def guard(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse anchors and tags."""
        if event.anchor is not None:
            self.refuse(
                event,
                "yaml-anchor",
                f"ancre {cite('&' + str(event.anchor))} refusée",
                "supprimez-la ; un texte qui commence par & va entre guillemets",
            )
        if event.tag is not None:
            self.refuse(
                event,
                "yaml-tag",
                f"étiquette {cite(str(event.tag))} refusée",
                "supprimez-la ; un texte qui commence par ! va entre guillemets",
            )

    def refuse(self, event: yaml.Event, code: str, message: str, suggestion: str) -> None:
        self.problems.append(Problem(self.place(event), code, message, suggestion))

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # the parsers mark every event
        return Place(self.file, self.first_line + mark.line, mark.column + 1)


class _Collection:
    """A list or a mapping whose end has not come yet."""

    def __init__(self, place: Place, is_mapping: bool, flow: bool) -> None:
        self.place, self.is_mapping, self.flow = place, is_mapping, flow
        self.items: list[Node] = []
        self.pairs: list[tuple[Key, Node]] = []
        self.key: Key | None = None  # of a mapping, until its value comes

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and self.key is None

    def node(self) -> Node:
        if not self.is_mapping:
            return Node(*self.place, items=self.items)
        return Node(*self.place, pairs=self.pairs, index=index_of(self.pairs))
