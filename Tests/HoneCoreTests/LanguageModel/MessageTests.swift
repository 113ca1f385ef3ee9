// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite struct MessageTests {
  @Test(
    "An image's form is told by its first bytes",
    arguments: [
      (Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]), ImagePart.MediaType.png),
      (Data([0xFF, 0xD8, 0xFF, 0xE0]), .jpeg), (Data("RIFF1234WEBPVP8 ".utf8), .webp),
      (Data("GIF89a...".utf8), .gif), (Data("RIFF1234WAVE".utf8), nil), (Data("<svg>".utf8), nil),
      (Data(), nil),
    ])
  func mediaType(data: Data, type: ImagePart.MediaType?) {
    #expect(ImagePart(data)?.mediaType == type)
  }

  @Test func `Requests of text alone have the form they had before there were images`() throws {
    let request = GenerationRequest(input: .chat([Message(.user, "Hi")]), maxTokens: 5)
    let form = String(decoding: try CanonicalJSON.encode(request), as: UTF8.self)
    #expect(!form.contains("images"))
    #expect(!form.contains("schema"))
    let example = Example(id: "a", fields: ["q": "1"], references: ["x"])
    #expect(
      String(decoding: try CanonicalJSON.encode(example), as: UTF8.self)
        == #"{"fields":{"q":"1"},"id":"a","references":["x"]}"#)
  }

  @Test func `Images are shown with the last turn of the user, and survive being stored`() throws {
    let image = ImagePart(mediaType: .gif, data: Data([1, 2, 3]))
    let chat = ModelInput.chat([
      Message(.user, "a"), Message(.assistant, "b"), Message(.user, "c"),
    ])
    let shown = chat.showing([image])
    guard case .chat(let messages) = shown else {
      Issue.record("it is no chat")
      return
    }
    #expect(messages.map(\.images) == [nil, nil, [image]])
    #expect(shown.imageCount == 1)
    #expect(chat.showing(nil) == chat)
    #expect(ModelInput.text("t").showing([image]) == .text("t"))
    let data = try CanonicalJSON.encode(shown)
    #expect(try JSONDecoder().decode(ModelInput.self, from: data) == shown)
  }
}
