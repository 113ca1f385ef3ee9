// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneStore
import HoneTesting
import Synchronization
import Testing

@testable import HoneModels

/// One model at several addresses.
@Suite(.serialized) struct EndpointTests {
  private static let asideWords =
    " does not answer and is set aside; it is tried again from time to time"

  private static func servers(_ count: Int) async throws -> [FaultServer] {
    var servers: [FaultServer] = []
    for _ in 0..<count {
      servers.append(try await FaultServer { _ in "yes" })
    }
    return servers
  }

  private static func opener(
    _ clock: TestClock, environment: [String: String] = [:],
    news: @escaping @Sendable (String) -> Void = { _ in }
  ) -> RemoteModelOpener {
    RemoteModelOpener(
      environment: environment,
      options: RemoteOptions(
        limits: ServiceLimits(startInFlight: 8, mostInFlight: 8), clock: clock.clock,
        news: news))
  }

  private static func ask(
    _ model: RemoteModel, _ numbers: Range<Int>,
    after answered: (Int) async -> Void = { _ in }
  ) async throws -> Set<Int> {
    var answers: Set<Int> = []
    let requests = numbers.map { GenerationRequest.chat("question \($0)") }
    for try await element in model.generate(requests) {
      #expect(try element.result.get().text == "yes")
      #expect(answers.insert(element.index).inserted)
      await answered(answers.count)
    }
    return answers
  }

  @Test func `One of three servers dies in the middle and comes back, and no request is lost`()
    async throws
  {
    var servers = try await Self.servers(3)
    let clock = TestClock()
    let name = servers.map(\.address).joined(separator: ",") + "#any"
    let news = Mutex<[String]>([])
    let model = try await Self.opener(clock) { text in news.withLock { $0.append(text) } }
      .open(name)
    let answers = try await Self.ask(model, 0..<900) { [servers] count in
      if count == 300 { await servers[1].die() }
    }
    #expect(answers.count == 900)
    let counts = servers.map(\.requests.count)
    #expect(counts[1] >= 50)
    #expect(counts[1] < 300)
    #expect(counts[0] > 300)
    #expect(counts[2] > 300)
    let place = "127.0.0.1:\(servers[1].port)"
    // An answer that was on its way can bring it back for a moment.
    #expect(news.withLock { $0.last } == place + Self.asideWords)
    #expect(news.withLock { $0.allSatisfy { $0.hasPrefix(place) } })

    // It comes back at its port; after its pause it is asked like the others.
    let dead = servers[1]
    servers[1] = try await FaultServer(port: dead.port) { _ in "yes" }
    clock.advance(61)
    #expect(try await Self.ask(model, 900..<1200).count == 300)
    #expect(servers[1].requests.count > 50)
    #expect(news.withLock { $0.last } == place + " answers again")
    for server in servers { await server.die() }
  }

  @Test func `When all are gone a request is given up after its tries`() async throws {
    let servers = try await Self.servers(2)
    let name = servers.map(\.address).joined(separator: ",") + "#any"
    let model = try await Self.opener(TestClock()).open(name)
    for server in servers { await server.die() }
    for try await element in model.generate([.chat()]) {
      guard case .failure(let error) = element.result else {
        Issue.record("it was answered")
        return
      }
      #expect(error.kind == .unavailable)
      #expect(error.message.contains("the group of 2 servers did not answer in 10 tries"))
    }
  }

  @Test func `What a request itself does wrong sets no server aside`() async throws {
    let bench = Bench { call, _ in
      call.url.contains("//a/") ? .error(400, "no such field") : .chat("yes")
    }
    let model = try await bench.opener.open("http://a/v1,http://b/v1#m")
    var failures = 0
    for index in 0..<20 {
      for try await element in model.generate([.chat("\(index)")]) {
        if case .failure = element.result { failures += 1 }
      }
    }
    #expect(failures == 10)
  }

