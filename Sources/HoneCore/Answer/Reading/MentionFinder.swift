// SPDX-License-Identifier: Apache-2.0

/// Finds mentions of a closed kind's options in a text; one a kind.
protocol MentionFinder: Sendable {
  /// The nouns that announce an answer besides "answer", such as "option".
  var announcingNouns: Set<String> { get }
  /// Whether "A:" at the start of a line announces an answer.
  var readsLetterAAsAnnouncement: Bool { get }
  /// Whether "… is correct" after an option announces it.
  var acceptsIsCorrect: Bool { get }

  /// The option mentioned at a token, the longest if there are several.
  ///
  /// `isDirect` tells that the token stands where an answer is expected: at the very beginning or
  /// right after an announcement.
  func mention(at index: Int, in text: TextTokens, isDirect: Bool) -> MentionMatch

  /// Whether a mention at the very beginning of the response is its answer.
  func leads(_ mention: Mention, in text: TextTokens) -> Certainty

  /// Whether options are listed with commas: "A, B".
  var listsWithCommas: Bool { get }
  /// Whether an option that begins the last sentence must be all of it to be the answer.
  var closesAlone: Bool { get }

  /// Whether a mention anywhere counts when a complete text announces no answer and mentions no
  /// other option.
  func countsUnannounced(_ mention: Mention, in text: TextTokens) -> Bool
}

/// A mention of an option.
struct Mention {
  /// The index of the option.
  var option: Int
  /// The first of its tokens.
  var start: Int
  /// The token after its last.
  var end: Int
  /// The option meant when "not" stands before it; nil when the mention then means nothing.
  var opposite: Int?
}

/// What stands at a token.
enum MentionMatch {
  case none
  /// The open text may go on to a mention or to something else.
  case undecided
  case found(Mention)
}

/// Whether something holds, or may still turn out either way.
enum Certainty {
  case yes, no, undecided
}

/// What a reader makes of a text.
enum Verdict {
  case answer(Int)
  case none
  case undecided
}

extension MentionFinder {
  var announcingNouns: Set<String> { [] }
  var readsLetterAAsAnnouncement: Bool { true }
  var acceptsIsCorrect: Bool { false }
  var listsWithCommas: Bool { true }
  var closesAlone: Bool { false }

  func leads(_ mention: Mention, in text: TextTokens) -> Certainty { .yes }
}
