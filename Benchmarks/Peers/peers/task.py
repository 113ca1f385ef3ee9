# SPDX-License-Identifier: Apache-2.0
"""A task of the comparison: its task file, and its rows in the form that both sides read."""
import json
import re


class Task:
    """The task file NAME.yaml of a folder; its data lies in `data`, what is made of it in `results`."""

    def __init__(self, name, folder, data, results, calls):
        self.name, self.data, self.calls = name, data, calls
        self.text = (folder / f"{name}.yaml").read_text()
        self.field = re.search(r"field: (\w+)", self.text)[1]
        last = re.search(r"last: (\w)", self.text)
        self.kind = last[1] if last else "number"
        self.length = re.search(r"max-tokens: (\d+)", self.text)[1]
        self.instruction = re.search(r"instruction: (.+)", self.text)[1]
        limits = re.search(r"limit: {(.+)}", self.text)
        self.limits = dict(re.findall(r"(\w+): (\d+)", limits[1])) if limits else {}
        self.folder = results / "rows" / name
        self.file = self.folder / "task.yaml"
        self.test_rows = 0

    def rows(self, split):
        """The file of a split, without rows whose answer is not of the kind, and how many it holds."""
        name = re.search(rf"{split}: \.\./\.\./\.\./shared/data/(.+)", self.text)[1]
        found = [json.loads(line) for line in (self.data / name).read_text().splitlines()]
        if self.kind != "number":
            found = [row for row in found if re.fullmatch(rf"\([A-{self.kind}]\)", row[self.field])]
        if split in self.limits:
            found = found[: int(self.limits[split])]
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.split(split)
        file.write_text("".join(
            json.dumps({"input": row["input"], "answer": str(row[self.field])}) + "\n" for row in found))
        return file, len(found)

    def split(self, name):
        return self.folder / f"{name}.jsonl"

    def prepare(self):
        """Writes the rows and the task file that names them."""
        text = re.sub(r"  limit: .+\n", "", self.text)
        text = text.replace(f"field: {self.field}", "field: answer")
        for split in ("train", "dev", "test"):
            file, count = self.rows(split)
            text = re.sub(rf"  {split}: .+", f"  {split}: {file}", text)
            self.test_rows = count
        self.file.write_text(text)
