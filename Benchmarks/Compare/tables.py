"""Tables of words, as text or as Markdown."""


class Table:
    def __init__(self, *titles):
        self.rows = [[str(title) for title in titles]]

    def add(self, *words):
        self.rows.append([str(word) for word in words])

    def lines(self, markdown):
        widths = [max(map(len, column)) for column in zip(*self.rows)]

        def line(row):
            words = [row[0].ljust(widths[0])]
            words += [word.rjust(width) for word, width in zip(row[1:], widths[1:])]
            return "| " + " | ".join(words) + " |" if markdown else "  ".join(words).rstrip()

        rule = ["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]
        lines = [line(row) for row in self.rows]
        if markdown:
            lines.insert(1, "|" + "|".join(f" {dashes} " for dashes in rule) + "|")
        return lines
