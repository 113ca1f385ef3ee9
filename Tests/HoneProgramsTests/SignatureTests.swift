// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

struct SignatureTests {
  @Test("A signature is read from its line and written back")
  func reading() throws {
    let signature = try Signature("question, facts: [text] -> answer: number, sure: yes | no")
    #expect(signature.inputs == [Field("question"), Field("facts", .list(.text))])
    #expect(signature.outputs == [Field("answer", .number), Field("sure", .label(["yes", "no"]))])
    #expect(
      signature.written == "question, facts: [text] -> answer: number, sure: yes | no")
    #expect(try Signature(signature.written) == signature)
  }

  @Test(
    "What is wrong with a signature is said",
    arguments: [
      ("question, answer", "one arrow between"),
      ("-> answer", "at least one input"),
      ("question ->", "at least one output"),
      ("question -> question", "\"question\" stands twice"),
      ("a b -> c", "\"a b\" is not a field's name"),
      ("a, -> c", "\"\" is not a field's name"),
      ("a -> c: nmber", "\"nmber\" is not a type for the field \"c\""),
      ("a -> c: yes | yes", "all different"), ("a -> c: yes |", "not empty"),
    ])
  func mistakes(line: String, message: String) {
    let error = #expect(throws: SignatureProblem.self) { try Signature(line) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
