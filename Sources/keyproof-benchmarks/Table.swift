/// Rows of what was measured, what came out, and what it is of.
struct Table {
  struct Row {
    var name: String
    var value: String
    var note = ""
  }

  private let title: String

  init(_ title: String) {
    self.title = title
  }

  func print(_ rows: [Row]) {
    let names = rows.map(\.name.count).max() ?? 0
    let values = rows.map(\.value.count).max() ?? 0
    Swift.print(title)
    for row in rows {
      let name = row.name + String(repeating: " ", count: names - row.name.count)
      let value = String(repeating: " ", count: values - row.value.count) + row.value
      Swift.print(row.note.isEmpty ? "  \(name)  \(value)" : "  \(name)  \(value)  \(row.note)")
    }
    Swift.print("")
  }
}

extension Double {
  /// With this many digits after the point, and thousands set apart.
  func text(_ digits: Int = 0) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((self * scale).rounded())
    let (integer, fraction) = whole.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    var text = ""
    for (index, digit) in String(integer).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.insert(",", at: text.startIndex) }
      text.insert(digit, at: text.startIndex)
    }
    if digits > 0 {
      let decimals = String(fraction)
      text += "." + String(repeating: "0", count: digits - decimals.count) + decimals
    }
    return whole < 0 ? "-" + text : text
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