  @Test func `Errors name the address, and each address gets the key that may go there`()
    async throws
  {
    let environment = ["HONE_SERVER_KEY": "secret", "HONE_SERVER_HOSTS": "a"]
    let bench = Bench(environment: environment) { call, _ in
      call.url.contains("//b:7/") ? .error(404, "no such model") : .chat("yes")
    }
    let model = try await bench.opener.open("http://a/v1,http://b:7/v1#m")
    var errors: [String] = []
    for index in 0..<2 {
      for try await element in model.generate([.chat("\(index)")]) {
        if case .failure(let error) = element.result { errors.append(error.message) }
      }
    }
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("b:7 does not have this model") == true)
    for call in bench.transport.calls {
      #expect(
        call.header("authorization") == (call.url.contains("//a/") ? "Bearer secret" : nil))
    }
  }

  @Test func `The variables of providers and of servers may hold several addresses`() async throws {
    let environment = [
      "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://a.org/v1/, https://b.org/v1",
      "HONE_SERVERS": "c:8000/v1,http://d:8000/v1", "HONE_SERVER_KEY": "s",
      "OLLAMA_HOST": "e:1,f:2",
    ]
    let bench = Bench(environment: environment) { _, _ in .chat("yes") }
    for name in ["openai:gpt-4o", "servers:m", "ollama:m"] {
      for _ in 0..<2 { _ = try await bench.answer(.chat(), from: name) }
    }
    #expect(
      bench.transport.calls.map { "\($0.url) \($0.header("authorization") ?? "")" } == [
        "https://a.org/v1/chat/completions Bearer k", "https://b.org/v1/chat/completions Bearer k",
        "http://c:8000/v1/chat/completions Bearer s", "http://d:8000/v1/chat/completions Bearer s",
        "http://e:1/v1/chat/completions ", "http://f:2/v1/chat/completions ",
      ])
    let error = await #expect(throws: ModelError.self) {
      try await Bench(environment: [:]) { _, _ in .chat("yes") }.opener.open("servers:m")
    }
    #expect(error?.message.contains("HONE_SERVERS") == true)
  }

  @Test(
    "A list of servers is known by its model alone, a single address by both",
    arguments: [
      ("http://a/v1,http://b/v1#m", "http://b/v1,http://c/v1#m", true),
      ("http://a/v1,http://b/v1#m", "http://c/v1,#m", true),
      ("http://a/v1,http://b/v1#m", "servers:m", true),
      ("http://a/v1,http://b/v1#m", "http://a/v1,http://b/v1#n", false),
      ("http://a/v1,http://b/v1#m", "http://a/v1#m", false),
      ("http://a/v1#m", "http://b/v1#m", false),
      ("openai:m", "servers:m", false), ("ollama:m", "servers:m", false),
    ])
  func identity(first: String, second: String, isSame: Bool) async throws {
    let environment = ["HONE_SERVERS": "http://x/v1", "OPENAI_API_KEY": "k"]
    let bench = Bench(environment: environment) { _, _ in .chat("yes") }
    let digests = (
      try await bench.opener.open(first).identity.digest,
      try await bench.opener.open(second).identity.digest
    )
    #expect((digests.0 == digests.1) == isSame)
  }

  @Test func `A run that was begun on some servers goes on with others`() async throws {
    let folder = try TemporaryFolder()
    let failing = ScriptedTransport { _, number in
      number > 30 ? .error(401, "no such key") : .chat("positive")
    }
    let begun = RemoteModelOpener(
      environment: [:], options: RemoteOptions(clock: TestClock().clock)
    ) { _ in failing }
    let url = try await Self.stopped(
      begun.open("http://a/v1,http://b/v1#m"), in: folder.url)
    let server = try await FaultServer { try ReviewTask.answer($0) }
    let other = try await Self.opener(
      TestClock(), environment: ["HONE_SERVERS": server.address]
    ).open("servers:m")
    let resumed = try Run.resume(
      url, models: ModelSet(task: other), optimizer: WordSearch(), options: ScriptedRun.options)
    #expect(try await resumed.perform().status == .finished)
    #expect(!server.requests.isEmpty)
    await server.die()
  }

  /// A run whose model refuses the key on the way; it is let go, so that another may take it.
  private static func stopped(_ model: RemoteModel, in folder: URL) async throws -> URL {
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder), options: ScriptedRun.options)
    await #expect(throws: ModelError.self) { try await run.perform() }
    return run.folder
  }
}
