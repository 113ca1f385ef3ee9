# SPDX-License-Identifier: Apache-2.0
"""Makes Tests/HoneTrainingTests/Fixtures/tokenizers.json: two small tokenizers and their tokens.

Needs the package tokenizers, version 0.23.3. The texts are drawn from a fixed seed, so the file comes
out the same each time.
"""

import json
import pathlib
import random
import tokenizers
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
WORDS = (
    "rain water the of and weather cloud it's we'll they've I'd don't can't 12 345 2026 3.14 "
    "naïve café Straße Привет мир 東京 雨 مطر e\u0301 😀 👩‍👩‍👧 \u00a0 -- ... ()[]{} <tag> "
    "let x = y+1; \t if(a){return} http://a.b/c?d=e ½ Ⅷ ٣٤ I'M WE'LL"
).split(" ")
BLANKS = [" ", " ", " ", " ", "  ", "   ", "\n", "\n\n", " \n", "\t", "\r\n", "", " \n  "]


def texts(count, seed):
    draw = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(draw.randint(1, 12)):
            parts += [draw.choice(WORDS), draw.choice(BLANKS)]
        yield "".join(parts)


def byte_pair(pre):
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    made.train_from_iterator(list(texts(2000, 1)), trainer)
    return made


def unigram():
    made = Tokenizer(models.Unigram())
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=300, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False)
    made.train_from_iterator(list(texts(2000, 2)), trainer)
    return made


def main():
    assert tokenizers.__version__ == "0.23.3", tokenizers.__version__
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made = {
        "gpt2": byte_pair(pre_tokenizers.ByteLevel(add_prefix_space=False)),
        "smollm": byte_pair(
            pre_tokenizers.Sequence([
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False),
            ])),
        "llama3": byte_pair(
            pre_tokenizers.Sequence([
                pre_tokenizers.Split(Regex(LLAMA3), "isolated"), byte_level,
            ])),
        "unigram": unigram(),
    }
    result = {}
    for name, tokenizer in made.items():
        cases = list(texts(120, 7)) + ["", " ", "a", "\n", "  a", "a  ", "zzz ☃ zzz"]
        result[name] = {
            "tokenizer": json.loads(tokenizer.to_str()),
            "cases": [[text, tokenizer.encode(text).ids] for text in cases],
        }
    place = pathlib.Path(__file__).parent.parent / "Tests/HoneTrainingTests/Fixtures/tokenizers.json"
    place.write_text(json.dumps(result, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
