import Testing

@Suite struct SwiftCodeTests {
  @Test(
    arguments: [
      ("a // b\nc", "a     \nc"),
      ("a /* b /* c */ d */ e", "a                   e"),
      (#"a "b" c"#, "a     c"),
      (#"a "\"b" c"#, "a       c"),
      (#"a "b\(c("d"))e" f"#, "a    (c(   ))   f"),
      (##"a #"b\"# c"##, "a        c"),
      (##"a #"b\#(c)"# d"##, "a      (c)   d"),
      ("a \"\"\"\n\"b\" // c\n\"\"\" d", "a    \n        \n    d"),
      (#"a "" b"#, "a    b"),
      ("#if a", "#if a"),
    ])
  func onlyCodeIsLeft(text: String, code: String) {
    #expect(SwiftCode.code(of: text) == code)
  }
}
