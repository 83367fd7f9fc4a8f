/// Writes JSON member by member, straight into bytes. Members stand in the order in which they are
/// written, those that are nil are left out, and names need no escapes.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  /// Whether something stands before the next member or element.
  private var needsComma = false

  package init(reserving capacity: Int = 512) {
    bytes.reserveCapacity(capacity)
  }

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    beginValue()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    members(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  package mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    begin(name)
    bytes.append(jsonString: text)
    needsComma = true
  }

  package mutating func member(_ name: String, _ flag: Bool?) {
    guard let flag else { return }
    begin(name)
    bytes.append(json: flag ? "true" : "false")
    needsComma = true
  }

  /// A whole number is written without a fraction.
  package mutating func member(_ name: String, _ number: Double?) {
    guard let number else { return }
    begin(name)
    if let whole = Int(exactly: number) {
      bytes.append(jsonNumber: whole)
    } else {
      bytes.append(jsonNumber: number)
    }
    needsComma = true
  }

  package mutating func member(_ name: String, _ value: (some JSONWritable)?) {
    guard let value else { return }
    begin(name)
    value.write(to: &self)
  }

  package mutating func member(_ name: String, _ elements: [some JSONWritable]?) {
    guard let elements else { return }
    begin(name)
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    for element in elements { element.write(to: &self) }
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// - Parameter value: JSON already.
  package mutating func member(_ name: String, json value: StaticString) {
    begin(name)
    bytes.append(json: value)
    needsComma = true
  }

  /// - Parameter value: JSON already.
  package mutating func member(_ name: String, raw value: [UInt8]?) {
    guard let value else { return }
    begin(name)
    bytes.append(contentsOf: value)
    needsComma = true
  }

  private mutating func begin(_ name: String) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: name.utf8)
    bytes.append(json: "\":")
    needsComma = false
  }

  private mutating func beginValue() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }
}

/// A body that is written often enough to be written by hand: the members in the order of their
/// names, as the encoder of all other bodies writes them.
package protocol JSONWritable {
  func write(to json: inout JSONWriter)
}

extension JSONWritable {
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }
}
