// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Models in folders of Hugging Face's form")
struct ModelFolderTests {
  private static let names = [
    "token_embd": "model.embed_tokens", "output_norm": "model.norm", "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
  ]

  private static let llama = """
    {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
     "num_key_value_heads": 1, "intermediate_size": 12, "vocab_size": 11, "rope_theta": 100,
     "max_position_embeddings": 32, "rms_norm_eps": 1e-05, "tie_word_embeddings": true,
     "rope_scaling": null}
    """

  private func folder(
    _ configuration: String, _ tensors: [(name: String, shape: [Int], values: [Float])],
    isDivided: Bool = false
  ) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(configuration.utf8).write(to: url.appending(path: "config.json"))
    guard isDivided else {
      try SafetensorsTests.file(tensors).write(to: url.appending(path: "model.safetensors"))
      return url
    }
    var map: [String] = []
    for (index, part) in [tensors.prefix(5), tensors.dropFirst(5)].enumerated() {
      let name = "part-\(index).safetensors"
      try SafetensorsTests.file(Array(part)).write(to: url.appending(path: name))
      map += part.map { "\"\($0.name)\": \"\(name)\"" }
    }
    try Data("{\"weight_map\": {\(map.joined(separator: ","))}}".utf8)
      .write(to: url.appending(path: "model.safetensors.index.json"))
    return url
  }

  /// The tiny model's tensors under the names of the folder, heads' rows in two halves.
  private func tensors(
    _ weights: [String: Tensor]? = nil, heads: [String: Int] = ["attn_q": 2, "attn_k": 1]
  ) throws -> [(name: String, shape: [Int], values: [Float])] {
    try (weights ?? TinyDecoder.weights()).sorted { $0.key < $1.key }.map { name, tensor in
      var parts = name.split(separator: ".").map(String.init)
      let kind = parts.removeLast()
      let place = parts.count == 3 ? "model.layers.\(parts[1])." : ""
      let bare = parts.last ?? ""
      var values = try tensor.floats()
      let heads = heads[bare] ?? 0
      if heads > 0 { values = halved(values, rows: tensor.shape[0], heads: heads) }
      return ("\(place)\(Self.names[bare] ?? bare).\(kind)", tensor.shape, values)
    }
  }

  /// Rows of neighbours that turn together, put into two halves: how the folder keeps them.
  private func halved(_ values: [Float], rows: Int, heads: Int) -> [Float] {
    let width = values.count / rows
    let size = rows / heads
    return (0..<rows).flatMap { row -> [Float] in
      let (head, place) = (row / size, row % size)
      let source = head * size + (place % (size / 2)) * 2 + place / (size / 2)
      return Array(values[(source * width)..<((source + 1) * width)])
    }
  }

  @Test(
    "A folder gives the same logits as the model that it was made of", arguments: [false, true])
  func logits(isDivided: Bool) throws {
    let url = try folder(Self.llama, tensors(), isDivided: isDivided)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(ModelFolder.isModelFolder(url))
    let model = try DecoderModel(folder: ModelFolder(url))
    let tokens: [[Int32]] = [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 0, 1]]
    let expected = try TinyDecoder.model().logits(after: tokens).floats()
    let found = try model.logits(after: tokens).floats()
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("Names of every family find their places")
  func names() throws {
    var configuration = TinyDecoder.configuration
    func name(_ source: String) -> String? { TensorNames.name(of: source, in: configuration) }
    #expect(name("model.layers.1.post_attention_layernorm.weight") == "blk.1.ffn_norm.weight")
    #expect(name("model.layers.0.self_attn.qkv_proj.weight") == "blk.0.attn_qkv.weight")
    #expect(name("model.layers.0.self_attn.q_proj.bias") == "blk.0.attn_q.bias")
    #expect(name("model.layers.0.mlp.fc1.bias") == "blk.0.ffn_up.bias")
    #expect(name("lm_head.bias") == "output.bias")
    #expect(name("model.layers.2.mlp.fc1.bias") == nil)
    #expect(name("model.layers.x.mlp.fc1.bias") == nil)
    #expect(name("vision.layers.0.mlp.fc1.bias") == nil)
    configuration.architecture = "gemma3"
    #expect(
      name("model.layers.1.post_attention_layernorm.weight") == "blk.1.post_attention_norm.weight")
    #expect(name("model.layers.1.pre_feedforward_layernorm.weight") == "blk.1.ffn_norm.weight")
    #expect(TensorNames.change(of: "blk.1.attn_norm.weight", configuration) == .plusOne)
    #expect(TensorNames.change(of: "blk.1.attn_q.weight", configuration) == .none)
    #expect(throws: TrainingError.self) {
      try TensorNames.interleaved([1, 2, 3], shape: [3, 1], heads: 2, name: "x")
    }
  }

  @Test(
    "What a configuration lacks or asks for in vain is told",
    arguments: [
      ("\"llama\"", "\"mamba\"", "of the family “mamba”"),
      ("\"hidden_size\": 8", "\"hidden_size\": 0", "“hidden_size”"),
      ("\"vocab_size\": 11,", "", "“vocab_size”"),
      ("\"num_key_value_heads\": 1", "\"num_key_value_heads\": 3", "do not go together"),
      ("\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"yarn\"}", "“yarn”"),
      (
        "\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"linear\"}",
        "“rope_scaling.factor”"
      ),
      (
        "\"rope_scaling\": null",
        "\"rope_parameters\": {\"rope_type\": \"llama3\", \"low_freq_factor\": 4, \"high_freq_factor\": 4}",
        "bounds 4.0 and 4.0"
      ),
      ("\"rope_scaling\": null", "\"num_local_experts\": 8", "experts"),
    ])
  func mistakes(text: String, replacement: String, words: String) throws {
    let url = try folder(Self.llama.replacingOccurrences(of: text, with: replacement), [])
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: TrainingError.self) { try ModelFolder(url) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test("Missing weights, missing tensors, wrong shapes and files elsewhere are told")
  func missing() throws {
    var all = try tensors()
    all.removeAll { $0.name == "model.norm.weight" }
    let lacking = try folder(Self.llama, all)
    defer { try? FileManager.default.removeItem(at: lacking) }
    let error = #expect(throws: TrainingError.self) {
      try DecoderModel(folder: ModelFolder(lacking))
    }
    #expect(error?.kind == .missingTensor)
    #expect(error?.description.contains("output_norm.weight") == true)
    var wrong = try tensors()
    wrong[0].shape = [wrong[0].values.count]
    let flat = try folder(Self.llama, wrong)
    defer { try? FileManager.default.removeItem(at: flat) }
    #expect(throws: TrainingError.self) { try DecoderModel(folder: ModelFolder(flat)) }
    try Data(#"{"weight_map": {"a": "../model.safetensors"}}"#.utf8)
      .write(to: flat.appending(path: "model.safetensors.index.json"))
    let outside = #expect(throws: TrainingError.self) { try ModelFolder(flat) }
    #expect(outside?.kind == .badModel)
    try FileManager.default.removeItem(at: lacking.appending(path: "model.safetensors"))
    #expect(throws: TrainingError.self) { try ModelFolder(lacking) }
    #expect(!ModelFolder.isModelFolder(lacking.appending(path: "none")))
  }

  /// A tokenizer of all bytes, three merges and a token that ends a turn.
  private static var tokenizer: String {
    let letters = ByteAlphabet.letters.map { String($0) }
    var tokens = letters + ["in", "ain", "rain"]
    tokens.append("<|end|>")
    let vocabulary = Dictionary(
      uniqueKeysWithValues: tokens.dropLast().enumerated().map { ($1, $0) })
    let object: [String: Any] = [
      "added_tokens": [["id": 259, "content": "<|end|>", "special": true]],
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false],
      "model": [
        "type": "BPE", "vocab": vocabulary, "merges": ["i n", "a in", "r ain"],
      ] as [String: Any],
    ]
    let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("Long wavelengths are stretched, short ones are not, those between by a part")
  func stretched() throws {
    let scaling = RotaryScaling.byWavelength(factor: 8, lowBound: 1, highBound: 4, length: 64)
    // Wavelengths 6.28, 19.9, 62.8 and 199: below 64 / 4, twice between, above 64 / 1.
    let found = scaling.factors(size: 8, base: 100)
    let shares = [(64 / 19.869_18 - 1) / 3, (64 / 62.831_85 - 1) / 3]
    let expected = [1] + shares.map { 1 / ((1 - $0) / 8 + $0) } + [8]
    #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }

  @Test(
    "llama.cpp runs what a folder is turned into, and says what the folder's own model says",
    arguments: [
      "null",
      #"{"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 16}"#,
      #"{"type": "linear", "factor": 4}"#,
    ])
  func engine(scaling: String) async throws {
    var configuration = TinyDecoder.configuration
    configuration.vocabularySize = 264
    configuration.hiddenSize = 32
    configuration.headSize = 16
    configuration.rotarySize = 16
    configuration.innerSize = 48
    let shapes = configuration.tensorShapes(fused: ["blk.0.ffn_gate.weight"])
    let weights = try TinyDecoder.tensors(Dictionary(uniqueKeysWithValues: shapes))
    let named = try tensors(weights)
    let json = Self.llama.replacingOccurrences(
      of: "\"vocab_size\": 11", with: "\"vocab_size\": 264"
    )
    .replacingOccurrences(of: "\"rope_scaling\": null", with: "\"rope_scaling\": \(scaling)")
    .replacingOccurrences(of: "\"hidden_size\": 8", with: "\"hidden_size\": 32")
    .replacingOccurrences(of: "\"intermediate_size\": 12", with: "\"intermediate_size\": 48")
    let url = try folder(json, named)
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(Self.tokenizer.utf8).write(to: url.appending(path: "tokenizer.json"))
    try Data(#"{"eos_token": "<|end|>", "add_bos_token": false}"#.utf8)
      .write(to: url.appending(path: "tokenizer_config.json"))
    let opened = try ModelFolder(url)
    let file = url.appending(path: "model.gguf")
    try opened.writeModel(to: file)
    let vocabulary = try ModelVocabulary(file: file)
    let own = try TokenizerFile(url.appending(path: "tokenizer.json"))
    for text in ["rain in spain", "  Привет 12\n", "a<|end|>b"] {
      #expect(try vocabulary.tokens(ofResponse: text) == own.tokens(of: text, marksUp: false))
    }
    #expect(vocabulary.endToken == 259)
    let engine = try LlamaModel(file: file, name: "tiny")
    let request = LikelihoodRequest(input: .text("the rain"), continuations: [" in spain"])
    var told: Double?
    for try await element in engine.likelihoods([request]) {
      told = try element.result.get().continuations.first?.logProbability
    }
    let given = own.tokens(of: "the rain")
    let sequence = TokenSequence(
      tokens: given + own.tokens(of: " in spain"), promptCount: given.count)
    let logs = try DecoderModel(folder: opened).logProbabilities(of: TokenBatch([sequence]))
    let expected = try logs.floats().reduce(0) { $0 + Double($1) }
    #expect(abs(try #require(told) - expected) < 0.002 * abs(expected))
    // What stretches positions is told by both files, and what is told is not nothing.
    let weightFile = try WeightFile(file: file)
    let again = try DecoderConfiguration(weightFile)
    #expect(again.rotaryFactors == opened.configuration.rotaryFactors)
    guard scaling != "null" else { return }
    var plain = opened.configuration
    plain.rotaryFactors = []
    let other = try DecoderModel(plain, weights: DecoderWeights.reading(weightFile))
      .logProbabilities(of: TokenBatch([sequence])).floats().reduce(0) { $0 + Double($1) }
    #expect(abs(other - expected) > 0.004 * abs(expected))
  }

  @Test("llama.cpp cuts texts as a folder's SentencePiece does", arguments: ["phi3", "gemma"])
  func sentencePairs(name: String) throws {
    let fixtures = try #require(
      Bundle.module.url(forResource: "tokenizers", withExtension: "json", subdirectory: "Fixtures"))
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: fixtures))
    let entry = try #require((object as? [String: Any])?[name] as? [String: Any])
    let cases = try #require(entry["cases"] as? [[Any]])
    var configuration = TinyDecoder.configuration
    configuration.vocabularySize = 560
    let shapes = configuration.tensorShapes(fused: ["blk.0.ffn_gate.weight"])
    let weights = try TinyDecoder.tensors(Dictionary(uniqueKeysWithValues: shapes))
    let url = try folder(
      Self.llama.replacingOccurrences(of: "\"vocab_size\": 11", with: "\"vocab_size\": 560"),
      tensors(weights))
    defer { try? FileManager.default.removeItem(at: url) }
    try JSONSerialization.data(withJSONObject: try #require(entry["tokenizer"]))
      .write(to: url.appending(path: "tokenizer.json"))
    try Data(#"{"eos_token": {"content": "<|end|>"}, "add_bos_token": false}"#.utf8)
      .write(to: url.appending(path: "tokenizer_config.json"))
    let file = url.appending(path: "model.gguf")
    try ModelFolder(url).writeModel(to: file)
    let vocabulary = try ModelVocabulary(file: file)
    let own = try TokenizerFile(url.appending(path: "tokenizer.json"))
    for line in cases {
      let text = try #require(line[0] as? String)
      let found = try vocabulary.tokens(ofResponse: text)
      #expect(found == own.tokens(of: text, marksUp: false), "\(text.debugDescription)")
    }
    if name == "phi3" { #expect(vocabulary.endToken == 1) }
  }
}
