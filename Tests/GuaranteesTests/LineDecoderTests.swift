import Foundation
import Testing

@testable import Evidence

/// The fast reader agrees with Foundation's wherever it reads at all.
@Suite struct LineDecoderTests {
  private struct Sample: Codable, Equatable {
    var name: String
    var number: Int64?
    var large: UInt64
    var flags: [Bool]
    var inner: [Inner]
    var missing: String?

    struct Inner: Codable, Equatable {
      var text: String
      var real: Double?
    }
  }

  private static let samples = [
    Sample(name: "", number: nil, large: 0, flags: [], inner: [], missing: nil),
    Sample(
      name: "a text that is longer than fifteen bytes, ü and 🔑",
      number: .min,
      large: .max,
      flags: [true, false],
      inner: [.init(text: "x", real: -1.5e-7), .init(text: "y", real: nil)],
      missing: "there"
    ),
  ]

  private func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try Array(text.utf8).withUnsafeBytes { try LineDecoder().decode(Value.self, from: $0) }
  }

  @Test func whatWasWrittenIsReadAgain() throws {
    for sample in Self.samples {
      let text = String(decoding: try LineEncoder().encode(sample), as: UTF8.self)
      #expect(try read(Sample.self, text) == sample)
    }
  }

  @Test func oneReaderReadsManyLines() throws {
    let decoder = LineDecoder()
    for sample in Self.samples + Self.samples.reversed() {
      let bytes = try LineEncoder().encode(sample)
      let again = try bytes.withUnsafeBytes { try decoder.decode(Sample.self, from: $0) }
      #expect(again == sample)
    }
  }

  @Test func theOrderOfKeysDoesNotMatter() throws {
    let text = #"{"flags":[],"more":{"x":[{}]},"large":1,"inner":[{"text":"a"}],"name":"n"}"#
    let sample = try read(Sample.self, text)
    #expect(sample.name == "n" && sample.large == 1 && sample.inner.map(\.text) == ["a"])
    #expect(sample.number == nil)
  }

  @Test(arguments: [
    "", "{", "{}x", #"{"a":1,}"#, #"{"a":1 }"#, #"{"a":01}"#, #"{"a":+1}"#, #"{"a":1.}"#,
    #"{"a":1e}"#, #"{"a":1.5}"#, #"{"a":-}"#, #"{"a":nul}"#, #"{"a":tru}"#, #"{"a":"x"}"#,
    #"{"a":9223372036854775808}"#, #"{"a":-9223372036854775809}"#, #"{"b":1}"#, #"{a:1}"#,
    #"{"a":1,"a":2}"#, #"{"a":[1}"#, "[1]", "1", "\u{1}", #"{"a":1,"b":"\u{1}"}"#, #"{"a":1,"b":"#,
    #"{"a":1,"b":"x\"}"#,
  ])
  func whatIsNotSureIsRefused(text: String) {
    #expect(throws: (any Error).self) { try read(OneNumber.self, text) }
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: (any Error).self) { try read([String].self, text) }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    for count in [1, 20] {
      let bytes = Array("\"".utf8) + [UInt8](repeating: 0xFF, count: count) + Array("\"".utf8)
      #expect(throws: (any Error).self) {
        try bytes.withUnsafeBytes { try LineDecoder().decode(String.self, from: $0) }
      }
    }
  }

  private struct OneNumber: Decodable {
    var a: Int64
  }
}
