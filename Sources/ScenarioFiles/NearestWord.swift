/// Finds the known word that a mistyped one was probably meant to be.
package enum NearestWord {
  /// What others call things that have another name here.
  private static let synonyms = [
    "rotate-key": "install-key", "replace-key": "install-key", "set-key": "install-key",
    "add-key": "install-key", "new-key": "create-key", "issue-key": "create-key",
    "revoke-key": "delete-key", "expire-key": "delete-key", "unset-key": "remove-key",
    "update-document": "change-document", "edit-document": "change-document",
    "delete-document": "remove-document", "upload-document": "add-document",
    "subscribe": "start-subscription", "unsubscribe": "cancel-subscription",
    "end-subscription": "cancel-subscription", "message": "ask", "send": "ask", "say": "ask",
    "question": "ask", "wait": "pause", "sleep": "pause", "hire": "join", "quit": "leave",
    "transfer": "move", "disable": "deactivate", "enable": "reactivate", "click": "press",
    "outage": "fault", "impostor": "knock", "forge": "knock", "restart": "restart-vendor",
    "deploy": "upgrade-vendor", "assert": "expect", "expects": "expect", "title": "scenario",
    "description": "about", "steps": "timeline", "guarantees": "shows", "env": "parameters",
  ]

  /// By its sense; else by its spelling, or as the beginning of one with more words.
  static func meant(by word: String, among known: [String]) -> String? {
    if let synonym = synonyms[word.lowercased()], known.contains(synonym) { return synonym }
    if let nearest = nearest(to: word, among: known) { return nearest }
    let longer = known.filter { $0.hasPrefix(word.lowercased() + "-") }
    return longer.count == 1 ? longer[0] : nil
  }

  /// Nil when none is near. Words beyond 64 scalars are not compared, so that the work is bounded.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let scalars = Array(word.lowercased().unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 64 else { return nil }
    let allowed = max(1, min(3, scalars.count / 3))
    var best: (distance: Int, word: String)?
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - scalars.count) <= allowed else { continue }
      let distance = distance(scalars, other)
      if distance <= allowed, distance < best?.distance ?? Int.max {
        best = (distance, candidate)
      }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours between the two.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
