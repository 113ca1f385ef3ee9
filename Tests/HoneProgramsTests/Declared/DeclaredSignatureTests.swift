// SPDX-License-Identifier: Apache-2.0

#if HONE_MACROS
  import HoneCore
  import HonePrograms
  import HoneSignatures
  import HoneTesting
  import Testing

  enum Topic: String, CaseIterable {
    case payment
    case delivery = "late delivery"
  }

  struct Place: Codable, Hashable {
    var street: String
    var number: Int
  }

  /// Sort the ticket.
  @Signature struct Sorting {
    @Input var ticket: String
    @Input var days: [Int]
    /// The nearest topic.
    @Output var topic: Topic
    @Output var other: [Topic]
    @Output var place: Place
    @Output var isUrgent: Bool
    @Output var lateDays: Int
  }

  /// Name the capital.
  @Signature struct Capital {
    @Input var country: String
    @Output("the town's name") var capital: String
  }

  /// Answers with texts in turn, and keeps what it was asked.
  private func scripted(_ replies: [String]) -> ScriptedModel {
    ScriptedModel { request in
      let said = request.promptText
      let turn = replies.firstIndex { !said.contains($0) } ?? 0
      return replies[turn]
    }
  }

  struct DeclaredSignatureTests {
    private let reply = """
      Topic: Late delivery
      Other: payment
      Place: {"street": "Elm", "number": 4}
      Is urgent: yes
      Late days: 3
      """

    @Test("A struct declares its instruction and its fields with their types")
    func declaration() throws {
      let declaration = Sorting.declaration
      #expect(declaration.instruction == "Sort the ticket.")
      let signature = try declaration.signature()
      #expect(
        signature.written
          == "ticket, days: [number] -> topic: payment | late delivery, "
          + "other: [payment | late delivery], place: json, is_urgent: bool, late_days: number")
      #expect(signature.outputs.first?.description == "The nearest topic.")
    }

    @Test("A reply is read into the declared types")
    func typed() async throws {
      let model = scripted([reply])
      let sort = Predict<Sorting>()
      let result = try await sort(.init(ticket: "Where is it?", days: [1, 2]), from: model)
      #expect(result.topic == .delivery)
      #expect(result.other == [.payment])
      #expect(result.place == Place(street: "Elm", number: 4))
      #expect(result.isUrgent)
      #expect(result.lateDays == 3)
      #expect(result.ticket == "Where is it?")
      #expect(result.reasoning == nil)
    }

    @Test("A reply that does not fit the type in Swift is asked for again with the reason")
    func again() async throws {
      let wrong = reply.replacing("\"number\": 4", with: "\"number\": \"four\"")
      let model = scripted([wrong, reply])
      let result = try await Predict<Sorting>()(.init(ticket: "?", days: []), from: model)
      #expect(result.place.number == 4)

      let broken = scripted([reply.replacing("days: 3", with: "days: 2.5")])
      await #expect {
        try await Predict<Sorting>()(.init(ticket: "?", days: []), from: broken)
      } throws: { error in
        "\(error)".contains("the field late_days must be a whole number")
      }
    }

    @Test("Worked examples of the type become demonstrations")
    func demonstrations() throws {
      let predict = try Predict<Capital>().showing([Capital(country: "France", capital: "Paris")])
      let stage = try predict.stage()
      #expect(stage.name == "capital")
      #expect(
        stage.prompt.demonstrations
          == [Demonstration(fields: ["country": "France"], answer: "Paris")])
      let input = try stage.input(stage.prompt, ["country": "Peru"])
      guard case .chat(let messages) = input else {
        Issue.record("not a chat")
        return
      }
      #expect(
        messages.map(\.content) == [
          "Name the capital.\n\nAnswer in this form:\nCapital: (the town's name)",
          "Country: France", "Capital: Paris", "Country: Peru",
        ])
    }

    @Test("In a program's body, declared stages are called with types and searched by name")
    func inAProgram() async throws {
      struct Capitals: ProgramBody {
        let capital = Predict<Capital>(module: .chainOfThought)
        func run(
          _ inputs: [String: String], in run: ProgramRun
        ) async throws -> [String: String] {
          let result = try await capital(.init(country: inputs["country"] ?? ""), in: run)
          return ["capital": result.capital.uppercased(), "why": result.reasoning ?? ""]
        }
      }
      let body = Capitals()
      let program = Program(stages: [try body.capital.stage()])
      let seed = Candidate(seedOf: program)
      let results = try await ProgramBatch(program: program, body: body).run([
        ProgramCase(prompts: seed.prompts, inputs: ["country": "Peru"])
      ]) { requests in
        requests.map { _ in
          .success(
            Generation(
              text: "Reasoning: known.\nCapital: Lima", finish: .endOfTurn, usage: Usage()))
        }
      }
      let values = try #require(results.first).values.get()
      #expect(values == ["capital": "LIMA", "why": "known."])

      let better = seed.child(instruction: "Which town?", stage: "capital", move: "test", step: 1)
      #expect(body.capital.with(better).instruction == "Which town?")
    }

    @Test("Many inputs are one batch, and one that fails does not end the others")
    func batch() async throws {
      let model = ScriptedModel { request in
        request.promptText.contains("Atlantis") ? " " : "Capital: Lima"
      }
      let results = try await Predict<Capital>().answers(
        [.init(country: "Peru"), .init(country: "Atlantis")], from: model)
      #expect(try results[0].get().capital == "Lima")
      #expect(throws: StageFailure.self) { try results[1].get() }
    }
  }
#endif
