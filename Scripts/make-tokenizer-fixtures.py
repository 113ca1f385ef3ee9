# SPDX-License-Identifier: Apache-2.0
"""Makes Tests/HoneTrainingTests/Fixtures/tokenizers.json: small tokenizers and their tokens.

Needs the package tokenizers, version 0.23.3. The texts are drawn from a fixed seed, so the file comes
out the same each time.
"""

import json
import pathlib
import random
import tokenizers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
WORDS = (
    "rain water the of and weather cloud it's we'll they've I'd don't can't 12 345 2026 3.14 "
    "naïve café Straße Привет мир 東京 雨 مطر e\u0301 😀 👩‍👩‍👧 \u00a0 -- ... ()[]{} <tag> "
    "let x = y+1; \t if(a){return} http://a.b/c?d=e ½ Ⅷ ٣٤ I'M WE'LL"
).split(" ")
MARK = "\u2581"
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


def sentence_pair(steps, pre, control):
    """Pairs in SentencePiece's way: every cut of a token into two others is a merge of its rank."""
    made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    made.normalizer = normalizers.Sequence([normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)])
    made.pre_tokenizer = pre_tokenizers.Split(Regex(f"{MARK}+[^{MARK}]*"), "isolated")
    trainer = trainers.BpeTrainer(
        vocab_size=300, limit_alphabet=48, special_tokens=["<unk>"], show_progress=False)
    made.train_from_iterator(list(texts(2000, 3)), trainer)
    learned = sorted(made.get_vocab().items(), key=lambda item: item[1])
    names = ["<unk>", control] + [f"<0x{byte:02X}>" for byte in range(256)]
    vocab = {name: number for number, name in enumerate(names)}
    for name, _ in learned:
        vocab.setdefault(name, len(vocab))
    merges = []
    for name in vocab:
        if not name.startswith("<") or len(name) == 1:
            cuts = [(name[:at], name[at:]) for at in range(1, len(name))]
            cuts = [cut for cut in cuts if cut[0] in vocab and cut[1] in vocab]
            merges += sorted(cuts, key=lambda cut: (vocab[cut[0]], vocab[cut[1]]))
    made = Tokenizer(models.BPE(vocab, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    made.normalizer = normalizers.Sequence(steps)
    if pre:
        made.pre_tokenizer = pre
    made.add_special_tokens([tokenizers.AddedToken(control, special=True, rstrip=True)])
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
        "phi3": sentence_pair(
            [normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)], None, "<|end|>"),
        "gemma": sentence_pair(
            [normalizers.Replace(" ", MARK)], pre_tokenizers.Split(" ", "merged_with_previous"),
            "<end_of_turn>"),
    }
    result = {}
    for name, tokenizer in made.items():
        cases = list(texts(120, 7)) + ["", " ", "a", "\n", "  a", "a  ", "zzz ☃ zzz"]
        if name in ("phi3", "gemma"):
            # The control token swallows the blanks after it.
            control = "<|end|>" if name == "phi3" else "<end_of_turn>"
            cases += [f"rain{control}  water {control}", f"{control}a b", f"{control}{control} a"]
        result[name] = {
            "tokenizer": json.loads(tokenizer.to_str()),
            "cases": [[text, tokenizer.encode(text).ids] for text in cases],
        }
    place = pathlib.Path(__file__).parent.parent / "Tests/HoneTrainingTests/Fixtures/tokenizers.json"
    place.write_text(json.dumps(result, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
