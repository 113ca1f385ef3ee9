// SPDX-License-Identifier: Apache-2.0

extension AnswerKind {
  /// The answer a response gives, in normal form, or nil when none of this kind can be read.
  ///
  /// Takes time linear in the response's length. Rules by kind are in <doc:answers-and-metrics>.
  public func read(_ response: String) -> String? {
    reader.read(response)
  }

  /// Whether the answer in a response so far will not change by what may follow.
  ///
  /// Where it is true, ``read(_:)`` finds in the text so far what it finds in any continuation of it.
  /// It is false when in doubt, and always false for ``freeText``.
  public func isDecided(_ partial: String) -> Bool {
    reader.isDecided(partial)
  }

  /// A reference in normal form, such as `B` for `(B) Berlin`.
  public func normalForm(ofReference reference: String) -> String {
    reader.normalForm(ofReference: reference)
  }

  /// Whether an answer from ``read(_:)`` equals a reference, given as written or in normal form.
  public func matches(_ answer: String, reference: String) -> Bool {
    reader.matches(answer, reference: reference)
  }

  /// The possible answers in normal form, such as labels or letters; nil when the kind is open.
  public var options: [String]? { reader.options }

  /// What a second turn asks, to get the final answer only.
  public var finalTurnRequest: String { reader.finalTurnRequest }

  /// The kind's name for people.
  public var name: String { reader.name }

  var reader: any AnswerReader {
    switch self {
    case .choice(let last): ChoiceAnswer(last: last)
    case .label(let labels): LabelAnswer(labels: labels)
    case .yesNo: BooleanAnswer.yesNo
    case .trueFalse: BooleanAnswer.trueFalse
    case .validInvalid: BooleanAnswer.validInvalid
    case .number(let decimals): NumberAnswer(decimals: decimals)
    case .exactText: ExactTextAnswer()
    case .wordList: WordListAnswer()
    case .brackets: BracketsAnswer()
    case .freeText: FreeTextAnswer()
    case .json(let field): JSONAnswer(field: field)
    }
  }
}
