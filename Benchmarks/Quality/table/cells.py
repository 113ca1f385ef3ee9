# SPDX-License-Identifier: Apache-2.0
"""What is compared: the methods, and the cells of the GPO paper's Tables 2, 3 and 6."""
import dataclasses

# Four prompts a step, so that a small budget still sees a few steps of every method.
CANDIDATES = 4
# The paper's step sizes of 50 to 10 words are for prompts of a large model's length. The phrasebook's
# prompts have about 5 to 25 words; these sizes keep the paper's ratio and are felt by them.
STEP_SIZES = (20, 4)
# The paper warms up over 5 % of the steps, which is less than one step of a small budget.
WARMUP = 0.2
# A small model writes one word at a time: 512 tokens, the default, take longer than all evaluations of a
# step, and what it writes after a few sentences is never of use.
MAX_TOKENS = 64


@dataclasses.dataclass(frozen=True)
class Cell:
    """One thing to compare: an optimizer with settings, and where it stands in its table."""
    key: str
    label: str
    optimizer: str
    settings: tuple = ()
    row: str = ""
    column: str = ""
    # "none" or "task" where the task has demonstrations, which are left out or shown.
    demonstrations: str = ""


def methods(names, proposer, reading):
    """The methods' cells, all with one source of prompts.

    SGDM is made of texts that a model writes and reads, so that it cannot do with the phrasebook
    alone; it then gets the proposer `reading`. The sizes of APE, APO and PE2 are a small budget's.
    """
    few = (("candidates", CANDIDATES), ("proposer", proposer))
    # Four prompts of each of two kept ones a round, and rounds for as long as the calls last.
    beam = (("candidates", 2 * CANDIDATES), ("beam", 2), ("rounds", 1000), ("proposer", proposer))
    needs_reading = reading if proposer == "phrasebook" else proposer
    few += writing(proposer)
    beam += writing(proposer)
    known = {
        "random": Cell("random", "random phrases", "random",
                       (("candidates", CANDIDATES), ("prompts", 100_000))),
        "ape": Cell("ape", "APE", "ape", beam),
        "apo": Cell("apo", "APO", "apo", beam),
        "opro": Cell("opro", "OPRO", "opro", few),
        "pe2": Cell("pe2", "PE2", "pe2", (("beam", 2), ("rounds", 1000)) + few),
        "sgdm": Cell("sgdm", "SGDM", "sgdm", (("candidates", CANDIDATES),
                                              ("proposer", needs_reading))
                     + writing(needs_reading)),
        "gpo": Cell("gpo", "GPO", "gpo", few),
    }
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"there is no method {unknown[0]!r}; there are: {', '.join(known)}")
    return [known[name] for name in names]


def table2(proposer):
    """Update directions: what is told of the current prompt, by which earlier prompts are shown."""
    cells = []
    for row in ("none", "summary", "recency", "relevance", "importance"):
        for column, direction in (("P+M", "performance"), ("P+M+R", "reflection")):
            # The paper fills this table before it turns to step sizes: its figures are those of Table 3
            # without a limit, with editing.
            settings = common(proposer) + (("direction", direction), ("trajectory", row),
                                           ("decay", "none"), ("refinement", "edit"))
            cells.append(Cell(f"t2-{row}-{direction}", f"{row}, {column}", "gpo", settings,
                              row.capitalize(), column))
    return cells


def table3(proposer):
    """Update methods: how the step size falls, by how the prompt is refined."""
    start, end = STEP_SIZES
    rows = [("No control", "none", 0)]
    for name, decay in (("Fixed", "fixed"), ("Linear decay", "linear"), ("Cosine decay", "cosine")):
        rows += [(name, decay, 0), (f"{name} + warm-up", decay, WARMUP)]
    cells = []
    for row, decay, warmup in rows:
        for column, refinement in (("Editing", "edit"), ("Generation", "generate")):
            # The trajectory is by relevance, which is GPO's own choice and need not be said.
            settings = common(proposer) + (("decay", decay), ("refinement", refinement))
            if decay != "none":
                settings += (("step-size-start", start),)
            if decay in ("linear", "cosine"):
                settings += (("step-size-end", end),)
            if warmup:
                settings += (("warmup", warmup),)
            key = f"t3-{decay}{'-warmup' if warmup else ''}-{refinement}"
            cells.append(Cell(key, f"{row}, {column}", "gpo", settings, row, column))
    return cells


def table6(proposer, reading="mixture"):
    """Evaluation settings: the methods with the instruction alone (I) and with demonstrations (I+D)."""
    names = ["random", "ape", "apo", "opro", "pe2", "sgdm", "gpo"]
    return [dataclasses.replace(cell, key=f"t6-{cell.key}-{'id' if shown == 'task' else 'i'}",
                                label=f"{cell.label}, {column}", row=cell.label, column=column,
                                demonstrations=shown)
            for cell in methods(names, proposer, reading)
            for column, shown in (("I", "none"), ("I+D", "task"))]


def common(proposer):
    # Few candidates a step make many steps of a small budget, which is what schedules act on.
    settings = (("candidates", 2), ("plateau", 0), ("proposer", proposer)) + writing(proposer)
    if proposer in ("phrasebook", "mixture"):
        # Without this the phrasebook learns from every score, whatever the trajectory shows.
        settings += (("phrasebook-reads", "trajectory"),)
    return settings


def writing(proposer):
    """How much a model may write, where it is asked at all."""
    return () if proposer == "phrasebook" else (("max-tokens", MAX_TOKENS),)
