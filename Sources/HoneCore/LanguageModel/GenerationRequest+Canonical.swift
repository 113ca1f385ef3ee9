// SPDX-License-Identifier: Apache-2.0

extension GenerationRequest: CanonicallyWritten {
  /// Appends the request, members in the order of their names.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func write(to text: inout CanonicalText) throws {
    text.append(json: #"{"input":"#)
    try input.write(to: &text)
    text.append(json: #","maxTokens":"#)
    text.append(maxTokens)
    text.append(json: #","sampleIndex":"#)
    text.append(sampleIndex)
    if let schema {
      text.append(json: #","schema":"#)
      try text.append(schema)
    }
    if scoresTokens { text.append(json: #","scoresTokens":true"#) }
    text.append(json: #","seed":"#)
    text.append(seed)
    text.append(json: #","stop":"#)
    text.append(array: stop) { $1.append($0) }
    if let stopWhenDecided {
      text.append(json: #","stopWhenDecided":"#)
      try stopWhenDecided.write(to: &text)
    }
    text.append(json: #","temperature":"#)
    try text.append(temperature)
    if let topK {
      text.append(json: #","topK":"#)
      text.append(topK)
    }
    if let topP {
      text.append(json: #","topP":"#)
      try text.append(topP)
    }
    text.append(json: "}")
  }
}

extension ModelInput: CanonicallyWritten {
  /// Appends the chat or the text.
  /// - Throws: `EncodingError`.
  public func write(to text: inout CanonicalText) throws {
    switch self {
    case .chat(let messages):
      text.append(json: #"{"chat":{"_0":"#)
      try text.append(array: messages) { try $0.write(to: &$1) }
    case .text(let content):
      text.append(json: #"{"text":{"_0":"#)
      text.append(content)
    }
    text.append(json: "}}")
  }
}

extension Message: CanonicallyWritten {
  /// Appends the turn.
  /// - Throws: `EncodingError`.
  public func write(to text: inout CanonicalText) throws {
    text.append(json: #"{"content":"#)
    text.append(content)
    if let images {
      text.append(json: #","images":"#)
      try text.append(images)
    }
    text.append(json: #","role":"#)
    text.append(role.rawValue)
    text.append(json: "}")
  }
}

extension AnswerKind: CanonicallyWritten {
  /// Appends the kind.
  /// - Throws: `EncodingError`.
  public func write(to text: inout CanonicalText) throws {
    guard case .label(let labels) = self else {
      text.append(encoded: try CanonicalJSON.encode(self))
      return
    }
    text.append(json: #"{"label":{"_0":"#)
    text.append(array: labels) { $1.append($0) }
    text.append(json: "}}")
  }
}
