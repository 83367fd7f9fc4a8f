import Guarantees

/// Names of the evidence files: `evidence/<family>-<name>.jsonl`, each once.
package struct EvidenceNames {
  private var taken: Set<String> = []

  package init() {}

  /// The name, without folder and ending, that stands for a scenario in files and test names.
  mutating func name(of scenario: ScenarioResult) -> String {
    name(file: scenario.file, family: scenario.family)
  }

  /// The same, for a scenario that is still to be played: names are given in the run's order.
  package mutating func name(file: String, family: String) -> String {
    let file = file.split(separator: "/").last.map(String.init) ?? ""
    let base = file.split(separator: ".").first.map(String.init) ?? ""
    let plain = Self.plain(family) + "-" + Self.plain(base)
    var candidate = plain
    var number = 2
    while !taken.insert(candidate.lowercased()).inserted {
      candidate = "\(plain)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Only letters, digits, `-` and `_`: safe in every file system and in a link.
  private static func plain(_ text: String) -> String {
    let kept = text.unicodeScalars.prefix(80).map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": Character(scalar)
      default: Character("-")
      }
    }
    return kept.isEmpty ? "scenario" : String(kept)
  }
}
