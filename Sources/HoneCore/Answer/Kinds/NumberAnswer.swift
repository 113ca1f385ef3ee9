// SPDX-License-Identifier: Apache-2.0

/// A number, rounded to a number of decimals, half away from zero.
///
/// Read is, in this order:
/// 1. The first line, when it is a number with at most two other words after it.
/// 2. The number in the first announced clause that has one ("the answer is", `####`, `\boxed`): the
///    first after its last "=", else its first.
/// 3. The first number in the last clause after "is:" or "are:".
/// 4. In the last line with a number, the first after its last "=", else its last.
///
/// Numbers in words count where a clause or the text has none in digits; "one" alone only as the whole
/// text, as its first or as its last word. Currency signs and "%" do not count.
struct NumberAnswer: AnswerReader {
  let decimals: Int

  var name: String { "number" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    "Give the final answer only, as one number in digits."
  }

  func read(_ response: String) -> String? {
    number(in: response)?.rounded(to: decimals)
  }

  func isDecided(_ partial: String) -> Bool {
    if case .found = NumberReading(partial, isOpen: true).certain() { return true }
    return false
  }

  /// The number a response gives, not rounded.
  func number(in response: String) -> DecimalText? {
    let reading = NumberReading(response)
    if case .found(let number) = reading.certain() { return number }
    return reading.afterColon() ?? reading.inLastLine() ?? reading.inWords()
  }
}
