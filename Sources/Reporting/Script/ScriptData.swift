/// JSON that stands in a page: nothing in it can end its element or begin another.
enum ScriptData {
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "<", ">", "&", "'", "\u{2028}", "\u{2029}": result += escaped(scalar)
      default:
        if scalar.value < 0x20 {
          result += escaped(scalar)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  static func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// Texts that occur often, each once: what uses them names their numbers.
struct TextTable {
  private(set) var texts: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(of text: String) -> Int {
    if let number = numbers[text] { return number }
    numbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  var json: String { ScriptData.list(texts.map(ScriptData.string)) }
}
