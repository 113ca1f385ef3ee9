// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HoneModels

@Suite struct EndpointBoardTests {
  private static func board(_ endpoints: Int, most: Int = 64) -> EndpointBoard {
    EndpointBoard(
      ServiceLimits(startInFlight: most, mostInFlight: most), endpoints: endpoints, now: 0)
  }

  private static func place(
    _ board: inout EndpointBoard, now: Double = 0
  ) throws -> EndpointBoard.Place {
    guard case .go(let place) = board.admit(tokens: 1, now: now) else { throw NoPlace() }
    return place
  }

  private struct NoPlace: Error {}

  private static func fail(
    _ board: inout EndpointBoard, endpoint: Int, times: Int, now: Double = 0
  ) {
    for _ in 0..<times {
      board.done(
        RequestEnd(sign: .faulty), at: EndpointBoard.Place(endpoint: endpoint, epoch: 0),
        reserved: 1, now: now)
    }
  }

  @Test func `A request goes where the fewest are in flight, of equals to the longest unused`()
    throws
  {
    var board = Self.board(3)
    var places: [EndpointBoard.Place] = []
    for _ in 0..<6 { places.append(try Self.place(&board)) }
    #expect(places.map(\.endpoint) == [0, 1, 2, 0, 1, 2])
    board.done(RequestEnd(sign: .answered), at: places[2], reserved: 1, now: 0)
    #expect(try Self.place(&board).endpoint == 2)
    #expect(board.inFlight == 6)
  }

  @Test func `One that is full or asked to wait is passed over`() throws {
    var board = Self.board(2, most: 1)
    let first = try Self.place(&board)
    #expect(try Self.place(&board).endpoint == 1)
    #expect(board.admit(tokens: 1, now: 0) == .whenOneIsDone)
    board.done(RequestEnd(sign: .answered, pause: 5), at: first, reserved: 1, now: 0)
    #expect(board.admit(tokens: 1, now: 1) == .after(4))
    #expect(try Self.place(&board, now: 5).endpoint == 0)
  }

  @Test func `Three faults in a row set one aside, others go on`() throws {
    var board = Self.board(2)
    Self.fail(&board, endpoint: 0, times: 2)
    board.done(
      RequestEnd(sign: .answered), at: EndpointBoard.Place(endpoint: 0, epoch: 0), reserved: 1,
      now: 0)
    Self.fail(&board, endpoint: 0, times: 2)
    var endpoints: Set<Int> = []
    for _ in 0..<8 { endpoints.insert(try Self.place(&board).endpoint) }
    #expect(endpoints == [0, 1])
    Self.fail(&board, endpoint: 0, times: 1)
    for _ in 0..<8 { #expect(try Self.place(&board, now: 0.9).endpoint == 1) }
  }

  @Test func `One set aside is tried by one request after pauses that double up to a minute`()
    throws
  {
    var board = Self.board(2)
    Self.fail(&board, endpoint: 0, times: 3)
    var now = 0.0
    for pause in [1.0, 2, 4, 8, 16, 32, 60, 60] {
      #expect(try Self.place(&board, now: now + pause - 0.01).endpoint == 1)
      now += pause
      let trial = try Self.place(&board, now: now)
      #expect(trial.endpoint == 0)
      #expect(trial.isTrial)
      // While one request tries it, no other goes there, and what was sent before says nothing.
      #expect(try Self.place(&board, now: now).endpoint == 1)
      Self.fail(&board, endpoint: 0, times: 5, now: now)
      #expect(try Self.place(&board, now: now + 100).endpoint == 1)
      board.done(RequestEnd(sign: .faulty), at: trial, reserved: 1, now: now)
    }
    let trial = try Self.place(&board, now: now + 60)
    board.done(RequestEnd(sign: .answered), at: trial, reserved: 1, now: now + 60)
    Self.fail(&board, endpoint: 0, times: 2, now: now + 60)
    #expect(try Self.place(&board, now: now + 60).endpoint == 0)
    // Forgotten once it answers: the next pause is the first one.
    Self.fail(&board, endpoint: 0, times: 1, now: now + 60)
    #expect(try Self.place(&board, now: now + 60.9).endpoint == 1)
    #expect(try Self.place(&board, now: now + 61).isTrial)
  }

  @Test func `A trial that was given up is made by the next request`() throws {
    var board = Self.board(2)
    Self.fail(&board, endpoint: 0, times: 3)
    let trial = try Self.place(&board, now: 1)
    board.done(RequestEnd(), at: trial, reserved: 1, now: 1.5)
    #expect(try Self.place(&board, now: 1.5).isTrial)
  }

  @Test func `When none is good all are used, so that requests fail in the end`() throws {
    var board = Self.board(2)
    for endpoint in 0..<2 { Self.fail(&board, endpoint: endpoint, times: 3) }
    var endpoints: Set<Int> = []
    for _ in 0..<4 { endpoints.insert(try Self.place(&board, now: 0.5).endpoint) }
    #expect(endpoints == [0, 1])
    var alone = Self.board(1)
    Self.fail(&alone, endpoint: 0, times: 9)
    #expect(try Self.place(&alone, now: 0).endpoint == 0)
  }
}
