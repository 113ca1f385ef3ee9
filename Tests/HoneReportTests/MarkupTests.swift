// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HoneReport

@Suite struct MarkupTests {
  @Test func `Interpolated text cannot leave its place in the page`() {
    let hostile = "</script><img src=x onerror=\"alert('1')\">&`"
    let markup: Markup = "<td title=\"\(hostile)\">\(hostile)</td>"
    let inside = markup.source.dropFirst(4).dropLast(5)
    #expect(!inside.contains("<img"))
    #expect(!inside.contains("</script"))
    #expect(inside.count { $0 == "\"" } == 2)
    #expect(
      markup.source.contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;"))
  }

  @Test func `Markup inside markup stays markup`() {
    let part: Markup = "<b>\("a<b")</b>"
    let whole: Markup = "<p>\([part, part])</p>"
    #expect(whole.source == "<p><b>a&lt;b</b>\n<b>a&lt;b</b></p>")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `A coordinate is always a number`(value: Double) {
    let markup: Markup = "<line x1=\"\(value)\"/>"
    #expect(markup.source == "<line x1=\"0.0\"/>")
  }

  @Test(arguments: [
    ("a\u{1B}[31mb", "a␛[31mb"),
    ("a\u{0}b", "a␀b"),
    ("\u{202E}gnp.exe", "⟨U+202E⟩gnp.exe"),
    ("\u{200B}x\u{FEFF}", "⟨U+200B⟩x⟨U+FEFF⟩"),
    ("line\r\nnext", "line␍\nnext"),
    ("שלום عربي", "שלום عربي"),
    ("tab\tstays\nand lines", "tab\tstays\nand lines"),
  ])
  func `Hidden characters become visible`(text: String, shown: String) {
    #expect(VisibleText.of(text) == shown)
  }

  @Test func `A text of several lines becomes one`() {
    #expect(VisibleText.line("  first\n\nsecond\tend\n") == "first ⏎ second end")
  }
}
