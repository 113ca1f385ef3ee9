// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore
import Testing

@Suite struct CallCacheTests {
  let fixture: StoreFixture
  var file: URL { fixture.folder.appending(path: "caches/cache.sqlite") }

  init() throws {
    fixture = try StoreFixture()
  }

  @Test func `Answers outlive the cache object and cost no money`() throws {
    let entry = try StoreFixture.entry("a", response: "\"text\"")
    do {
      let cache = try CallCache(file)
      try cache.keep(entry)
      try cache.flush()
    }
    let found = try CallCache(file).answers([entry.key, StoreFixture.key("b")], role: .judge)
    var expected = entry
    expected.role = .judge
    expected.cached = true
    expected.usage.dollars = 0
    expected.duration = 0
    #expect(found == [entry.key: expected])
  }

  @Test func `Failures are not kept`() throws {
    let cache = try CallCache(file)
    try cache.keep(StoreFixture.entry("a", failed: true))
    try cache.flush()
    #expect(try cache.size().answers == 0)
  }

  @Test func `Samples of one request are kept apart`() throws {
    let cache = try CallCache(file)
    for sample in 0..<3 {
      var entry = try StoreFixture.entry("a", response: "\(sample)")
      entry.key = try StoreFixture.key("a", sample: sample)
      try cache.keep(entry)
    }
    try cache.flush()
    let key = try StoreFixture.key("a", sample: 1)
    #expect(try cache.answers([key], role: .task)[key]?.response == "1")
  }

  @Test func `The oldest answers go when the bound is passed`() throws {
    let cache = try CallCache(file, maximumBytes: 300_000)
    let text = "\"" + String(repeating: "x", count: 1000) + "\""
    for number in 0..<1024 { try cache.keep(StoreFixture.entry("\(number)", response: text)) }
    try cache.flush()
    #expect(try cache.size().bytes <= 300_000)
    let (first, last) = (try StoreFixture.key("0"), try StoreFixture.key("1023"))
    #expect(try Set(cache.answers([first, last], role: .task).keys) == [last])
  }

  @Test func `Clearing removes every answer`() throws {
    let cache = try CallCache(file)
    try cache.keep(StoreFixture.entry("a"))
    try cache.flush()
    try cache.clear()
    #expect(try cache.size().answers == 0)
  }

  @Test func `A damaged cache is named and can be removed`() throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("this is no database but it is long enough to look at".utf8).write(to: file)
    let error = #expect(throws: StoreError.self) { try CallCache(file) }
    #expect(error?.description.contains("cache.sqlite is damaged") == true)
    try CallCache.remove(file)
    #expect(try CallCache(file).size().answers == 0)
  }

  @Test(arguments: [
    (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/hone/cache.sqlite"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/hone/cache.sqlite"),
    (["HOME": "/h"], "/h/.cache/hone/cache.sqlite"),
  ])
  func `The cache lies where the environment says`(environment: [String: String], path: String) {
    #expect(CallCache.defaultFile(environment: environment).path == path)
  }
}
